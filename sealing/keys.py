"""
Reading key files.

A key file holds 32 random bytes as one line of urlsafe base64. This module must never create a key: a key
that appears by itself would silently orphan everything that was sealed with the real one.
"""

from __future__ import annotations

import base64
import binascii
from pathlib import Path

KEY_BYTES = 32


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


def read_key(path: Path) -> bytes:
    """
    The 32 bytes in a key file.

    path: a file that `make setup` wrote. Raises KeyMissing, or KeyInvalid if the content is anything but 32
    bytes.
    """
    try:
        text = path.read_bytes().strip()
    except OSError:
        raise KeyMissing(path) from None
    key = _decoded(text)
    if key is None:
        raise KeyInvalid(path)
    return key


def read_secret(path: Path) -> str:
    """
    The text of a secret that is sent as it stands (a bearer secret), checked like any key file.

    Raises KeyMissing, KeyInvalid.
    """
    read_key(path)
    return path.read_text("ascii").strip()


def _decoded(text: bytes) -> bytes | None:
    padded = text + b"=" * (-len(text) % 4)
    try:
        key = base64.b64decode(padded, altchars=b"-_", validate=True)
    except binascii.Error:
        return None
    return key if len(key) == KEY_BYTES else None
