"""
`python -m engine.nlu.encoder`: build the encoder if it is not there. With `--check`, only say whether it is.

Exit code 0: it is there. 1: it is not (or could not be built, and one sentence says why). Must never show a
traceback for something that one sentence explains.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from engine.nlu.encoder.errors import EncoderError
from engine.nlu.encoder.prepare import encoder_folder, ensure_encoder, is_prepared
from settings import SettingsInvalid


def main(given: Sequence[str]) -> int:
    """given: the arguments. Returns the exit code."""
    os.umask(0o077)
    try:
        folder = encoder_folder()
        if "--check" in given:
            return 0 if is_prepared(folder) else 1
        ensure_encoder(folder)
    except (EncoderError, SettingsInvalid) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
