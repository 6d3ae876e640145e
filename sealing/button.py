"""
Seals on button payloads: only a button that we offered in this very conversation is passed on as a command.

Anybody can type a payload. A seal proves no permission, only that we offered the button; whether it grants
anything is decided elsewhere. An unsealed or foreign payload must never come out of `unseal`.
"""

from __future__ import annotations

import hmac

from sealing.tagging import as_bytes, base64_text, tag

SEPARATOR = "~"
SEAL_LENGTH = 11  # base64 of 8 bytes, no padding


def seal(key: bytes, conversation: str, payload: str) -> str:
    """The payload, "~" and 11 characters that bind it to the conversation. Raises nothing."""
    return f"{payload}{SEPARATOR}{_seal_of(key, conversation, payload)}"


def unseal(key: bytes, conversation: str, text: str) -> str | None:
    """
    The payload, if we sealed exactly this one for exactly this conversation; else None. Takes constant
    time.
    """
    payload, separator, given = (
        text[: -SEAL_LENGTH - 1],
        text[-SEAL_LENGTH - 1 : -SEAL_LENGTH],
        text[-SEAL_LENGTH:],
    )
    expected = _seal_of(key, conversation, payload)
    genuine = hmac.compare_digest(as_bytes(given), expected.encode())
    return payload if genuine and separator == SEPARATOR else None


def _seal_of(key: bytes, conversation: str, payload: str) -> str:
    return base64_text(tag(key, "button", as_bytes(conversation), as_bytes(payload))[:8])
