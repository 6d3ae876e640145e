"""The master key changes under people who go on reading, writing and coming, and after any kill."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from consent_store import ConsentStore, KeyRefused, StoreKeys, open_store, rotation
from consent_store.key_files import key_id, remove_earlier
from consent_store.sql import people
from consent_store.sql.people import WrappedKey
from tests.contract import raw
from tests.contract.rotating import BOTH_KEYS, NEW, NEW_KEYS, OLD, OLD_KEYS, SMALL_BATCH, kill_a_rotation
from tests.unit.consent_store.kit import BALANCE, FakeClock, Person
from tests.unit.consent_store.test_keys import put

PEOPLE = 25
Opener = Callable[[StoreKeys], ConsentStore]


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", SMALL_BATCH)


@pytest.fixture
def opened(database_url: str, clock: FakeClock) -> Iterator[Opener]:
    """Another process on the same database, with other keys."""
    stores: list[ConsentStore] = []

    def one(keys: StoreKeys) -> ConsentStore:
        stores.append(open_store(database_url, keys=keys, clock=clock))
        return stores[-1]

    yield one
    for store in stores:
        store.close()


@pytest.fixture
def known(store: ConsentStore) -> list[Person]:
    """People whom the store knows under the old master key; the first three gave a value."""
    everyone = [Person(store, f"person-{n:03}") for n in range(PEOPLE)]
    for someone in everyone:
        someone.begin()
    for someone in everyone[:3]:
        someone.allow_and_tell(someone.person_id[-1])
    return everyone


def values(store: ConsentStore, known: list[Person]) -> list[str]:
    found = []
    for someone in known[:3]:
        again = Person(store, someone.person_id)
        again.session = someone.session
        found.append(again.release().values[BALANCE])
    return found


def masters(database_url: str) -> set[str]:
    return {row["master_key_id"] for row in raw.rows(database_url, "SELECT master_key_id FROM person_key")}


def test_everyones_key_is_under_the_new_master_key_and_all_values_open(
    database_url: str, opened: Opener, known: list[Person]
):
    result = opened(BOTH_KEYS).rotate_keys()
    assert (result.rewrapped, result.already, result.left) == (PEOPLE, 0, 0)
    assert (result.complete, result.retired, result.needed) == (True, (OLD_KEYS.master_id,), ())
    assert masters(database_url) == {NEW_KEYS.master_id}
    assert values(opened(NEW_KEYS), known) == ["0", "1", "2"]


def test_the_old_master_key_alone_opens_nothing_afterwards(opened: Opener, known: list[Person]):
    opened(BOTH_KEYS).rotate_keys()
    first = Person(opened(OLD_KEYS), known[0].person_id)
    first.session = known[0].session
    assert first.release().withheld == {BALANCE: "unreadable"}


def test_rotating_again_does_nothing(database_url: str, opened: Opener, known: list[Person]):
    opened(BOTH_KEYS).rotate_keys()
    before = raw.rows(database_url, "SELECT * FROM person_key ORDER BY person_id")
    again = opened(BOTH_KEYS).rotate_keys()
    assert (again.rewrapped, again.already, again.left) == (0, PEOPLE, 0)
    assert again.retired == (OLD_KEYS.master_id,)
    assert raw.rows(database_url, "SELECT * FROM person_key ORDER BY person_id") == before


def test_without_a_rotation_nothing_is_retired(opened: Opener, known: list[Person]):
    result = opened(OLD_KEYS).rotate_keys()
    assert (result.rewrapped, result.already, result.retired) == (0, PEOPLE, ())
    assert values(opened(BOTH_KEYS), known) == ["0", "1", "2"]


def test_progress_rises_to_the_number_of_people(opened: Opener, known: list[Person]):
    told: list[tuple[int, int]] = []
    opened(BOTH_KEYS).rotate_keys(lambda done, total: told.append((done, total)))
    assert told == [(0, PEOPLE), (10, PEOPLE), (20, PEOPLE), (25, PEOPLE)]


@pytest.mark.parametrize("point", [{"after_keys": 1}, {"after_keys": 15}, {"after_batches": 2}])
def test_killed_in_the_middle_everything_opens_and_the_next_run_finishes(
    database_url: str, opened: Opener, known: list[Person], point: dict[str, int]
):
    kill_a_rotation(database_url, **point)
    assert OLD_KEYS.master_id in masters(database_url)
    assert values(opened(BOTH_KEYS), known) == ["0", "1", "2"]
    done_before = 10 * (point.get("after_batches") or point["after_keys"] // 10)
    result = opened(BOTH_KEYS).rotate_keys()
    assert (result.already, result.rewrapped, result.left) == (done_before, PEOPLE - done_before, 0)
    assert result.retired == (OLD_KEYS.master_id,)
    assert values(opened(NEW_KEYS), known) == ["0", "1", "2"]


def test_readers_with_both_keys_read_all_the_time(opened: Opener, known: list[Person]):
    store, elsewhere, over = opened(BOTH_KEYS), opened(BOTH_KEYS), threading.Event()
    read: list[list[str]] = []

    def go_on_reading() -> None:
        while not over.is_set():
            read.append(values(store, known))

    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(go_on_reading)
        try:
            result = store.rotate_keys(lambda *_: read.append(values(store, known)))
        finally:
            over.set()
        reading.result()
    assert result.complete
    assert len(read) >= 4
    assert all(found == ["0", "1", "2"] for found in [*read, values(elsewhere, known)])


def test_two_rotations_at_once_wrap_each_key_once(opened: Opener, known: list[Person]):
    stores = [opened(BOTH_KEYS), opened(BOTH_KEYS)]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda store: store.rotate_keys(), stores))
    assert sum(result.rewrapped for result in results) == PEOPLE
    assert all(result.complete for result in results)
    assert values(opened(NEW_KEYS), known) == ["0", "1", "2"]


def test_someone_who_comes_meanwhile_under_the_old_key_is_not_forgotten(
    store: ConsentStore, opened: Opener, known: list[Person]
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


def test_a_retired_master_key_never_wraps_again(
    database_url: str, store: ConsentStore, opened: Opener, known: list[Person]
):
    opened(BOTH_KEYS).rotate_keys()
    with pytest.raises(KeyRefused, match="retired"):
        Person(store, "a-newcomer").begin()
    with pytest.raises(KeyRefused, match="retired"):
        store.rotate_keys()
    assert masters(database_url) == {NEW_KEYS.master_id}
    Person(opened(NEW_KEYS), "a-newcomer").begin()


def test_an_older_master_key_does_not_undo_what_a_newer_one_did(
    database_url: str, opened: Opener, known: list[Person]
):
    Person(opened(BOTH_KEYS), "a-newcomer").begin()
    knows_the_new_one = StoreKeys(OLD, earlier={NEW_KEYS.master_id: NEW})
    with pytest.raises(KeyRefused, match="older"):
        opened(knows_the_new_one).rotate_keys()
    assert masters(database_url) == {OLD_KEYS.master_id, NEW_KEYS.master_id}
    assert opened(BOTH_KEYS).rotate_keys().complete


def test_a_key_whose_master_key_is_not_at_hand_stays_and_is_said_to_be_left(
    database_url: str, opened: Opener, known: list[Person]
):
    third = StoreKeys(b"t" * 32, earlier={NEW_KEYS.master_id: NEW})
    Person(opened(NEW_KEYS), "a-newcomer").begin()
    result = opened(third).rotate_keys()
    assert (result.rewrapped, result.left, result.complete) == (1, PEOPLE, False)
    assert (result.needed, result.retired) == ((OLD_KEYS.master_id,), ())
    assert values(opened(OLD_KEYS), known) == ["0", "1", "2"]


def test_a_wrapping_that_somebody_else_changed_is_not_replaced(store: ConsentStore, known: list[Person]):
    def work(tx: object) -> tuple[bool, bool]:
        (first, *_) = people.under_others(tx, "another", after="", limit=1)
        new = WrappedKey(first.person_id, "another", b"new")
        return people.replace(tx, first, new), people.replace(tx, first, new)

    assert store.database.write(work) == (True, False)


def test_a_person_who_was_erased_meanwhile_does_not_come_back(
    database_url: str, store: ConsentStore, opened: Opener, known: list[Person]
):
    def erase_the_last(done: int, total: int) -> None:
        store.erase(known[-1].person_id)

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


def test_the_ledger_and_the_projection_do_not_notice(opened: Opener, known: list[Person]):
    store = opened(BOTH_KEYS)
    before = store.verify_ledger()
    store.rotate_keys()
    assert store.verify_ledger() == before


def test_former_wrappings_leave_the_files(sqlite_only: Path, opened: Opener, known: list[Person]):
    former = [
        row["wrapped_key"]
        for row in raw.rows(f"sqlite:///{sqlite_only}", "SELECT wrapped_key FROM person_key")
    ]
    assert opened(BOTH_KEYS).rotate_keys().journal_cleared
    for path in sqlite_only.parent.iterdir():
        assert not [one for one in former if one in path.read_bytes()], path.name
