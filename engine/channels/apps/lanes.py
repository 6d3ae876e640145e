"""
A lane for each conversation: its messages one after the other, its letters one after the other.

Conversations never wait for each other. What is idle is forgotten.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from engine.channels.apps.items import Item
from engine.channels.apps.threads import Threads
from engine.channels.apps.turning import Letter

logger = logging.getLogger(__name__)


@dataclass
class Outgoing:
    """
    A letter on its way. `number`: in the journal. `is_last`: of its turn; `finishes`: the message that is
    done once it is sent.
    """

    letter: Letter = field(repr=False)
    number: int | None = None
    is_last: bool = False
    finishes: int | None = None


@dataclass
class Lane:
    """
    One conversation that has something on its way. `person_id`: the pseudonym under which it is kept.
    `noting`: held while its thread is written, so that none is written over by an older one.
    """

    conversation: str
    person_id: str
    incoming: deque[Item] = field(default_factory=deque, repr=False)
    outgoing: deque[Outgoing] = field(default_factory=deque, repr=False)
    handling: asyncio.Task[None] | None = field(default=None, repr=False)
    sending: asyncio.Task[None] | None = field(default=None, repr=False)
    noting: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)

    @property
    def waiting(self) -> int:
        """How many messages and letters are on their way."""
        return len(self.incoming) + len(self.outgoing)

    def outdate(self, *, forget: bool) -> None:
        """
        What is still to be sent from before is over before anybody saw it: no number answers it. forget: nor
        may anything of it be kept.
        """
        for waiting in self.outgoing:
            shows = None if forget else waiting.letter.shows
            waiting.letter = replace(waiting.letter, shows=shows, options={})

    def drop_waiting(self) -> list[int | None]:
        """Drop unread what waits behind the message that is handled; returns its numbers in the journal."""
        dropped = [item.number for item in list(self.incoming)[1:]]
        while len(self.incoming) > 1:
            self.incoming.pop()
        return dropped

    def seen_at(self, now: datetime) -> datetime:
        """Until when the person has seen what was said: now, unless something is still to be sent."""
        since = next((one.letter.since for one in self.outgoing if one.letter.since), "")
        return min(now, datetime.fromisoformat(since)) if since else now


Work = Callable[[Lane], Awaitable[None]]


class Lanes:
    """All lanes, and what the apps show, as far as it is in memory."""

    def __init__(self, handle: Work, send: Work) -> None:
        """handle, send: do the first of a lane's incoming or outgoing, and take it away."""
        self._handle = handle
        self._send = send
        self._lanes: dict[str, Lane] = {}
        self.threads = Threads()

    @property
    def waiting(self) -> int:
        """How many messages and letters are on their way, in all conversations."""
        return sum(lane.waiting for lane in self._lanes.values())

    def of(self, conversation: str, person_id: str) -> Lane:
        """The lane of a conversation, new if nothing is on its way there."""
        return self._lanes.setdefault(conversation, Lane(conversation, person_id))

    def find(self, conversation: str) -> Lane | None:
        """The lane of a conversation, if something is on its way there."""
        return self._lanes.get(conversation)

    def arrive(self, lane: Lane, item: Item) -> None:
        """Let a message wait for its turn."""
        lane.incoming.append(item)
        if lane.handling is None:
            lane.handling = asyncio.ensure_future(self._handle_all(lane))

    def post(self, lane: Lane, letters: Sequence[Outgoing]) -> None:
        """Let letters wait for theirs."""
        lane.outgoing.extend(letters)
        if lane.outgoing and lane.sending is None:
            lane.sending = asyncio.ensure_future(self._send_all(lane))

    async def close(self) -> None:
        """Stop; what is on its way stays in the journal."""
        tasks = [task for lane in self._lanes.values() for task in (lane.handling, lane.sending) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _handle_all(self, lane: Lane) -> None:
        try:
            await _one_by_one(lane, lane.incoming, self._handle)
        finally:
            lane.handling = None
            self._tidy(lane)

    async def _send_all(self, lane: Lane) -> None:
        try:
            await _one_by_one(lane, lane.outgoing, self._send)
        finally:
            lane.sending = None
            self._tidy(lane)

    def _tidy(self, lane: Lane) -> None:
        if lane.handling is None and lane.sending is None:
            self._lanes.pop(lane.conversation, None)
            self.threads.rest(lane.conversation)


async def _one_by_one(lane: Lane, waiting: deque[Any], work: Work) -> None:
    """Work that fails takes its own message or letter along, and leaves those behind it."""
    while waiting:
        first = waiting[0]
        try:
            await work(lane)
        except Exception as error:  # noqa: BLE001, a fault of ours must not stop a conversation
            logger.error(  # noqa: TRY400, a traceback could quote the message
                "A lane goes on: conversation=%s reason=%s", lane.conversation, type(error).__name__
            )
            if waiting and waiting[0] is first:
                waiting.popleft()
