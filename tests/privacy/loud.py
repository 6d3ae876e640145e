"""
For the control run alone: the engine with Rasa's own loggers, which repeat what somebody typed.

Runs in Rasa's environment, in place of `python -m engine`.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from engine import __main__ as launcher
from engine import quiet

quiet.install = lambda: None

if __name__ == "__main__":
    raise SystemExit(launcher.main(sys.argv[1:]))
