"""`python -m cli …`, which the script `askfirst` starts. Docs: docs/command_line.md."""

from __future__ import annotations

import os

from cli.app import app


def main() -> None:
    """Run one command; files are readable by their owner alone."""
    os.umask(0o077)
    app(prog_name="askfirst")


if __name__ == "__main__":
    main()
