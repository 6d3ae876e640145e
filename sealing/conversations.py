"""
Sealed conversations: what is kept of a chat opens with the person's data key in its own place, or not at all.

The working state and each turn are compressed JSON in AES-256-GCM boxes, under a key of their own that
follows from the data key: who erases the data key erases them too. Must never log or cache a key or any
content.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sealing.boxes import CannotBeOpened, decrypt, encrypt, joined
from sealing.development import KEY_BYTES

_KEY = b"ask-first.conversation.v1"
_STATE = "ask-first.conversation.v1"
_TURN = "ask-first.conversation-turn.v1"
_MESSAGE = "ask-first.message.v1"


def derive(data_key: bytes) -> bytes:
    """The key of a person's conversations: HKDF-SHA256 (RFC 5869) of their data key, without salt."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=_KEY).derive(data_key)


def seal_state(data_key: bytes, person_id: str, state: Mapping[str, Any]) -> bytes:
    """
    The working state of the person's conversation, sealed. `data_key`: the person's, as it was unwrapped.

    Raises TypeError for what JSON cannot hold.
    """
    return _seal(data_key, state, joined(_STATE, person_id))


def open_state(data_key: bytes, person_id: str, sealed: bytes) -> dict[str, Any]:
    """The working state. Raises CannotBeOpened."""
    return _open(data_key, sealed, joined(_STATE, person_id))


def seal_turn(data_key: bytes, person_id: str, number: int, turn: Mapping[str, Any]) -> bytes:
    """What was said in the turn of that number, sealed. Raises TypeError for what JSON cannot hold."""
    return _seal(data_key, turn, joined(_TURN, person_id, str(number)))


def open_turn(data_key: bytes, person_id: str, number: int, sealed: bytes) -> dict[str, Any]:
    """What was said in the turn of that number. Raises CannotBeOpened."""
    return _open(data_key, sealed, joined(_TURN, person_id, str(number)))


def seal_message(data_key: bytes, person_id: str, kind: str, content: Mapping[str, Any]) -> bytes:
    """
    Something on its way, or that an app shows, sealed. `kind`: "in", "out" or "thread"; it opens as that
    only.

    Raises TypeError for what JSON cannot hold.
    """
    return _seal(data_key, content, joined(_MESSAGE, person_id, kind))


def open_message(data_key: bytes, person_id: str, kind: str, sealed: bytes) -> dict[str, Any]:
    """The same again. Raises CannotBeOpened."""
    return _open(data_key, sealed, joined(_MESSAGE, person_id, kind))


def _seal(data_key: bytes, content: Mapping[str, Any], place: bytes) -> bytes:
    text = json.dumps(content, separators=(",", ":"))
    return encrypt(derive(data_key), zlib.compress(text.encode()), place)


def _open(data_key: bytes, sealed: bytes, place: bytes) -> dict[str, Any]:
    packed = decrypt(derive(data_key), sealed, place)
    try:
        content = json.loads(zlib.decompress(packed))
    except (zlib.error, ValueError):
        raise CannotBeOpened from None
    if not isinstance(content, dict):
        raise CannotBeOpened
    return content
