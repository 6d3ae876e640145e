"""
Write the keys that this machine needs, each into a file of its own that only its owner can read.

Must never overwrite a key, never print one, and never replace a lost key while data sealed with it is there.
"""

import base64
import os
import secrets
from pathlib import Path

from operate.errors import KeyLost

KEY_BYTES = 32
KEY_FILES = (
    "master.key",
    "person.key",
    "widget_token.key",
    "buttons.key",
    "rest.secret",
    "actions.secret",
    "ledger.key",
)
BOUND_TO_DATA = ("master.key", "person.key", "ledger.key")


def write_keys(folder: Path, database: Path | None = None) -> tuple[str, ...]:
    """
    Write every key that is missing (32 random bytes, URL-safe base64, one line, 0600); return their names.

    `database`: the file that holds data sealed with the keys, if it is a file.
    Raises KeyLost when that file exists and a key that its data needs does not.
    """
    private_folder(folder)
    missing = [name for name in KEY_FILES if not (folder / name).exists()]
    if database is not None and database.exists():
        for name in missing:
            if name in BOUND_TO_DATA:
                raise KeyLost(folder / name, database)
    for name in missing:
        _write_once(folder / name, base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
    for name in KEY_FILES:
        (folder / name).chmod(0o600)
    return tuple(missing)


def private_folder(folder: Path) -> Path:
    """Make the folder if it is missing, let nobody but its owner in (mode 0700), and return it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    return folder


def _write_once(path: Path, content: bytes) -> None:
    """Put a whole file in place or none; a file that appeared meanwhile stays as it is."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
