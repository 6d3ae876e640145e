"""
What was said so far, as the socket shows it to somebody who comes back.

It comes from what is kept and never from a copy: "forget me" takes it along, and a restart of Rasa does not.
Must never show the payload of a button unsealed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.channels.one_message import told
from engine.conversations.forms import REPLAY

MOST_MESSAGES = 60
MOST_TURNS = 40
Shown = dict[str, Any]


def messages(key: bytes, conversation: str, turns: Sequence[Mapping[str, Any]]) -> list[Shown]:
    """
    The messages of turns as `engine.conversations.forms.said` makes them, the oldest first.

    key: 32 bytes that seal buttons.
    """
    spoken = [one for turn in turns for one in turn.get("said") or ()]
    return [_person(one) if one["who"] == "person" else _assistant(key, conversation, one) for one in spoken]


def person_said(id_: str, at: str, text: str) -> Shown:
    """What a person typed, or the title of the button that they pressed. "" is not shown."""
    return {"id": id_, "from": "person", "at": at, "text": text, "buttons": [], "custom": None}


def assistant_said(event: Mapping[str, Any]) -> Shown:
    """A `bot_uttered` as it stands in the history."""
    return {"from": "assistant", **event}


def joined(kept: Sequence[Shown], under_way: Sequence[Shown]) -> list[Shown]:
    """What is kept and what is not kept yet, each once."""
    known = {message["id"] for message in kept}
    return [*kept, *(message for message in under_way if message["id"] not in known)]


def history(all_messages: Sequence[Shown], turns: int) -> dict[str, Any]:
    """The event: at most 60 messages, and whether they are all there are. turns: how many were read."""
    shown = [
        message for message in all_messages if message["text"] or message["buttons"] or message["custom"]
    ]
    complete = turns < MOST_TURNS and len(shown) <= MOST_MESSAGES
    return {"messages": shown[-MOST_MESSAGES:], "complete": complete}


async def turns_of(store: object, conversation: str) -> list[Mapping[str, Any]]:
    """The last turns of a tracker store of ours; none of any other store."""
    inner: Any = innermost_store(store)
    if inner is None:
        return []
    turns: list[Mapping[str, Any]] = await inner.latest_turns(conversation, MOST_TURNS)
    return turns


def innermost_store(store: object) -> object | None:
    """The tracker store of ours, which Rasa wraps in others; None if there is none."""
    while store is not None and not hasattr(store, "latest_turns"):
        store = getattr(store, "_tracker_store", None)
    return store


def _person(one: Mapping[str, Any]) -> Shown:
    again = one.get(REPLAY) or {}
    text = str(again.get("title") or one["text"])
    return person_said(str(again.get("id") or one["at"]), one["at"], "" if text.startswith("/") else text)


def _assistant(key: bytes, conversation: str, one: Mapping[str, Any]) -> Shown:
    again = one.get(REPLAY) or {}
    titles, payloads = one.get("buttons") or (), again.get("payloads") or ()
    buttons = [{"title": title, "payload": payload} for title, payload in zip(titles, payloads, strict=False)]
    return assistant_said(told(key, conversation, one["at"], one["text"], buttons, again.get("custom")))
