"""
The conversations that somebody has open, or of which a message is being handled: what must be known at once.

Must never outlive the last tab and the last message: whatever is to stay is kept elsewhere.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.channels import replay

MOST_IDS = 500
MOST_TITLES = 500


@dataclass
class Session:
    """
    One connected tab. `opened` is done once it was told what was said so far; `closing` waits for the token's
    end, if it has one.
    """

    conversation: str
    token: str = field(repr=False)
    opened: asyncio.Future[None]
    closing: asyncio.Future[None] | None


@dataclass
class Live:
    """
    One conversation. `finished` counts the turns that ended, so that a reader sees that one did; who holds
    `telling` is the only one that tells its tabs anything.
    """

    tabs: int = 0
    handling: int = 0
    finished: int = 0
    ids: OrderedDict[str, str] = field(default_factory=OrderedDict, repr=False)
    titles: OrderedDict[str, str] = field(default_factory=OrderedDict, repr=False)
    under_way: list[replay.Shown] = field(default_factory=list, repr=False)
    telling: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)

    def learn(self, messages: Iterable[Mapping[str, Any]]) -> None:
        """Know the ids of what the person said, and the titles of buttons that were offered."""
        for message in messages:
            if message["from"] == "person":
                _put(self.ids, message["id"], "", MOST_IDS)
            for button in message["buttons"]:
                _put(self.titles, button["payload"], button["title"], MOST_TITLES)

    def said(self, message: replay.Shown) -> None:
        """Something was said that is not kept yet."""
        self.under_way.append(message)
        self.learn([message])


class Presence:
    """All conversations that are live."""

    def __init__(self) -> None:
        self._lives: dict[str, Live] = {}

    def get(self, conversation: str) -> Live | None:
        """A conversation, if it is live."""
        return self._lives.get(conversation)

    def enter(self, conversation: str) -> Live:
        """A tab opens it."""
        live = self._lives.setdefault(conversation, Live())
        live.tabs += 1
        return live

    def leave(self, conversation: str) -> None:
        """A tab is gone."""
        self._lives[conversation].tabs -= 1
        self._tidy(conversation)

    def finish(self, conversation: str) -> None:
        """A message was handled, and kept."""
        live = self._lives[conversation]
        live.handling -= 1
        live.finished += 1
        if not live.handling:
            live.under_way.clear()
        self._tidy(conversation)

    def _tidy(self, conversation: str) -> None:
        live = self._lives[conversation]
        if not live.tabs and not live.handling:
            del self._lives[conversation]


def _put(known: OrderedDict[str, str], key: str, value: str, most: int) -> None:
    known[key] = value
    known.move_to_end(key)
    while len(known) > most:
        known.popitem(last=False)
