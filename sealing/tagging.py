"""
One keyed tag over several parts, the base of person ids, tokens and seals.

Every use has a label of its own, so that a tag made for one thing never passes as a tag for another.
It must never return before all parts are in the tag.
"""

from __future__ import annotations

import base64
import hashlib
import hmac


def tag(key: bytes, label: str, *parts: bytes) -> bytes:
    """
    HMAC-SHA256 (32 bytes) over the label and the parts, each with its length in front: no two lists
    collide.
    """
    mac = hmac.new(key, digestmod=hashlib.sha256)
    for part in (b"ask-first", label.encode(), *parts):
        mac.update(len(part).to_bytes(8, "big"))
        mac.update(part)
    return mac.digest()


def as_bytes(text: str) -> bytes:
    """UTF-8; lone surrogates, which JSON can carry, keep their own bytes and raise nothing."""
    return text.encode("utf-8", "surrogatepass")


def base64_text(data: bytes) -> str:
    """Urlsafe base64 without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
