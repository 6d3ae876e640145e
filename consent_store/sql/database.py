"""
Transactions: each public method of the store is one of them, committed before it answers.

A failure of the database becomes StoreUnavailable with a short reason and no cause attached, because the
cause's text may quote values. Must never retry a write whose outcome is unknown.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from consent_store.clock import Clock, SteadyClock
from consent_store.errors import StoreUnavailable
from consent_store.sql.engine import clear_journal, reason_of

T = TypeVar("T")

_TURN_SECONDS = 5.0


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
        """Run `work` on one consistent snapshot. Raises StoreUnavailable if the database fails."""
        return self._run(work, {} if self._queue else {"isolation_level": "REPEATABLE READ"})[0]

    def write(self, work: Callable[[Transaction], T]) -> T:
        """
        Run `work` and commit; what it returns is durable when this returns.

        Any exception rolls everything back. Raises StoreUnavailable if the database fails.
        """
        with self._turn():
            result, wiped = self._run(work, {"askfirst_writes": True})
        if wiped:
            self.clear_journal()
        return result

    def clear_journal(self) -> bool:
        """Empty SQLite's journal after a deletion, if no one keeps it busy."""
        try:
            return clear_journal(self._engine)
        except SQLAlchemyError:
            return False

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    def _run(self, work: Callable[[Transaction], T], options: dict[str, Any]) -> tuple[T, bool]:
        try:
            with self._engine.connect().execution_options(**options) as connection, connection.begin():
                transaction = Transaction(connection, self._clock())
                result = work(transaction)
        except SQLAlchemyError as error:
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
