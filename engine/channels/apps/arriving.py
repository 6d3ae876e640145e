"""
What becomes of an event when it arrives: a place in its conversation's lane, a word at once, or nothing.

Must never let anything that was written in a group, or pressed by somebody else, become a message.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import inf

from engine.channels.apps.app import App, Call
from engine.channels.apps.incoming import Incoming
from engine.channels.apps.items import Item, item_of
from engine.channels.apps.thread import Thread
from engine.channels.fairness import Allowance, Pace, RateLimit
from sealing.person import pseudonym

ONCE_AN_HOUR = Pace(burst=1, per_second=1 / 3600)
ONCE_A_MINUTE = Pace(burst=1, per_second=1 / 60)


@dataclass(frozen=True)
class DeskSettings:
    """Keys (32 bytes each), and the pace of one conversation."""

    person_key: bytes = field(repr=False)
    buttons_key: bytes = field(repr=False)
    pace: Pace = field(default_factory=Pace)
    bytes_per_day: float = inf


@dataclass(frozen=True)
class Chat:
    """Whose conversation it is, as it is called everywhere behind the channel."""

    conversation: str
    person_id: str


@dataclass(frozen=True)
class Arrived:
    """
    An event, its key, the item that waits for its turn (None if nothing does), and calls that go out at once.
    """

    chat: Chat
    event: str
    item: Item | None = field(default=None, repr=False)
    at_once: Sequence[Call] = field(default=(), repr=False)


class Arrivals:
    """Looks at one event after the other."""

    def __init__(self, app: App, options: DeskSettings, clock: Callable[[], float]) -> None:
        """clock: seconds, monotonic."""
        self._app = app
        self._options = options
        self._rate = RateLimit(options.pace, clock)
        self._allowance = Allowance(options.bytes_per_day, clock)
        self._warned = RateLimit(ONCE_A_MINUTE, clock)
        self._offered = RateLimit(ONCE_AN_HOUR, clock)

    def chat(self, incoming: Incoming) -> Chat:
        """The conversation; what the app calls the person ends here."""
        conversation = pseudonym(self._options.person_key, self._app.name, *incoming.person)
        return Chat(conversation, pseudonym(self._options.person_key, "person", conversation))

    def look(self, incoming: Incoming, chat: Chat, thread: Thread, at: datetime) -> Arrived:
        """What becomes of it. at: aware, UTC."""
        event = pseudonym(self._options.person_key, "event", self._app.name, incoming.event)
        if incoming.public and incoming.press is None:
            return Arrived(chat, event, at_once=self._offer(incoming))
        item = item_of(
            incoming,
            event=event,
            conversation=chat.conversation,
            buttons_key=self._options.buttons_key,
            thread=thread,
            at=at,
        )
        if item is None:
            return Arrived(chat, event, at_once=self._app.not_theirs(incoming))
        noticed = self._app.noticed(incoming) if incoming.press is not None else ()
        return Arrived(chat, event, self._paced(item, chat), noticed)

    def _offer(self, incoming: Incoming) -> Sequence[Call]:
        """Once an hour in a group, however much is said there."""
        place = pseudonym(self._options.person_key, "place", repr(sorted(incoming.address.items())))
        return self._app.offer_private(incoming) if self._offered.allows(place) else ()

    def _paced(self, item: Item, chat: Chat) -> Item | None:
        notice = self._refusal(item, chat)
        if notice is None:
            return item
        return replace(item, notice=notice) if self._warned.allows(chat.conversation) else None

    def _refusal(self, item: Item, chat: Chat) -> str | None:
        if not self._rate.allows(chat.conversation):
            return "too_fast"
        return None if self._allowance.allows(chat.conversation, item.text) else "too_much"
