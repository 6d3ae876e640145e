"""
Rotating the master key: every person's data key is wrapped anew by the master key in force.

Small transactions, so that nobody waits long; each may be the last one before a kill, and the next run goes
on from there. The data keys themselves, and with them all values, stay as they are. Must never replace a
wrapping that somebody else changed, and never retire a master key that still wraps one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from consent_store.errors import VaultUnreadable
from consent_store.part import Part
from consent_store.sql import masters, people
from consent_store.sql.database import Transaction
from consent_store.sql.people import WrappedKey
from consent_store.vault import Vault

BATCH = 100
Progress = Callable[[int, int], None]
"""Told after each batch: how many person keys are under the master key in force, and of how many."""


@dataclass(frozen=True)
class Rotation:
    """
    What a rotation did, in person keys: wrapped anew, under the new master key already, left as they are.

    `needed`: the master keys that wrap what is left. `retired`: the master keys that wrap nothing any more
    and never will; they can be removed. `journal_cleared` is False when another reader kept SQLite's journal
    busy, which then still holds former wrappings; the next sweep clears it.
    """

    master_id: str
    rewrapped: int
    already: int
    left: int
    needed: tuple[str, ...]
    retired: tuple[str, ...]
    journal_cleared: bool

    @property
    def complete(self) -> bool:
        """Whether nothing is left under another master key."""
        return self.left == 0


class Rotating(Part):
    """The store's method for rotating the master key."""

    def rotate_keys(self, progress: Progress | None = None) -> Rotation:
        """
        Wrap every person key by the master key in force; run it again after a kill, or whenever in doubt.

        Others read, write and come anew meanwhile. When nothing is left, all earlier master keys are retired:
        the store never lets them wrap again. Raises KeyRefused if the master key in force is retired or not
        the newest in use, KeyMissing or KeyInvalid if the keys cannot be read, StoreUnavailable.
        """
        vault = self.vault.fixed()
        self.database.write(lambda tx: masters.use_as_newest(tx, vault.master_id))
        counts = self.database.read(people.count_by_master)
        already, total = counts.get(vault.master_id, 0), sum(counts.values())
        tell = progress or _tell_nobody
        tell(already, total)
        rewrapped = 0
        while True:
            stuck = 0
            for done, undone in self._batches(vault):
                rewrapped, stuck = rewrapped + done, stuck + undone
                tell(already + rewrapped, max(total, already + rewrapped))
            left = self.database.write(partial(_retire_if_none_left, master_id=vault.master_id))
            if left <= stuck:
                return self._result(vault.master_id, rewrapped, already, left)

    def _batches(self, vault: Vault) -> Iterator[tuple[int, int]]:
        """Once along all persons: how many keys were wrapped anew, and how many could not be, each time."""
        after = ""
        while (batch := self.database.write(partial(_rewrap_batch, vault=vault, after=after))) is not None:
            after = batch.last_person
            yield batch.done, batch.stuck

    def _result(self, master_id: str, rewrapped: int, already: int, left: int) -> Rotation:
        counts = self.database.read(people.count_by_master)
        return Rotation(
            master_id=master_id,
            rewrapped=rewrapped,
            already=already,
            left=left,
            needed=tuple(sorted(counts.keys() - {master_id})),
            retired=self.database.read(masters.retired),
            journal_cleared=self.database.clear_journal(),
        )


@dataclass(frozen=True)
class _Batch:
    done: int
    stuck: int
    last_person: str


def _rewrap_batch(tx: Transaction, vault: Vault, after: str) -> _Batch | None:
    """Wrap the next keys anew; None when there are no more."""
    masters.use_as_newest(tx, vault.master_id)
    found = people.under_others(tx, vault.master_id, after=after, limit=BATCH)
    if not found:
        return None
    new = [(former, _rewrapped(vault, former)) for former in found]
    done = [people.replace(tx, former, key) for former, key in new if key is not None]
    return _Batch(sum(done), len(found) - len(done), found[-1].person_id)


def _rewrapped(vault: Vault, former: WrappedKey) -> WrappedKey | None:
    """None for a key whose master key is not at hand: it stays as it is."""
    try:
        new = vault.rewrap(former.person_id, former.master_id, former.wrapped)
    except VaultUnreadable:
        return None
    return WrappedKey(former.person_id, *new)


def _retire_if_none_left(tx: Transaction, master_id: str) -> int:
    left = people.count_under_others(tx, master_id)
    if left == 0:
        masters.use_as_newest(tx, master_id)
        masters.retire_before(tx, master_id)
    return left


def _tell_nobody(_done: int, _total: int) -> None:
    """Whoever asked for no progress hears of none."""
