"""
Upkeep: sweeping what is over, verifying the ledger, rebuilding the projection.

Everything that a sweep deletes is closed by the clock already; the sweep only makes the deletion happen.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from consent_store import checkpoints as signed
from consent_store import conversations, projection, verification
from consent_store.checkpoints import Checkpoint
from consent_store.conversations import KEEP_CONVERSATIONS
from consent_store.helping import end
from consent_store.noticing import end_under_a_former_notice
from consent_store.part import Part, follow
from consent_store.signing import Signer
from consent_store.sql import helps, people, requests, states, values
from consent_store.sql.database import Transaction
from consent_store.validity import SILENCE, is_current
from consent_store.verification import Progress
from consent_store.views import Sweep, Verification

T = TypeVar("T")


class Upkeep(Part):
    """The store's methods that keep it in order."""

    def sweep(self, *, conversations_idle_for: timedelta = KEEP_CONVERSATIONS) -> Sweep:
        """
        End silent helps, expire grants whose term is over, delete their values, close requests nobody
        answered, delete conversations that are over.

        Each turn goes that long after it was said, the working state when nothing was said for that long;
        with zero whatever is there goes. The data key of a person about whom then nothing is kept goes too.
        A few persons a transaction, so that nobody waits long. Returns what was done, counted.
        """
        counts = {"helps_ended": 0, "grants_expired": 0, "values_deleted": 0, "requests_closed": 0}
        for session in self._sure(self.database.read, lambda tx: helps.silent_since(tx, tx.now - SILENCE)):
            ended, deleted = self._sure(
                self.database.write, partial(_end_silent, person_id=session.person_id)
            )
            counts["helps_ended"] += ended
            counts["values_deleted"] += deleted
        for decision in self._sure(self.database.read, lambda tx: states.term_over(tx, tx.now)):
            expire = partial(_expire, person_id=decision.person_id)
            counts["grants_expired"] += self._sure(self.database.write, expire)
        ended, deleted = self._sure(self.database.write, end_under_a_former_notice)
        counts["grants_expired"] += ended
        counts["values_deleted"] += deleted
        counts["values_deleted"] += self._sure(
            self.database.write, lambda tx: values.drop_expired(tx, tx.now)
        )
        counts["requests_closed"] = self._sure(
            self.database.write, lambda tx: requests.close_expired(tx, tx.now)
        )
        counts |= conversations.sweep(self.database, conversations_idle_for)
        self.database.clear_journal()
        return Sweep(counts)

    def _sure(self, run: Callable[[Callable[[Transaction], T]], T], work: Callable[[Transaction], T]) -> T:
        """Read or write at an instant that is sure to have come."""
        return run(self.database.until_confirmed(work))

    def verify_ledger(
        self,
        *,
        checkpoints: Path | None = None,
        public_key: str | None = None,
        progress: Progress | None = None,
    ) -> Verification:
        """
        Check every entry, body, notice, request, the projection and, if given, the folder of checkpoints.

        Each fault names its place. Only with checkpoints, and the public key that they are signed with, does
        it find an end that was cut off together with the noted end. Nothing is repaired.
        `progress` is called with entries checked and entries in all. Raises StoreUnavailable.
        """
        return self.database.read(lambda tx: verification.verify(tx, checkpoints, public_key, progress))

    def checkpoint(self, signer: Signer, folder: Path) -> Checkpoint:
        """
        Write down, signed and outside the database, how long each chain is and how it ends.

        Nothing is written when nothing changed since the last one. Raises CheckpointUnsound,
        StoreUnavailable.
        """
        return self.database.write(lambda tx: signed.take(tx, signer, Path(folder)))

    def rebuild_projection(self) -> int:
        """Write the projection anew from the ledger; returns how many decisions stand in it."""
        return self.database.write(projection.rebuild)

    def close(self) -> None:
        """Give the connections to the database back."""
        self.database.close()


def _end_silent(tx: Transaction, person_id: str) -> tuple[int, int]:
    people.lock(tx, person_id)
    session = helps.find_open(tx, person_id)
    if session is None or is_current(session, tx.now):
        return 0, 0
    return 1, end(tx, session, "silence")


def _expire(tx: Transaction, person_id: str) -> int:
    people.lock(tx, person_id)
    over = [
        one for one in states.of_person(tx, person_id)
        if one.status == "given" and one.expires_at is not None and one.expires_at <= tx.now
    ]  # fmt: skip
    for decision in over:
        follow(tx, decision, "term_ended", "expired")
    return len(over)
