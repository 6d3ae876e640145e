"""
The store's journal of messages on their way as a channel uses it: in threads, and never in the way.

What the database cannot take stays in memory. Must never raise, or lose that a message is done: it is
noted as soon as the database is back.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from consent_store import ConsentStoreError
from consent_store.messaging import Content, Noted, Taken, Waiting
from engine.conversations.keeper import Keeper

MOST_UNNOTED = 10_000
Result = TypeVar("Result")
logger = logging.getLogger(__name__)


class SafeJournal:
    """
    A journal that answers whatever happens. `keeper`: None where there is none, as in a test. `keeps`: False
    where conversations are in memory only; then it notes which events were seen, and nothing else.
    """

    def __init__(self, keeper: Keeper | None, *, keeps: bool = True) -> None:
        self._keeper = keeper
        self._unnoted: dict[str, list[int]] = {}
        self.keeps = keeps and keeper is not None
        """Whether what is on its way, and what apps show, is written down."""

    async def take(self, events: Sequence[Taken]) -> list[Noted]:
        """What came of noting each; all count as new, without numbers, if the database is away."""
        await self._note_what_is_left()
        noted_down = events if self.keeps else [replace(event, content=None) for event in events]

        async def work(keeper: Keeper) -> Sequence[Noted]:
            return await keeper.write(lambda store: store.take_messages(noted_down))

        noted = await self._try("take", work) if events else None
        return list(noted or [Noted(new=True)] * len(events))

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
        return await self._try("thread", lambda keeper: keeper.read(lambda store: store.thread_of(person_id)))

    async def left_over(self, app: str) -> list[Waiting]:
        """What was on its way in this app when the process before ended, in order."""

        async def work(keeper: Keeper) -> Sequence[Waiting]:
            return await keeper.write(lambda store: store.messages_left_over(app))

        return list(await self._try("left_over", work) or ())

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
        shown = thread if self.keeps else None

        async def work(keeper: Keeper) -> bool:
            await keeper.write(lambda store: store.leave_messages(person_id, numbers, shown))
            return True

        return bool(await self._try("leave", work))

    async def _try(self, what: str, work: Callable[[Keeper], Awaitable[Result]]) -> Result | None:
        if self._keeper is None:
            return None
        try:
            return await work(self._keeper)
        except ConsentStoreError as error:
            logger.error("The journal could not be used: what=%s reason=%s", what, error.reason)  # noqa: TRY400, a driver's message may quote
        except Exception as error:  # noqa: BLE001, whatever it was, the person is answered
            logger.error("The journal could not be used: what=%s reason=%s", what, type(error).__name__)  # noqa: TRY400
        return None
