"""
A unit of work: several calls of the store in one transaction, which begins with the first that writes and is
committed once.

After a failure of the database a unit writes nothing more and commits nothing. Must never be half committed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, TypeVar

from consent_store.errors import StoreUnavailable
from consent_store.sql.engine import FAILURES, reason_of

if TYPE_CHECKING:
    from consent_store.clock import Clock
    from consent_store.sql.database import Transaction

T = TypeVar("T")
Begin = Callable[[ExitStack], "Transaction"]
"""Begins a transaction that writes; what is to be given back after it goes onto the stack."""


class Unit:
    """What is done in it is done one call at a time, in whichever thread."""

    def __init__(self, begin: Begin, clock: Clock) -> None:
        self._begin = begin
        self._clock = clock
        self._given = ExitStack()
        self._tx: Transaction | None = None
        self._alone = threading.Lock()
        self._failure: str | None = None
        self.has_written = False
        """Whether there is something that is not committed; also if it is lost by a failure."""
        self.is_over = False

    @property
    def failed(self) -> bool:
        """Whether it commits nothing."""
        return self._failure is not None

    def run(self, work: Callable[[Transaction], T], *, writes: bool) -> T:
        """
        Do this as a part of the unit. If it raises, what it wrote is undone and the unit goes on.

        Raises StoreUnavailable if the database fails, or did before, or if the unit was undone.
        """
        with self._alone:
            if self._failure is None:
                try:
                    return self._run(work, writes=writes)
                except FAILURES as error:
                    self._failure = reason_of(error)
                except StoreUnavailable as unavailable:
                    self._failure = unavailable.reason
                self._give_back()
        raise StoreUnavailable(self._failure)

    def fail(self, reason: str) -> None:
        """Commit nothing of it. `reason`: a short key, for the log."""
        self._failure = self._failure or reason

    def commit(self) -> bool:
        """
        Make durable what was done; what is done after this is another transaction. Returns whether something
        secret was deleted.

        Raises StoreUnavailable; then nothing of it was done, or it is not known.
        """
        with self._alone:
            tx = self._tx
            if tx is not None and self._failure is None:
                try:
                    tx.connection.commit()
                except FAILURES as error:
                    self._failure = reason_of(error)
            self._give_back()
            if self._failure is not None:
                raise StoreUnavailable(self._failure)
            self.has_written = False
            return tx is not None and tx.wiped

    def undo(self) -> None:
        """Undo what was not committed; who comes late, from a thread that was given up, can do nothing."""
        self.fail("the_unit_was_undone")
        with self._alone:
            self._give_back()

    def _run(self, work: Callable[[Transaction], T], *, writes: bool) -> T:
        if self._tx is None:
            with ExitStack() as given:
                self._tx = self._begin(given)
                self._given = given.pop_all()
        self._tx.now = self._clock()
        if not writes:
            return work(self._tx)
        with self._tx.connection.begin_nested():
            result = work(self._tx)
        self.has_written = True
        return result

    def _give_back(self) -> None:
        """The connection, which undoes what was not committed, and the turn to write."""
        self._tx = None
        with suppress(*FAILURES):
            self._given.close()
