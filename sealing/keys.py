"""
Reading key files.

A key file holds 32 random bytes as one line of urlsafe base64. In production (ASKFIRST_MODE) a development
key is refused. This module must never create a key: a key that appears by itself would silently orphan
everything that was sealed with the real one.
"""

from __future__ import annotations

import base64
import binascii
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from sealing.development import KEY_BYTES, is_development_key

MODE = "ASKFIRST_MODE"
PRODUCTION = "production"
MODES = ("development", PRODUCTION)


class SealingError(Exception):
    """Root of what can go wrong here. Messages name files and reasons, never a key."""


class KeyMissing(SealingError):
    """A key file does not exist or cannot be read."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"The key file {path} is missing or cannot be read. Run: make setup")
        self.path = path


class KeyInvalid(SealingError):
    """A key file does not hold 32 bytes as one line of urlsafe base64."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The key file {path} does not hold 32 bytes as urlsafe base64. "
            "Put the right file back, or remove it and run: make setup"
        )
        self.path = path


class KeyExposed(SealingError):
    """Others than its owner may read or write a key file that must be private."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The key file {path} can be read or changed by others than its owner. If nobody did, run: "
            f"chmod 600 {path}. If somebody may have, make a new key in its place (docs/keys.md)."
        )
        self.path = path


class DevelopmentKey(SealingError):
    """A key that `make setup` made for development was to be used in production."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{MODE} is {PRODUCTION}, but {where} is a development key. Choose a folder of its own for "
            "production with ASKFIRST_VAR and run: python -m operate keys --production (see docs/keys.md)."
        )
        self.where = where


class ModeInvalid(SealingError):
    """ASKFIRST_MODE is set to something that is no mode."""

    def __init__(self) -> None:
        super().__init__(f"{MODE} must be one of: {', '.join(MODES)}.")


def in_production(environ: Mapping[str, str] | None = None) -> bool:
    """
    Whether ASKFIRST_MODE says production; not set or empty means development.

    environ: None for the process's own. Raises ModeInvalid: a misspelt "production" must not pass for
    development.
    """
    mode = (os.environ if environ is None else environ).get(MODE, "").strip() or MODES[0]
    if mode not in MODES:
        raise ModeInvalid
    return mode == PRODUCTION


def read_key(path: Path, *, private: bool = False, environ: Mapping[str, str] | None = None) -> bytes:
    """
    The 32 bytes in a key file.

    path: a file that `make setup` wrote. private: refuse a file that others may read. environ: None for the
    process's own. Raises KeyMissing, KeyInvalid if the content is anything but 32 bytes, KeyExposed,
    DevelopmentKey in production, ModeInvalid.
    """
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            text = file.read()
    except OSError:
        raise KeyMissing(path) from None
    key = decode_key(text)
    if key is None:
        raise KeyInvalid(path)
    if private and stat.S_IMODE(mode) & 0o077:
        raise KeyExposed(path)
    return refuse_in_production(key, f"the key in {path}", environ)


def refuse_in_production(key: bytes, where: str, environ: Mapping[str, str] | None = None) -> bytes:
    """
    The key itself, unless it is a development key and this is production.

    where: what to call the key in the error. Raises DevelopmentKey, ModeInvalid.
    """
    if in_production(environ) and is_development_key(key):
        raise DevelopmentKey(where)
    return key


def read_secret(path: Path) -> str:
    """
    The text of a secret that is sent as it stands (a bearer secret), checked like any key file.

    Raises KeyMissing, KeyInvalid.
    """
    read_key(path)
    return path.read_text("ascii").strip()


def decode_key(text: bytes) -> bytes | None:
    """The key that a line of urlsafe base64 holds, padding or not; None if it is not 32 bytes."""
    line = text.strip()
    padded = line + b"=" * (-len(line) % 4)
    try:
        key = base64.b64decode(padded, altchars=b"-_", validate=True)
    except binascii.Error:
        return None
    return key if len(key) == KEY_BYTES else None
