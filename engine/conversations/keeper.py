"""
The consent store as Rasa's process uses it: in threads, and writers one after the other.

Whoever waits to write waits in the event loop: in a thread they might keep the one who writes from getting
one. Must never open another store than the one of this process.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import TypeVar

from consent_store import ConsentStore, StoreNotReady, StoreUnavailable
from consent_store.sharing import shared_store
from consent_store.sql.unit import Unit
from consent_store.store import check_address
from settings import SettingsInvalid

NO_ADDRESS = "ASKFIRST_DATABASE_URL must name a SQLite file or a PostgreSQL database."
T = TypeVar("T")
_has_turn: ContextVar[bool] = ContextVar("askfirst_turn_to_write", default=False)
_unit: ContextVar[Unit | None] = ContextVar("askfirst_unit", default=None)


def give_up(*, goes_on: bool) -> None:
    """
    A part of the unit that is open here failed: commit nothing of it, if there is anything.

    goes_on: it may still be at work, in a thread of its own, which then can write nothing.
    """
    unit = _unit.get()
    if unit is not None and (goes_on or unit.has_written):
        unit.fail("an_action_failed")


class Keeper:
    """Connects to nothing until it is used."""

    def __init__(self, open_store: Callable[[], ConsentStore]) -> None:
        """open_store: gives the store of this process; raises ConsentStoreError if it is away."""
        self._open = open_store
        self._store: ConsentStore | None = None
        self._places: asyncio.Semaphore | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._failures = 0

    @classmethod
    def of_this_process(cls, database_url: str, keys: Path) -> Keeper:
        """On the store that its actions have, too. keys: the folder of the keys. Raises SettingsInvalid."""
        try:
            check_address(database_url)
        except StoreNotReady:
            raise SettingsInvalid(NO_ADDRESS) from None
        return cls(partial(shared_store, database_url, keys))

    async def read(self, work: Callable[[ConsentStore], T]) -> T:
        """Do this in a thread. Raises ConsentStoreError."""
        return await asyncio.to_thread(work, await self._opened())

    async def write(self, work: Callable[[ConsentStore], T]) -> T:
        """Do this in a thread when it is our turn, in the unit that is open. Raises ConsentStoreError."""
        store = await self._opened()
        async with self._turn(store) as is_away:
            if is_away:
                raise StoreUnavailable("away_a_moment_ago")
            return await asyncio.to_thread(work, store)

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """
        When it is our turn: a block whose calls of the store are one transaction, as `Units.unit` says.

        Raises ConsentStoreError if the store cannot be opened, StoreUnavailable if nothing was committed.
        """
        store = await self._opened()
        async with self._turn(store) as is_away, store.unit_across_pauses() as unit:
            if is_away:
                unit.fail("away_a_moment_ago")
            before = _unit.set(unit)
            try:
                yield unit
            finally:
                _unit.reset(before)

    async def _opened(self) -> ConsentStore:
        if self._store is None:
            self._store = await asyncio.to_thread(self._open)
        return self._store

    @asynccontextmanager
    async def _turn(self, store: ConsentStore) -> AsyncIterator[bool]:
        """
        Wait for it. Says whether the database failed somebody meanwhile: a hundred people at once must not
        find out one after the other.
        """
        if _has_turn.get():
            yield False
            return
        failures = self._failures
        async with self._line(store.database.writers_at_once):
            is_away = self._failures != failures
            before = _has_turn.set(True)
            try:
                yield is_away
            except StoreUnavailable:
                self._failures += not is_away
                raise
            finally:
                _has_turn.reset(before)

    def _line(self, at_once: int) -> asyncio.Semaphore:
        loop = asyncio.get_running_loop()
        if self._places is None or self._loop is not loop:
            self._places, self._loop = asyncio.Semaphore(at_once), loop
        return self._places
