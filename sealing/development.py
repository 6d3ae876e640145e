"""
Development keys: keys that tell of themselves that they were made for trying things out.

The mark is in the key's own bytes, not beside them: it survives copying the file, the line, or the text into
a variable. 24 bytes are random, the last 8 follow from them. Must never take a key of real randomness for
one of these: that happens once in 2^64 keys.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

KEY_BYTES = 32
_RANDOM_BYTES = 24


def new_development_key() -> bytes:
    """32 bytes, 192 bits of them random, which `is_development_key` recognises."""
    random = secrets.token_bytes(_RANDOM_BYTES)
    return random + _mark(random)


def new_production_key() -> bytes:
    """32 random bytes, which carry no mark."""
    key = secrets.token_bytes(KEY_BYTES)
    return key if not is_development_key(key) else new_production_key()


def is_development_key(key: bytes) -> bool:
    """Whether `new_development_key` made this key. Takes constant time; any other bytes are no."""
    return len(key) == KEY_BYTES and hmac.compare_digest(key[_RANDOM_BYTES:], _mark(key[:_RANDOM_BYTES]))


def _mark(random: bytes) -> bytes:
    digest = hashlib.sha256(b"ask-first.development-key.v1" + random).digest()
    return digest[: KEY_BYTES - _RANDOM_BYTES]
