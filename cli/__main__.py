"""`python -m cli …`, which the script `askfirst` starts. Docs: docs/command_line.md."""

from __future__ import annotations

import os

from dotenv import load_dotenv

from cli.app import app
from cli.settings import ROOT


def main() -> None:
    """
    Run one command. What is set in the environment wins over `.env`; files are readable by their owner alone.
    """
    os.umask(0o077)
    load_dotenv(ROOT / ".env")
    app(prog_name="askfirst")


if __name__ == "__main__":
    main()
