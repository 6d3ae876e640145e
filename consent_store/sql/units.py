"""
The units of work of one database: which one is open here, and how it ends.

A task or thread has at most one, and so have the threads that it waits for (asyncio.to_thread). Must never be
joined by what goes on after its end.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar

from consent_store.sql.unit import Unit

_open: ContextVar[tuple[Units, Unit] | None] = ContextVar("consent_store_unit", default=None)


class Units:
    """Safe to share between threads."""

    def __init__(self, make: Callable[[], Unit], when_wiped: Callable[[], object]) -> None:
        """when_wiped: called after something secret was deleted for good."""
        self._make = make
        self._when_wiped = when_wiped

    def current(self) -> Unit | None:
        """The unit that is open here; one that was undone stays so for whoever was in it."""
        found = _open.get()
        if found is None or found[0] is not self or (found[1].is_over and not found[1].failed):
            return None
        return found[1]

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """
        Everything that is done within is one transaction, committed once, at the end.

        It begins with the first call that writes, and from then on nobody else writes about the same persons
        (in SQLite: at all). An exception that leaves the block undoes all; a call that raises is undone
        alone. A unit in a unit is a part of it. Raises StoreUnavailable at the end if the database failed,
        also if a call said so before.
        """
        outer = self.current()
        if outer is not None:
            with _failing(outer):
                yield outer
            return
        unit = self._make()
        try:
            with self._opened(unit):
                yield unit
        except BaseException:
            unit.undo()
            raise
        self._commit(unit)

    @asynccontextmanager
    async def unit_across_pauses(self) -> AsyncIterator[Unit]:
        """
        The same for a coroutine, which may pause in between: whatever waits for the disk does so in a thread.

        Never a part of another one.
        """
        unit = self._make()
        try:
            with self._opened(unit):
                yield unit
        except BaseException:
            await asyncio.to_thread(unit.undo)
            raise
        await asyncio.to_thread(self._commit, unit)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """
        What is done within is in transactions of its own. What a unit did so far is committed before.
        """
        unit = self.current()
        if unit is None:
            yield
            return
        self._commit(unit)
        with self._opened(None):
            yield

    @contextmanager
    def _opened(self, unit: Unit | None) -> Iterator[None]:
        before = _open.set(None if unit is None else (self, unit))
        try:
            yield
        finally:
            if unit is not None:
                unit.is_over = True
            _open.reset(before)

    def _commit(self, unit: Unit) -> None:
        if unit.commit():
            self._when_wiped()


@contextmanager
def _failing(outer: Unit) -> Iterator[None]:
    """Nothing of the unit is committed if its part raises."""
    try:
        yield
    except BaseException:
        outer.fail("a_part_of_the_unit_failed")
        raise
