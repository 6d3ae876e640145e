"""
Order and pace: the messages of one conversation one after the other, and not faster than a person can type.

Must never hold on to conversations that are over: what is idle is forgotten.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

MOST_REMEMBERED = 10_000  # conversations
DAY_SECONDS = 24 * 60 * 60
ANSWERED_BYTES = 2_000
"""What is kept beside a message, its answer above all: about so much."""


class InOrder:
    """
    Lets one message of a conversation through at a time, first come first served; none that came before its
    person was forgotten.
    """

    def __init__(self) -> None:
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}
        self._forgotten: dict[str, int] = {}

    @asynccontextmanager
    async def turn(self, conversation: str) -> AsyncIterator[bool]:
        """Wait for this conversation's turn and hold it; says whether the message may still be read."""
        arrived = self._forgotten.get(conversation, 0)
        lock, waiting = self._locks.get(conversation, (asyncio.Lock(), 0))
        self._locks[conversation] = (lock, waiting + 1)
        try:
            async with lock:
                yield arrived == self._forgotten.get(conversation, 0)
        finally:
            self._leave(conversation)

    def forget(self, conversation: str) -> None:
        """Its person was just erased in the turn that goes on: what waits by now is to be dropped unread."""
        self._forgotten[conversation] = self._forgotten.get(conversation, 0) + 1

    def _leave(self, conversation: str) -> None:
        lock, waiting = self._locks[conversation]
        if waiting == 1:
            del self._locks[conversation]
            self._forgotten.pop(conversation, None)
        else:
            self._locks[conversation] = (lock, waiting - 1)


@dataclass(frozen=True)
class Pace:
    """How fast messages may come: `burst` at once, then `per_second`."""

    burst: float = 30.0
    per_second: float = 5.0


class RateLimit:
    """A token bucket a conversation. `clock` gives seconds, monotonic."""

    def __init__(self, pace: Pace, clock: Callable[[], float]) -> None:
        self._pace = pace
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, conversation: str, cost: float = 1) -> bool:
        """Whether one more message may come now; if so, it is counted, as so many."""
        now = self._clock()
        left, since = self._buckets.pop(conversation, (self._pace.burst, now))
        left = min(self._pace.burst, left + (now - since) * self._pace.per_second)
        allowed = left >= cost
        self._buckets[conversation] = (left - cost if allowed else left, now)
        if len(self._buckets) > MOST_REMEMBERED:
            self._buckets.popitem(last=False)
        return allowed


class Allowance:
    """How much may be kept of a conversation in a day: at once, or evenly over it."""

    def __init__(self, bytes_per_day: float, clock: Callable[[], float]) -> None:
        """clock: seconds, monotonic."""
        self._rate = RateLimit(Pace(bytes_per_day, bytes_per_day / DAY_SECONDS), clock)

    def allows(self, conversation: str, text: str) -> bool:
        """Whether this message may be kept with what is answered; if so, it is counted."""
        return self._rate.allows(conversation, len(text.encode("utf-8", "replace")) + ANSWERED_BYTES)
