"""The master key changes while people read, come and go, and while somebody else changes it too."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from consent_store import ConsentStore, StoreKeys
from consent_store.key_files import key_id, remove_earlier
from consent_store.sql import people
from consent_store.sql.database import Transaction
from consent_store.sql.people import WrappedKey
from tests.contract import raw
from tests.contract.rotating import BOTH_KEYS, NEW_KEYS, OLD, PEOPLE, Opener, masters, values
from tests.unit.consent_store.kit import BALANCE, Person
from tests.unit.consent_store.test_keys import put


def test_readers_with_both_keys_read_all_the_time(opened: Opener, known_people: list[Person]):
    store, elsewhere, over = opened(BOTH_KEYS), opened(BOTH_KEYS), threading.Event()
    read: list[list[str]] = []

    def go_on_reading() -> None:
        while not over.is_set():
            read.append(values(store, known_people))

    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(go_on_reading)
        try:
            result = store.rotate_keys(lambda *_: read.append(values(store, known_people)))
        finally:
            over.set()
        reading.result()
    assert result.complete
    assert len(read) >= 4
    assert all(found == ["0", "1", "2"] for found in [*read, values(elsewhere, known_people)])


def test_two_rotations_at_once_wrap_each_key_once(opened: Opener, known_people: list[Person]):
    stores = [opened(BOTH_KEYS), opened(BOTH_KEYS)]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda store: store.rotate_keys(), stores))
    assert sum(result.rewrapped for result in results) == PEOPLE
    assert all(result.complete for result in results)
    assert values(opened(NEW_KEYS), known_people) == ["0", "1", "2"]


def test_someone_who_comes_meanwhile_under_the_old_key_is_not_forgotten(
    store: ConsentStore, opened: Opener, known_people: list[Person]
):
    """`store` is a process that does not know the new master key yet."""
    come: list[Person] = []

    def somebody_comes(done: int, total: int) -> None:
        if done == PEOPLE and not come:
            come.append(Person(store, "a-newcomer"))
            come[0].begin()
            come[0].allow_and_tell("7")

    result = opened(BOTH_KEYS).rotate_keys(somebody_comes)
    assert (result.rewrapped, result.left) == (PEOPLE + 1, 0)
    come[0].store = opened(NEW_KEYS)
    assert come[0].release().values == {BALANCE: "7"}


@pytest.mark.parametrize("stale", [{"master_id": "another"}, {"wrapped": b"that of somebody erased"}])
def test_a_wrapping_that_somebody_else_changed_is_not_replaced(
    database_url: str, store: ConsentStore, known_people: list[Person], stale: dict[str, object]
):
    def work(tx: Transaction) -> tuple[bool, bool]:
        (first, *_) = people.under_others(tx, "another", after="", limit=1)
        new = WrappedKey(first.person_id, "new", b"new")
        return people.replace(tx, replace(first, **stale), new), people.replace(tx, first, new)

    assert store.database.write(work) == (False, True)


def test_a_master_key_is_not_retired_while_somebody_is_about_to_wrap_with_it(
    database_url: str, store: ConsentStore, opened: Opener
):
    if database_url.startswith("sqlite"):
        pytest.skip("SQLite has one writer at a time")
    wrapped, finish = threading.Event(), threading.Event()

    def come_slowly(tx: Transaction) -> None:
        people.ensure(tx, "a-newcomer", store.vault)
        wrapped.set()
        finish.wait(20)

    with ThreadPoolExecutor(2) as pool:
        coming = pool.submit(store.database.write, come_slowly)
        wrapped.wait(20)
        rotating = pool.submit(opened(BOTH_KEYS).rotate_keys)
        while not rotating.done() and not _somebody_waits(database_url):
            pass
        finish.set()
        coming.result()
        assert rotating.result().rewrapped == 1
    assert masters(database_url) == {NEW_KEYS.master_id}


def _somebody_waits(database_url: str) -> bool:
    return bool(raw.rows(database_url, "SELECT 1 FROM pg_locks WHERE NOT granted AND mode = 'ExclusiveLock'"))


def test_a_person_who_was_erased_meanwhile_does_not_come_back(
    database_url: str, store: ConsentStore, opened: Opener, known_people: list[Person]
):
    def erase_the_last(done: int, total: int) -> None:
        store.erase(known_people[-1].person_id)

    result = opened(BOTH_KEYS).rotate_keys(erase_the_last)
    assert (result.rewrapped, result.left) == (PEOPLE - 1, 0)
    assert raw.count(database_url, "person_key") == PEOPLE - 1


def test_a_running_process_follows_a_rotation_of_the_files_by_itself(
    database_url: str, tmp_path: Path, opened: Opener
):
    folder = tmp_path / "keys"
    put(folder / "master.key", OLD)
    running = opened(StoreKeys.from_folder(folder, environ={}))
    someone = Person(running)
    someone.begin()
    someone.allow_and_tell("7")
    new = StoreKeys.begin_rotation(folder, environ={})
    newcomer = Person(running, "a-newcomer")
    newcomer.begin()
    newcomer.allow_and_tell("8")
    result = opened(StoreKeys.from_folder(folder, environ={})).rotate_keys()
    assert (result.already, result.rewrapped, result.retired) == (1, 1, (key_id(OLD),))
    assert remove_earlier(folder, result.retired) == (key_id(OLD),)
    assert masters(database_url) == {new}
    assert [one.release().values for one in (someone, newcomer)] == [{BALANCE: "7"}, {BALANCE: "8"}]
