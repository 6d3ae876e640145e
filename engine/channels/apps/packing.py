"""
Items and letters as the journal keeps them: JSON that also says in which app and conversation they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from consent_store.messaging import APP, IN, Waiting
from engine.channels.apps.items import Item
from engine.channels.apps.lanes import Outgoing
from engine.channels.apps.turning import Letter, letter_as_json, letter_from_json

MOST_ATTEMPTS = 3
"""A message that was on its way so often when the process ended is not handed to Rasa again."""


class Outdated(Exception):
    """A message of the journal that another version of this wrote in another form."""


def packed(app: str, conversation: str, thing: Item | Letter) -> dict[str, Any]:
    """An item or a letter for the journal."""
    content = thing.as_json() if isinstance(thing, Item) else letter_as_json(thing)
    return {APP: app, "conversation": conversation, "content": content}


def unpacked(waiting: Waiting) -> tuple[str, Item | Outgoing]:
    """
    The conversation, and what was on its way. Raises Outdated.
    """
    try:
        return _unpacked(waiting)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Outdated from None  # the error may quote what was said


def _unpacked(waiting: Waiting) -> tuple[str, Item | Outgoing]:
    content: Mapping[str, Any] = waiting.content["content"]
    conversation = str(waiting.content["conversation"])
    if waiting.direction != IN:
        return conversation, Outgoing(letter_from_json(content), waiting.number)
    notice = "sorry" if waiting.attempts + 1 >= MOST_ATTEMPTS else content["notice"]
    return conversation, Item(**{**content, "notice": notice}, number=waiting.number)
