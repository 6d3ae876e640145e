"""
Transactions: each public method of the store is one of them, committed before it answers, or joins the unit
of work that is open.

A failure of the database becomes StoreUnavailable with a short reason and no cause attached, because the
cause's text may quote values. Must never retry a write whose outcome is unknown.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from consent_store.clock import Clock, SteadyClock
from consent_store.errors import StoreUnavailable
from consent_store.sql.engine import FAILURES, clear_journal, reason_of
from consent_store.sql.unit import Unit
from consent_store.sql.units import Units

T = TypeVar("T")

_TURN_SECONDS = 5.0
_UNITS_AT_ONCE = 4
_WRITES = {"askfirst_writes": True}


@dataclass
class Transaction:
    """
    One transaction: its connection and its instant.

    `wiped` is set when something secret was deleted in it. In a unit, each call has an instant of its own.
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
        self._units = Units(lambda: Unit(self._begin_unit, self._clock), self.clear_journal)

    @property
    def writers_at_once(self) -> int:
        """How many units one process should have open across pauses; in SQLite there is one writer."""
        return 1 if self._queue else _UNITS_AT_ONCE

    def until_confirmed(self, work: Callable[[Transaction], T]) -> Callable[[Transaction], T]:
        """The same work at an instant that is sure to have come: one reading of the clock deletes nothing."""

        def run(tx: Transaction) -> T:
            tx.now = min(tx.now, self._clock.confirmed())
            return work(tx)

        return run

    def read(self, work: Callable[[Transaction], T]) -> T:
        """
        Run `work` on one consistent snapshot. Raises StoreUnavailable if the database fails.

        In a unit that wrote it sees that, and what others committed meanwhile.
        """
        unit = self._units.current()
        if unit is not None and unit.has_written:
            return unit.run(work, writes=False)
        return self._run(work, {} if self._queue else {"isolation_level": "REPEATABLE READ"})[0]

    def write(self, work: Callable[[Transaction], T]) -> T:
        """
        Run `work` and commit; what it returns is durable when this returns, or at the end of the unit.

        Any exception undoes all that `work` did. Raises StoreUnavailable if the database fails.
        """
        unit = self._units.current()
        if unit is not None:
            return unit.run(work, writes=True)
        with self._turn():
            result, wiped = self._run(work, _WRITES)
        if wiped:
            self.clear_journal()
        return result

    def unit(self) -> AbstractContextManager[Unit]:
        """A block that is one transaction. See `Units.unit`."""
        return self._units.unit()

    def unit_across_pauses(self) -> AbstractAsyncContextManager[Unit]:
        """The same for a coroutine. See `Units.unit_across_pauses`."""
        return self._units.unit_across_pauses()

    def apart(self) -> AbstractContextManager[None]:
        """A block in transactions of its own. See `Units.apart`."""
        return self._units.apart()

    def clear_journal(self) -> bool:
        """Empty SQLite's journal after a deletion, if no one keeps it busy."""
        try:
            return clear_journal(self._engine)
        except SQLAlchemyError:
            return False

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

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
