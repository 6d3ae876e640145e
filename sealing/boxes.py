"""
AES-256-GCM boxes: what is sealed under a key opens with that key, in its own place, unchanged, or not at all.

The place (associated data) says where a box belongs, so that one that was moved or swapped does not open.
Must never put a key or any content into an error.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sealing.keys import SealingError

NONCE_BYTES = 12


class CannotBeOpened(SealingError):
    """The key, the place or a byte is another one."""

    def __init__(self) -> None:
        super().__init__("cannot_be_opened")


def joined(*parts: bytes | str) -> bytes:
    """The parts with their lengths in front, so that ("ab","c") and ("a","bc") differ."""
    raw = [part.encode() if isinstance(part, str) else part for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in raw)


def encrypt(key: bytes, content: bytes, place: bytes) -> bytes:
    """A fresh random nonce of 12 bytes, and the ciphertext with its tag behind it."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, place)


def decrypt(key: bytes, sealed: bytes, place: bytes) -> bytes:
    """The content. Raises CannotBeOpened."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place)
    except (InvalidTag, ValueError):
        raise CannotBeOpened from None
