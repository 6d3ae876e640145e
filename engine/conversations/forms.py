"""
The forms in which events leave Rasa: what is kept of them, what was said, and what a stream may show.

Must never keep what nobody reads again (rankings, tokens, metadata), nor stream a text or a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered

from engine.conversations.memory import Said

INTENT = ("name", "confidence", "program", "finer_need", "candidates")
"""What engine/nlu says about a message and the actions read."""

ENTITY = ("entity", "value", "role", "group")

REPLAY = "replay"
"""Beside a text, what only a channel reads again (engine/channels/replay.py)."""


def kept(event: Event) -> dict[str, Any]:
    """An event as it is kept, which `Event.from_parameters` reads."""
    if isinstance(event, UserUttered):
        said = {"text": event.text, "parse_data": _parse_data(event), "input_channel": event.input_channel}
        return {"event": event.type_name, "timestamp": event.timestamp, **said}
    if isinstance(event, ActionExecuted):
        hidden = {"hide_rule_turn": True} if event.hide_rule_turn else {}
        done = {"name": event.action_name, "action_text": event.action_text, **hidden}
        return {"event": event.type_name, "timestamp": event.timestamp, **_without_nothing(done)}
    if isinstance(event, SlotSet):
        value = {"name": event.key, "value": event.value}
        return {"event": event.type_name, "timestamp": event.timestamp, **value}
    return {name: value for name, value in event.as_dict().items() if name != "metadata"}


def opened(kept_event: Mapping[str, Any]) -> Event | None:
    """The event again; None if this Rasa has no such kind. Rasa itself looks through all kinds each time."""
    kind = _kind(str(kept_event.get("event")))
    return None if kind is None else kind._from_parameters(dict(kept_event))


def said(events: Iterable[Event]) -> list[Said]:
    """
    What was said, a turn each: one message of the person and the assistant's answers to it.

    What the assistant says before the person's first message goes with that.
    """
    turns: list[Said] = []
    spoken: list[Said] = []
    answering = False
    for event in events:
        if isinstance(event, UserUttered):
            if answering:
                turns.append({"said": spoken})
                spoken = []
            answering = True
            spoken.append(
                {"who": "person", "text": event.text or "", "at": instant(event.timestamp), **_client(event)}
            )
        elif isinstance(event, BotUttered):
            spoken.append(
                {
                    "who": "assistant",
                    "text": event.text or "",
                    "at": instant(event.timestamp),
                    **_shown(event),
                }
            )
    return [*turns, {"said": spoken}] if spoken else turns


def streamed(event: Event, person_id: str, assistant_id: str | None) -> dict[str, Any]:
    """What an event broker may see of an event: what kind it was, of whom (a pseudonym) and when."""
    body = {"sender_id": person_id, "event": event.type_name, "timestamp": event.timestamp}
    if isinstance(event, UserUttered):
        body["intent"] = event.intent_name
    if isinstance(event, ActionExecuted):
        body["name"] = event.action_name
    return {**body, "metadata": {"assistant_id": assistant_id}} if assistant_id else body


@cache
def _kind(name: str) -> type[Event] | None:
    return Event.resolve_by_type(name)


def _parse_data(message: UserUttered) -> dict[str, Any]:
    intent = {name: message.intent[name] for name in INTENT if name in message.intent}
    return {"intent": intent, "entities": [_only(entity, ENTITY) for entity in message.entities]}


def instant(timestamp: float) -> str:
    """A moment as it is kept and shown: ISO 8601, UTC. `timestamp`: seconds since 1970."""
    return datetime.fromtimestamp(timestamp, UTC).isoformat()


def _client(message: UserUttered) -> dict[str, Any]:
    """What a channel needs to show the message again: its client's id, and the title of a pressed button."""
    title = (message.metadata or {}).get("title")
    return {REPLAY: _without_nothing({"id": message.message_id, "title": title})}


def _shown(message: BotUttered) -> dict[str, Any]:
    """The buttons' titles, and what a channel needs to show the message again."""
    data = message.data or {}
    buttons = data.get("buttons") or ()
    titles = {"buttons": [str(button.get("title") or "") for button in buttons]} if buttons else {}
    payloads = [str(button.get("payload") or "") for button in buttons] or None
    again = _without_nothing({"payloads": payloads, "custom": data.get("custom") or None})
    return {**titles, **({REPLAY: again} if again else {})}


def _only(content: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: content[name] for name in names if name in content}


def _without_nothing(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if value is not None}
