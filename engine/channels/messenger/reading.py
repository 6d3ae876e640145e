"""
What a body of Messenger's webhook says: every messaging event of every entry, in order.

Must never raise, whatever the body is, nor take for the person's what others did: echoes, receipts, edits,
what was said in the standby channel, changes of the page.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from engine.channels.apps.incoming import Incoming

OLDEST_SECONDS = 36 * 3600
"""Meta tries for up to 36 hours; an older event is a replay."""

EARLIEST_SECONDS = 3600
"""How far ahead of ours Meta's clock may be."""

COMMANDS = {"GET_STARTED": "/greet"}
"""Payloads of ours that are no buttons in a conversation: the page's get-started button."""


def read(body: bytes, now: float) -> list[Incoming]:
    """The person's events. now: seconds since 1970."""
    incoming = (_incoming(event) for event in _events(body) if _is_recent(event, now))
    return [one for one in incoming if one is not None]


def _events(body: bytes) -> Iterator[Mapping[str, Any]]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return
    if not isinstance(said, dict) or said.get("object") != "page":
        return
    for entry in _dicts(said.get("entry")):
        yield from _dicts(entry.get("messaging"))


def _dicts(found: Any) -> list[dict[str, Any]]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _is_recent(event: Mapping[str, Any], now: float) -> bool:
    """Milliseconds are compared as they are: a number may be too big to be divided."""
    at = event.get("timestamp")
    if not isinstance(at, int) or isinstance(at, bool):
        return False
    return (now - OLDEST_SECONDS) * 1000 <= at <= (now + EARLIEST_SECONDS) * 1000


def _incoming(event: Mapping[str, Any]) -> Incoming | None:
    person, page = _id_of(event.get("sender")), _id_of(event.get("recipient"))
    found = _of_message(event.get("message")) or _of_postback(event, person)
    if not person or not page or found is None or not found["event"]:
        return None
    written_by = (event["timestamp"] + 1) / 1000  # at any moment of its millisecond
    return Incoming(person=(page, person), address={"recipient": person}, written_by=written_by, **found)


def _id_of(party: Any) -> str:
    return _text(party, "id")


def _text(holder: Any, key: str) -> str:
    """The text under the key; "" if there is none."""
    found = holder.get(key) if isinstance(holder, dict) else None
    return found if isinstance(found, str) else ""


def _of_message(message: Any) -> dict[str, Any] | None:
    if not isinstance(message, dict) or message.get("is_echo") or message.get("is_deleted"):
        return None
    event, payload = _text(message, "mid"), _text(message.get("quick_reply"), "payload")
    if payload:
        return {"event": event, "press": payload}
    if _text(message, "text").strip():
        return {"event": event, "text": message["text"]}
    return {"event": event, "other": True} if message.get("attachments") else None


def _of_postback(event: Mapping[str, Any], person: str) -> dict[str, Any] | None:
    postback = event.get("postback")
    payload = _text(postback, "payload")
    if not payload or "message" in event:
        return None
    name = _text(postback, "mid") or _stable_name(person, event["timestamp"], payload)
    if payload in COMMANDS:
        return {"event": name, "command": COMMANDS[payload]}
    return {"event": name, "press": payload}


def _stable_name(*parts: str | int) -> str:
    """A name for an event without one: the same when it is reported again."""
    return "postback_" + hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]
