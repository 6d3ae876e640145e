"""
What one of Slack's requests says: https://docs.slack.dev/apis/events-api and …/interactivity.

Edits, deletions, bots, and whatever is unknown or malformed say nothing. Must never raise, and never log or
keep what it reads.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from engine.channels.apps.incoming import Incoming
from engine.channels.slack.markup import plain

FORM = b"payload="
TEXT = (None, "thread_broadcast", "me_message", "file_share")
OTHER = ("file_comment", "file_mention")
DIRECT = "D"
"""What the id of a direct message with us begins with."""

_ID = re.compile(r"[A-Za-z0-9]{1,64}")
_STAMP = re.compile(r"[0-9]{1,20}(\.[0-9]{1,20})?")
_TRIGGER = re.compile(r"[!-~]{1,200}")


def incoming_of(body: bytes) -> list[Incoming]:
    """What a request says: an event, or the buttons that somebody pressed."""
    if body.startswith(FORM):
        return _presses(_form(body))
    envelope = loaded(body)
    return _event(envelope) if envelope.get("type") == "event_callback" else []


def loaded(body: str | bytes) -> Mapping[str, Any]:
    """The JSON object in the body; an empty one if there is none."""
    try:
        return _object(json.loads(body))
    except (ValueError, RecursionError):
        return {}


def _event(envelope: Mapping[str, Any]) -> list[Incoming]:
    event = _object(envelope.get("event"))
    number, team, app = (_id(envelope.get(name)) for name in ("event_id", "team_id", "api_app_id"))
    user, channel = _id(event.get("user")), _id(event.get("channel"))
    if not (number and team and user and channel) or event.get("bot_id") or "edited" in event:
        return []
    address = {"channel": channel, "user": user, "app": app, "team": team}
    content = _content(event, _bot(envelope))
    stamp = _fitting(_STAMP, event.get("ts"))
    name = f"{channel}:{stamp}" if stamp else number  # one message may come in several deliveries
    written_by = float(stamp) if stamp else None
    return [Incoming(name, (team, user), address, written_by=written_by, **content)] if content else []


def _content(event: Mapping[str, Any], bot: str) -> dict[str, Any]:
    """What was said and whether in public; empty if it is not for us."""
    if event.get("type") == "app_mention":
        return {**_said(event), "public": True}
    if event.get("type") != "message":
        return {}
    if event.get("channel_type") == "im":
        return _said(event)
    is_mention = bool(bot) and f"<@{bot}" in str(event.get("text"))  # which comes as app_mention as well
    if event.get("channel_type") == "mpim" and not is_mention:
        return {**said, "public": True} if (said := _said(event)) else {}
    return {}


def _said(event: Mapping[str, Any]) -> dict[str, Any]:
    subtype, text = event.get("subtype"), event.get("text", "")
    if subtype in OTHER:
        return {"other": True}
    if subtype not in TEXT or not isinstance(text, str):
        return {}
    words = plain(text)
    return {"text": words} if words else {"other": True}


def _bot(envelope: Mapping[str, Any]) -> str:
    """Our own user, if the request names it."""
    given = envelope.get("authorizations")
    return _id(_object(given[0]).get("user_id")) if isinstance(given, list) and given else ""


def _presses(payload: Mapping[str, Any]) -> list[Incoming]:
    actions = payload.get("actions")
    if payload.get("type") != "block_actions" or not isinstance(actions, list):
        return []
    address, person = _place(payload)
    found = [_press(payload, _object(action), place) for place, action in enumerate(actions)]
    if not address:
        return []
    return [
        Incoming(event, person, address, press=value, pressed_on=on) for event, value, on in found if value
    ]


def _place(payload: Mapping[str, Any]) -> tuple[dict[str, str], tuple[str, str]]:
    """
    The address for answers, and who pressed. Answers go to the person's direct messages, wherever the button
    was; there `place` says where.
    """
    user = _id(_object(payload.get("user")).get("id"))
    team = _id(_object(payload.get("team")).get("id")) or _id(_object(payload.get("user")).get("team_id"))
    channel = _id(_object(payload.get("channel")).get("id")) or _id(_container(payload).get("channel_id"))
    if not (user and team and channel):
        return {}, ("", "")
    here = {"channel": channel} if channel.startswith(DIRECT) else {"channel": user, "place": channel}
    return {**here, "user": user, "app": _id(payload.get("api_app_id")), "team": team}, (team, user)


def _press(payload: Mapping[str, Any], action: Mapping[str, Any], place: int) -> tuple[str, str, str | None]:
    """The event, the value of the button ("" if it was none), and the message."""
    value = action.get("value") if action.get("type") == "button" else None
    stamp = _container(payload).get("message_ts") or _object(payload.get("message")).get("ts")
    on = _fitting(_STAMP, stamp)
    event = _fitting(_TRIGGER, payload.get("trigger_id")) or _made(payload, action, on)
    is_press = isinstance(value, str) and bool(event)
    return (f"{event}:{place}" if place else event), str(value) if is_press else "", on or None


def _made(payload: Mapping[str, Any], action: Mapping[str, Any], on: str) -> str:
    """An id for a press that brings none."""
    pressed_at = _fitting(_STAMP, action.get("action_ts"))
    return f"{pressed_at}:{_id(_object(payload.get('user')).get('id'))}:{on}" if pressed_at else ""


def _container(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    return _object(payload.get("container"))


def _form(body: bytes) -> Mapping[str, Any]:
    try:
        return loaded(parse_qs(body.decode(), max_num_fields=10)["payload"][0])
    except (ValueError, KeyError):
        return {}


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _id(value: object) -> str:
    return _fitting(_ID, value)


def _fitting(pattern: re.Pattern[str], value: object) -> str:
    """The value if it is what Slack's ids look like, else ""."""
    return value if isinstance(value, str) and pattern.fullmatch(value) else ""
