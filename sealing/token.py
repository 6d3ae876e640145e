"""
Tokens for the widget: the server issues them, so a client can never choose who it is.

A token is 256 random bits and a tag that proves that we issued it. The token is a secret of the browser; the
conversation key that follows from it may be stored. Nothing here must ever log or keep a token.
"""

from __future__ import annotations

import binascii
import hmac
import secrets
from base64 import b64decode

from sealing.tagging import as_bytes, base64_text, tag

RANDOM_BYTES = 32
TAG_BYTES = 16
TOKEN_LENGTH = 64  # base64 of 48 bytes, no padding


def issue(key: bytes) -> str:
    """A new token: 64 urlsafe characters (32 random bytes and a 16-byte tag)."""
    random = secrets.token_bytes(RANDOM_BYTES)
    return base64_text(random + _proof(key, random))


def conversation_key(key: bytes, token: str) -> str | None:
    """
    The id of the conversation that a token opens (32 hex characters); None if we did not issue this
    token.
    """
    raw = _decoded(token)
    random, proof = raw[:RANDOM_BYTES], raw[RANDOM_BYTES:]
    if not hmac.compare_digest(proof, _proof(key, random)):
        return None
    return tag(key, "widget-conversation", random)[:16].hex()


def _proof(key: bytes, random: bytes) -> bytes:
    return tag(key, "widget-token", random)[:TAG_BYTES]


def _decoded(token: str) -> bytes:
    """The token's bytes; empty if it has not the form of a token."""
    text = as_bytes(token)
    if len(text) != TOKEN_LENGTH:
        return b""
    try:
        return b64decode(text, altchars=b"-_", validate=True)
    except binascii.Error:
        return b""
