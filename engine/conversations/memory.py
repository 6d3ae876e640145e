"""
Conversations in memory: those that the database could not take, or all of them where nothing is to be kept.

Bounded in number and in time. Must never be written anywhere.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from consent_store.conversing import Found
from consent_store.recognising import NOBODY, Marks

IDLE_SECONDS = 60 * 60
MOST_UNSAVED = 50
"""Turns of one conversation that wait for the database; of more, the oldest are let go."""

MOST_UNSAVED_PEOPLE = 1_000
MOST_IN_MEMORY = 10_000
"""Conversations at most where nothing is kept (ASKFIRST_KEEP_CONVERSATIONS_DAYS=0)."""

Said = dict[str, Any]


@dataclass(frozen=True)
class Remembered:
    """
    A conversation: its events, what was said since the last save, and the marks of the key that it was read
    under (None: the database could not be asked).
    """

    marks: Marks | None
    events: Sequence[dict[str, Any]] = field(repr=False)
    unsaved: tuple[Said, ...] = field(default=(), repr=False)
    turns: int | None = None
    """How many turns the database had when this was read; None if it could not be asked."""

    def is_outdated(self, found: Found) -> bool:
        """Whether the person was erased since, or somebody else wrote the conversation since."""
        erased = self.marks not in (None, NOBODY) and not self.marks & found.marks
        written = found.turns > (self.turns or 0)  # what was begun unread is older than what there is
        return erased or written


@dataclass(frozen=True)
class Origin:
    """
    How a tracker was read: under which marks (None: unknown), after how many turns, how many of its events
    are no news, and what was said and could not be written yet.
    """

    marks: Marks | None = None
    turns: int | None = None
    events: int = 0
    unsaved: tuple[Said, ...] = ()


class Memory:
    """The conversations of at most so many people, each until an hour passed without a word."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        """clock: seconds, monotonic."""
        self._most = most
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, Remembered]] = OrderedDict()

    @classmethod
    def of_all(cls, *, backed: bool) -> Memory:
        """For everybody; `backed`: only for what the database could not take."""
        return cls(MOST_UNSAVED_PEOPLE if backed else MOST_IN_MEMORY)

    def get(self, person_id: str) -> Remembered | None:
        """A person's conversation, if it is still there."""
        self._drop_idle()
        kept = self._kept.get(person_id)
        return None if kept is None else kept[1]

    def put(self, person_id: str, remembered: Remembered) -> None:
        """Keep it in place of the one before; whoever was quiet longest goes if there are too many."""
        self._drop_idle()
        self._kept[person_id] = (self._clock(), remembered)
        self._kept.move_to_end(person_id)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def drop(self, person_id: str) -> None:
        """Forget a person's conversation, if there is one."""
        self._kept.pop(person_id, None)

    def choose(self, person_id: str, found: Found | None) -> tuple[Origin, Iterable[Mapping[str, Any]]]:
        """What is here and not outdated, else what the database has. found: None if it is away."""
        held = self.get(person_id)
        if held is not None and found is not None and held.is_outdated(found):
            self.drop(person_id)
            held = None
        if held is not None:
            return Origin((found or held).marks, held.turns, unsaved=held.unsaved), held.events
        if found is None:
            return Origin(), ()
        return Origin(found.marks, found.turns), (found.state or {}).get("events", ())

    def people(self) -> list[str]:
        """The pseudonyms of all whose conversation is here."""
        self._drop_idle()
        return list(self._kept)

    def _drop_idle(self) -> None:
        while self._kept:
            person_id, (since, _) = next(iter(self._kept.items()))
            if self._clock() - since < IDLE_SECONDS:
                return
            del self._kept[person_id]
