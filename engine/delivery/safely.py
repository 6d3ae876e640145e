"""
The journal as a channel uses it: in threads, and never in the way.

What the database cannot take stays in memory. Must never raise, or lose that a message is done: it is
noted as soon as the database is back.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import TypeVar

from engine.conversations.database import DatabaseAway
from engine.conversations.knowing import CannotSeal
from engine.delivery.journal import Content, Journal, Noted, Taken, Waiting

MOST_UNNOTED = 10_000
Result = TypeVar("Result")
logger = logging.getLogger(__name__)


class SafeJournal:
    """A journal that answers whatever happens. `journal`: None where there is none, as in a test."""

    def __init__(self, journal: Journal | None) -> None:
        self.journal = journal
        self._unnoted: dict[str, list[int]] = {}

    @property
    def keeps(self) -> bool:
        """Whether what is on its way, and what apps show, is written down."""
        return self.journal is not None and self.journal.keeps

    async def take(self, events: Sequence[Taken]) -> list[Noted]:
        """What came of noting each; all count as new, without numbers, if the database is away."""
        await self._note_what_is_left()
        noted = await self._try("take", lambda journal: journal.take(events)) if events else None
        return noted or [Noted(new=True)] * len(events)

    async def leave(self, person_id: str, numbers: Sequence[int], thread: Content | None = None) -> bool:
        """These are handled or sent, and this is what the app shows now; whether that could be written."""
        await self._note_what_is_left()
        if not numbers and thread is None:
            return True
        done = await self._leave(person_id, numbers, thread)
        if not done:
            self._note_later(person_id, numbers)
        return done and self.keeps

    async def thread(self, person_id: str) -> Content | None:
        """What the app showed last, if that is known."""
        return await self._try("thread", lambda journal: journal.thread(person_id))

    async def left_over(self, app: str) -> list[Waiting]:
        """What was on its way in this app when the process before ended, in order."""
        return await self._try("left_over", lambda journal: journal.left_over(app)) or []

    async def _note_what_is_left(self) -> None:
        while self._unnoted:
            person_id, numbers = self._unnoted.popitem()
            if not await self._leave(person_id, numbers, None):
                self._note_later(person_id, numbers)
                return

    def _note_later(self, person_id: str, numbers: Sequence[int]) -> None:
        if numbers and (person_id in self._unnoted or len(self._unnoted) < MOST_UNNOTED):
            self._unnoted.setdefault(person_id, []).extend(numbers)

    async def _leave(self, person_id: str, numbers: Sequence[int], thread: Content | None) -> bool:
        def work(journal: Journal) -> bool:
            journal.leave(person_id, numbers, thread)
            return True

        return bool(await self._try("leave", work))

    async def _try(self, what: str, work: Callable[[Journal], Result]) -> Result | None:
        if self.journal is None:
            return None
        try:
            return await asyncio.to_thread(work, self.journal)
        except (DatabaseAway, CannotSeal) as error:
            logger.error("The journal could not be used: what=%s reason=%s", what, error.reason)  # noqa: TRY400, a driver's message may quote
        except Exception as error:  # noqa: BLE001, whatever it was, the person is answered
            logger.error("The journal could not be used: what=%s reason=%s", what, type(error).__name__)  # noqa: TRY400
        return None
