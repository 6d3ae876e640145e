"""
What one of Telegram's updates says: https://core.telegram.org/bots/api#update.

Whatever is edited, old, unknown, from a bot, or no update at all says nothing. Must never raise, and never
log or keep what it reads.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from engine.channels.apps.incoming import Incoming

COMMANDS = {"start": "/greet", "help": "/menu", "menu": "/menu", "stop": "/stop", "privacy": "/show_kept"}
STALE_SECONDS = 24 * 60 * 60
"""Telegram keeps an update that nobody took for as long."""

TO_THE_SECOND = 0.999_999
"""Telegram's dates are whole seconds: a message was written at any moment of its second."""

LARGEST = 2**63
GROUPS = ("group", "supergroup")

# what the app tells about a chat, and nobody said
# fmt: off
SERVICE = frozenset((
    "new_chat_members", "new_chat_participant", "left_chat_member", "new_chat_title", "new_chat_photo",
    "delete_chat_photo", "group_chat_created", "supergroup_chat_created", "channel_chat_created",
    "message_auto_delete_timer_changed", "migrate_to_chat_id", "migrate_from_chat_id", "pinned_message",
    "write_access_allowed", "connected_website", "proximity_alert_triggered", "boost_added",
    "chat_background_set", "forum_topic_created", "forum_topic_edited", "forum_topic_closed",
    "forum_topic_reopened", "general_forum_topic_hidden", "general_forum_topic_unhidden",
    "video_chat_scheduled", "video_chat_started", "video_chat_ended", "video_chat_participants_invited",
))
# fmt: on

_COMMAND = re.compile(r"(?is)/(?:(start)(?:@\w+)?(?:\s.*)?|(help|menu|stop|privacy)(?:@\w+)?\s*)")


def incoming_of(body: bytes, now: float) -> list[Incoming]:
    """
    What the update says: one thing or nothing.

    now: seconds since 1970.
    """
    update = _object(_loaded(body))
    number = _whole(update.get("update_id"))
    found = None if number is None else _read(update, str(number), now)
    return [] if found is None else [found]


def _read(update: Mapping[str, Any], event: str, now: float) -> Incoming | None:
    if "callback_query" in update:
        return _pressed(_object(update["callback_query"]))
    if "message" in update:
        return _written(event, _object(update["message"]), now)
    if "channel_post" in update:
        return _posted(event, _object(update["channel_post"]), now)
    return None


def _pressed(query: Mapping[str, Any]) -> Incoming | None:
    """
    A button. Answers go to the person's private chat, wherever the button was: its number is the person's.
    """
    person, data, callback = _person(query.get("from")), query.get("data"), query.get("id")
    if person is None or not _is_text(data) or not _is_text(callback):
        return None
    message = _object(query.get("message"))
    number = _whole(message.get("message_id"))
    here = _whole(_object(message.get("chat")).get("id")) == person  # messages are counted in each chat
    address = {"chat_id": person, "callback_id": callback}
    pressed_on = str(number) if here and number is not None else None
    return Incoming(f"press:{callback}", (str(person),), address, press=data, pressed_on=pressed_on)


def _written(event: str, message: Mapping[str, Any], now: float) -> Incoming | None:
    """A message in a private chat or a group."""
    person, chat = _person(message.get("from")), _object(message.get("chat"))
    place, kind = _whole(chat.get("id")), chat.get("type")
    if person is None or place is None or not _is_new(message, now):
        return None
    if kind in GROUPS:
        return _said(event, str(person), place, message, public=True)
    return _said(event, str(person), place, message) if (kind, place) == ("private", person) else None


def _posted(event: str, post: Mapping[str, Any], now: float) -> Incoming | None:
    """A post in a channel: it has no author but the channel."""
    place = _whole(_object(post.get("chat")).get("id"))
    if place is None or not _is_new(post, now):
        return None
    return _said(event, str(place), place, post, public=True)


def _said(
    event: str, person: str, place: int, message: Mapping[str, Any], *, public: bool = False
) -> Incoming | None:
    if SERVICE & message.keys():
        return None
    content = _content(message)
    if content is None:
        return None
    number, date = _whole(message.get("message_id")), _whole(message.get("date")) or 0
    name = event if number is None else f"{place}:{number}"  # one message may come in several updates
    address = {"chat_id": place}
    return Incoming(name, (person,), address, public=public, written_by=date + TO_THE_SECOND, **content)


def _content(message: Mapping[str, Any]) -> dict[str, Any] | None:
    text = message.get("text", message.get("caption"))  # what is written beside a picture is said as well
    if "text" not in message and not _is_text(text):
        return {"other": True}
    if not _is_text(text):
        return None
    command = _COMMAND.fullmatch(text)
    if command is None:
        return {"text": text}
    named = (command[1] or command[2]).lower()
    return {"command": COMMANDS[named]}


def _is_new(message: Mapping[str, Any], now: float) -> bool:
    date = _whole(message.get("date"))
    return date is not None and now - date <= STALE_SECONDS


def _person(value: object) -> int | None:
    """The number of somebody who is no bot."""
    person = _object(value)
    number = _whole(person.get("id"))
    return number if number is not None and number > 0 and not person.get("is_bot") else None


def _loaded(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _whole(value: object) -> int | None:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return value if is_whole and abs(value) < LARGEST else None  # type: ignore[arg-type, return-value]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)
