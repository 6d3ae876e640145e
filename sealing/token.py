"""
Tokens for the widget: the server issues them, so a client can never choose who it is.

An anonymous token is 256 random bits and a tag that proves that we issued it. An identity token stands for
somebody whom a website knows: it is bound to the issuer and the subject, and carries when it ends, under the
tag. A token is a secret of the browser; the conversation key that follows from it may be stored. Nothing here
must ever log or keep a token.
"""

from __future__ import annotations

import binascii
import hmac
import secrets
import time
from base64 import b64decode
from typing import NamedTuple

from sealing.tagging import as_bytes, base64_text, tag

RANDOM_BYTES = 32
TAG_BYTES = 16
TOKEN_LENGTH = 64  # base64 of 48 bytes, no padding

IDENTITY = b"\x01"
"""The first byte of an identity token. With it base64 comes out even: one token has one spelling."""
EXPIRY_BYTES = 8
IDENTITY_TOKEN_LENGTH = 76  # base64 of 57 bytes, no padding


class _Opened(NamedTuple):
    conversation: str
    expires_at: int | None


def issue(key: bytes) -> str:
    """A new anonymous token: 64 urlsafe characters (32 random bytes and a 16-byte tag). It never expires."""
    random = secrets.token_bytes(RANDOM_BYTES)
    return base64_text(random + _proof(key, random))


def issue_for(key: bytes, issuer: str, subject: str, expires_at: int) -> str:
    """
    A token for somebody whom `issuer` knows as `subject`: 76 urlsafe characters.

    Every token of the same two opens the same conversation, on whatever device. expires_at: seconds since
    1970 (UTC), from which on it opens nothing. Raises OverflowError for an instant before 1970.
    """
    person = tag(key, "widget-identity", as_bytes(issuer), as_bytes(subject))
    body = IDENTITY + person + expires_at.to_bytes(EXPIRY_BYTES, "big")
    return base64_text(body + _identity_proof(key, body))


def conversation_key(key: bytes, token: str, now: float | None = None) -> str | None:
    """
    The id of the conversation that a token opens (32 hex characters); None if we did not issue this token, or
    if it is over.

    now: seconds since 1970 (UTC); None for the computer's clock.
    """
    opened = _open(key, token)
    if opened is None:
        return None
    over = opened.expires_at is not None and opened.expires_at <= (time.time() if now is None else now)
    return None if over else opened.conversation


def expiry(key: bytes, token: str) -> int | None:
    """When a token of ours ends, in seconds since 1970; None if it never does, or if it is none of ours."""
    opened = _open(key, token)
    return opened.expires_at if opened else None


def _open(key: bytes, token: str) -> _Opened | None:
    """What a token says, over or not; None if we did not issue it."""
    raw = _decoded(token)
    if len(token) == IDENTITY_TOKEN_LENGTH:
        return _open_identity(key, raw)
    random, proof = raw[:RANDOM_BYTES], raw[RANDOM_BYTES:]
    if not hmac.compare_digest(proof, _proof(key, random)):
        return None
    return _Opened(tag(key, "widget-conversation", random)[:16].hex(), None)


def _open_identity(key: bytes, raw: bytes) -> _Opened | None:
    body, proof = raw[:-TAG_BYTES], raw[-TAG_BYTES:]
    if not hmac.compare_digest(proof, _identity_proof(key, body)):
        return None
    person, expires_at = body[len(IDENTITY) : -EXPIRY_BYTES], body[-EXPIRY_BYTES:]
    conversation = tag(key, "widget-identity-conversation", person)[:16].hex()
    return _Opened(conversation, int.from_bytes(expires_at, "big"))


def _proof(key: bytes, random: bytes) -> bytes:
    return tag(key, "widget-token", random)[:TAG_BYTES]


def _identity_proof(key: bytes, body: bytes) -> bytes:
    return tag(key, "widget-identity-token", body)[:TAG_BYTES]


def _decoded(token: str) -> bytes:
    """The token's bytes; empty if it has not the form of a token, or is another spelling of one."""
    text = as_bytes(token)
    if len(text) not in (TOKEN_LENGTH, IDENTITY_TOKEN_LENGTH):
        return b""
    try:
        raw = b64decode(text, altchars=b"-_", validate=True)
    except binascii.Error:
        return b""
    return raw if base64_text(raw) == token else b""
