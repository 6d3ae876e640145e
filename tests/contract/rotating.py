"""
What the tests of rotation share: keys, people, and a child process that rotates the master key and stands
still at a point, to be killed there.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection

from consent_store import ConsentStore, StoreKeys, open_store, rotation
from consent_store.vault import Vault
from tests.contract import raw
from tests.unit.consent_store.kit import BALANCE, FakeClock, Person

OLD, NEW = b"m" * 32, b"n" * 32
OLD_KEYS, NEW_KEYS = StoreKeys(OLD), StoreKeys(NEW)
BOTH_KEYS = StoreKeys(NEW, earlier={OLD_KEYS.master_id: OLD})
SMALL_BATCH = 10
PEOPLE = 25
Opener = Callable[[StoreKeys], ConsentStore]


def people_of(store: ConsentStore) -> list[Person]:
    """People whom the store knows; the first three gave a value."""
    everyone = [Person(store, f"person-{n:03}") for n in range(PEOPLE)]
    for someone in everyone:
        someone.begin()
    for someone in everyone[:3]:
        someone.allow_and_tell(someone.person_id[-1])
    return everyone


def values(store: ConsentStore, known: list[Person]) -> list[str]:
    """What the first three gave, as this store opens it."""
    found = []
    for someone in known[:3]:
        again = Person(store, someone.person_id)
        again.session = someone.session
        found.append(again.release().values[BALANCE])
    return found


def masters(database_url: str) -> set[str]:
    """Under which master keys everybody's keys are."""
    return {row["master_key_id"] for row in raw.rows(database_url, "SELECT master_key_id FROM person_key")}


def kill_a_rotation(database_url: str, *, after_keys: int = 0, after_batches: int = 0) -> None:
    """Begin in another process; kill it in the middle of a transaction, or between two."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    child = context.Process(target=_rotate, args=(database_url, there, after_keys, after_batches))
    child.start()
    there.close()
    assert here.recv() == "standing still"
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    assert child.exitcode == -signal.SIGKILL


def _rotate(database_url: str, parent: Connection, after_keys: int, after_batches: int) -> None:
    rotation.BATCH = SMALL_BATCH
    real, wrapped, told = Vault.rewrap, [], []

    def stand_still() -> None:
        parent.send("standing still")
        parent.recv()

    def rewrap(self: Vault, person_id: str, master_id: str, sealed: bytes) -> tuple[str, bytes]:
        wrapped.append(person_id)
        if len(wrapped) == after_keys:
            stand_still()
        return real(self, person_id, master_id, sealed)

    def tell(_done: int, _total: int) -> None:
        told.append(1)
        if after_batches and len(told) == 1 + after_batches:
            stand_still()

    Vault.rewrap = rewrap  # type: ignore[method-assign]
    open_store(database_url, keys=BOTH_KEYS, clock=FakeClock()).rotate_keys(tell)
