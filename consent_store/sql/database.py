"""
Transactions: each public method of the store is one of them, committed before it answers, or joins the unit
of work that is open.

A failure of the database becomes StoreUnavailable with a short reason and no cause attached, because the
cause's text may quote values. Must never retry a write whose outcome is unknown.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from consent_store.clock import Clock, SteadyClock
from consent_store.errors import StoreUnavailable
from consent_store.sql.engine import FAILURES, clear_journal, reason_of
from consent_store.sql.unit import Unit

T = TypeVar("T")

_TURN_SECONDS = 5.0
_WRITES = {"askfirst_writes": True}
_open: ContextVar[tuple[Database, Unit] | None] = ContextVar("consent_store_unit", default=None)
"""The unit of this task or thread, and of those that it waits for with asyncio.to_thread."""


@dataclass
class Transaction:
    """
    One transaction: its connection and its instant.

    `wiped` is set when something secret was deleted in it.
    """

    connection: Connection
    now: datetime
    wiped: bool = False


class Database:
    """Runs work in transactions. Safe to share between threads."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = SteadyClock(clock)
        self._queue = threading.Lock() if engine.dialect.name == "sqlite" else None

    def read(self, work: Callable[[Transaction], T]) -> T:
        """
        Run `work` on one consistent snapshot. Raises StoreUnavailable if the database fails.

        In a unit it sees what the unit wrote, and what others committed meanwhile.
        """
        unit = self._unit()
        if unit is not None:
            return unit.run(work, writes=False)
        return self._run(work, {} if self._queue else {"isolation_level": "REPEATABLE READ"})[0]

    def write(self, work: Callable[[Transaction], T]) -> T:
        """
        Run `work` and commit; what it returns is durable when this returns, or at the end of the unit.

        Any exception undoes all that `work` did. Raises StoreUnavailable if the database fails.
        """
        unit = self._unit()
        if unit is not None:
            return unit.run(work, writes=True)
        with self._turn():
            result, wiped = self._run(work, _WRITES)
        if wiped:
            self.clear_journal()
        return result

    @contextmanager
    def unit(self) -> Iterator[None]:
        """
        Everything that is done within is one transaction, committed once, at the end.

        It begins with the first call, and from then on nobody else writes about the same persons (in SQLite:
        at all). An exception that leaves the block undoes all; a call that raises is undone alone. A unit in
        a unit is a part of it. Raises StoreUnavailable at the end if the database failed, also if a call
        said so before.
        """
        outer = self._unit()
        if outer is not None:
            with _failing(outer):
                yield
            return
        unit = Unit(self._begin_unit)
        before = _open.set((self, unit))
        try:
            yield
        except BaseException:
            unit.undo()
            raise
        finally:
            unit.is_over = True
            _open.reset(before)
        self._commit(unit)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """
        What is done within is in transactions of its own. What a unit did so far is committed before.
        """
        unit = self._unit()
        if unit is None:
            yield
            return
        self._commit(unit)
        before = _open.set(None)
        try:
            yield
        finally:
            _open.reset(before)

    def clear_journal(self) -> bool:
        """Empty SQLite's journal after a deletion, if no one keeps it busy."""
        try:
            return clear_journal(self._engine)
        except SQLAlchemyError:
            return False

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    def _unit(self) -> Unit | None:
        """The unit that is open here, if it is one of this database."""
        found = _open.get()
        return found[1] if found is not None and found[0] is self and not found[1].is_over else None

    def _commit(self, unit: Unit) -> None:
        if unit.commit():
            self.clear_journal()

    def _begin_unit(self, held: ExitStack) -> Transaction:
        held.enter_context(self._turn())
        return self._begin(held, _WRITES)

    def _begin(self, held: ExitStack, options: dict[str, Any]) -> Transaction:
        """Not committed before its connection is closed, it is undone."""
        connection = held.enter_context(self._engine.connect().execution_options(**options))
        connection.begin()
        return Transaction(connection, self._clock())

    def _run(self, work: Callable[[Transaction], T], options: dict[str, Any]) -> tuple[T, bool]:
        try:
            with ExitStack() as held:
                transaction = self._begin(held, options)
                result = work(transaction)
                transaction.connection.commit()
        except FAILURES as error:
            reason = reason_of(error)
        else:
            return result, transaction.wiped
        raise StoreUnavailable(reason)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """
        SQLite has one writer at a time: queue fairly inside the process instead of polling for the lock.
        """
        if self._queue is None:
            yield
            return
        if not self._queue.acquire(timeout=_TURN_SECONDS):
            raise StoreUnavailable("no_turn_to_write")
        try:
            yield
        finally:
            self._queue.release()


@contextmanager
def _failing(outer: Unit) -> Iterator[None]:
    """Nothing of the unit is committed if its part raises."""
    try:
        yield
    except BaseException:
        outer.fail("a_part_of_the_unit_failed")
        raise
