"""
The threads of conversations in memory: while something is on its way, and for what could not be written down.

Bounded in number and in time. Whatever the journal has is read from there, so that "forget me" holds at once.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from engine.channels.apps.thread import Thread

IDLE_SECONDS = 60 * 60.0
MOST_THREADS = 10_000


class Threads:
    """What is shown now, by conversation."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """clock: seconds, monotonic."""
        self._clock = clock
        self._threads: OrderedDict[str, tuple[float, bool, Thread]] = OrderedDict()

    def get(self, conversation: str) -> Thread | None:
        """The thread, if it is in memory."""
        self._drop_idle()
        held = self._threads.get(conversation)
        return None if held is None else held[2]

    def put(self, conversation: str, thread: Thread, *, is_kept: bool) -> None:
        """What is shown from now on, and whether the journal has it."""
        self._threads[conversation] = (self._clock(), is_kept, thread)
        self._threads.move_to_end(conversation)
        while len(self._threads) > MOST_THREADS:
            self._threads.popitem(last=False)

    def rest(self, conversation: str) -> None:
        """Nothing is on its way there any more: forget what the journal has."""
        held = self._threads.get(conversation)
        if held is not None and held[1]:
            del self._threads[conversation]

    def _drop_idle(self) -> None:
        while self._threads:
            conversation, (since, _, _) = next(iter(self._threads.items()))
            if self._clock() - since < IDLE_SECONDS:
                return
            del self._threads[conversation]
