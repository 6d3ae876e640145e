"""What a turn costs as a conversation grows: `engine.conversations.bench` measures it in one process."""

from __future__ import annotations

import base64
import os
import secrets
import subprocess
import sys
from pathlib import Path

from consent_store import migrate
from settings import read_settings

KEYS = ("master.key", "person.key")


def measure_turns(folder: Path, *, full: bool) -> int:
    """
    Show the table of turns; returns the exit code. `folder`: an empty one for the store and its keys.

    Needs a trained model (`make train`); says so where it is missing.
    """
    model = _newest_model()
    if model is None:
        sys.stdout.write("Turns were not measured: `make train` makes the model that they need.\n")
        return 0
    (folder / "keys").mkdir(mode=0o700)
    for name in KEYS:
        path = folder / "keys" / name
        path.write_bytes(base64.urlsafe_b64encode(secrets.token_bytes(32)) + b"\n")
        path.chmod(0o600)
    url = f"sqlite:///{folder / 'consent.db'}"
    migrate(url)
    command = [sys.executable, "-W", "ignore", "-m", "engine.conversations.bench", url, str(model)]
    environ = {**os.environ, "ASKFIRST_VAR": str(folder)}
    return subprocess.run([*command, *(["--full"] if full else [])], env=environ, check=False).returncode


def _newest_model() -> Path | None:
    models = sorted(read_settings().models.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    return models[-1] if models else None
