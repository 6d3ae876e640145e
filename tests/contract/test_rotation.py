"""The master key changes: everything opens afterwards, nothing with the old one, and any kill is survived."""

from __future__ import annotations

from pathlib import Path

import pytest

from consent_store import ConsentStore, KeyRefused, StoreKeys, migrate
from consent_store.sql.schema import downgrade
from tests.contract import raw
from tests.contract.rotating import (
    BOTH_KEYS,
    NEW,
    NEW_KEYS,
    OLD,
    OLD_KEYS,
    PEOPLE,
    Opener,
    kill_a_rotation,
    masters,
    values,
)
from tests.unit.consent_store.kit import BALANCE, FakeClock, Person


def test_everyones_key_is_under_the_new_master_key_and_all_values_open(
    database_url: str, opened: Opener, known_people: list[Person]
):
    result = opened(BOTH_KEYS).rotate_keys()
    assert (result.rewrapped, result.already, result.left) == (PEOPLE, 0, 0)
    assert (result.complete, result.retired, result.needed) == (True, (OLD_KEYS.master_id,), ())
    assert masters(database_url) == {NEW_KEYS.master_id}
    assert values(opened(NEW_KEYS), known_people) == ["0", "1", "2"]


def test_the_old_master_key_alone_opens_nothing_afterwards(opened: Opener, known_people: list[Person]):
    opened(BOTH_KEYS).rotate_keys()
    first = Person(opened(OLD_KEYS), known_people[0].person_id)
    first.session = known_people[0].session
    assert first.release().withheld == {BALANCE: "unreadable"}


def test_rotating_again_does_nothing(database_url: str, opened: Opener, known_people: list[Person]):
    opened(BOTH_KEYS).rotate_keys()
    before = raw.rows(database_url, "SELECT * FROM person_key ORDER BY person_id")
    again = opened(BOTH_KEYS).rotate_keys()
    assert (again.rewrapped, again.already, again.left) == (0, PEOPLE, 0)
    assert again.retired == (OLD_KEYS.master_id,)
    assert raw.rows(database_url, "SELECT * FROM person_key ORDER BY person_id") == before


def test_without_a_rotation_nothing_is_retired(opened: Opener, known_people: list[Person]):
    result = opened(OLD_KEYS).rotate_keys()
    assert (result.rewrapped, result.already, result.retired) == (0, PEOPLE, ())
    assert values(opened(BOTH_KEYS), known_people) == ["0", "1", "2"]


def test_progress_rises_to_the_number_of_people(opened: Opener, known_people: list[Person]):
    told: list[tuple[int, int]] = []
    opened(BOTH_KEYS).rotate_keys(lambda done, total: told.append((done, total)))
    assert told == [(0, PEOPLE), (10, PEOPLE), (20, PEOPLE), (25, PEOPLE)]


@pytest.mark.parametrize("point", [{"after_keys": 1}, {"after_keys": 15}, {"after_batches": 2}])
def test_killed_in_the_middle_everything_opens_and_the_next_run_finishes(
    database_url: str, opened: Opener, known_people: list[Person], point: dict[str, int]
):
    kill_a_rotation(database_url, **point)
    assert OLD_KEYS.master_id in masters(database_url)
    assert values(opened(BOTH_KEYS), known_people) == ["0", "1", "2"]
    done_before = 10 * (point.get("after_batches") or point["after_keys"] // 10)
    result = opened(BOTH_KEYS).rotate_keys()
    assert (result.already, result.rewrapped, result.left) == (done_before, PEOPLE - done_before, 0)
    assert result.retired == (OLD_KEYS.master_id,)
    assert values(opened(NEW_KEYS), known_people) == ["0", "1", "2"]


def test_a_retired_master_key_never_wraps_again(
    database_url: str, store: ConsentStore, opened: Opener, known_people: list[Person]
):
    opened(BOTH_KEYS).rotate_keys()
    with pytest.raises(KeyRefused, match="retired"):
        Person(store, "a-newcomer").begin()
    with pytest.raises(KeyRefused, match="retired"):
        store.rotate_keys()
    assert masters(database_url) == {NEW_KEYS.master_id}
    Person(opened(NEW_KEYS), "a-newcomer").begin()


def test_an_older_master_key_does_not_undo_what_a_newer_one_did(
    database_url: str, opened: Opener, known_people: list[Person]
):
    Person(opened(BOTH_KEYS), "a-newcomer").begin()
    knows_the_new_one = StoreKeys(OLD, earlier={NEW_KEYS.master_id: NEW})
    with pytest.raises(KeyRefused, match="older"):
        opened(knows_the_new_one).rotate_keys()
    assert masters(database_url) == {OLD_KEYS.master_id, NEW_KEYS.master_id}
    assert opened(BOTH_KEYS).rotate_keys().complete


def test_a_key_whose_master_key_is_not_at_hand_stays_and_is_said_to_be_left(
    database_url: str, opened: Opener, known_people: list[Person]
):
    third = StoreKeys(b"t" * 32, earlier={NEW_KEYS.master_id: NEW})
    Person(opened(NEW_KEYS), "a-newcomer").begin()
    result = opened(third).rotate_keys()
    assert (result.rewrapped, result.left, result.complete) == (1, PEOPLE, False)
    assert (result.needed, result.retired) == ((OLD_KEYS.master_id,), ())
    assert values(opened(OLD_KEYS), known_people) == ["0", "1", "2"]


def test_the_ledger_and_the_projection_do_not_notice(opened: Opener, known_people: list[Person]):
    store = opened(BOTH_KEYS)
    before = store.verify_ledger()
    store.rotate_keys()
    assert store.verify_ledger() == before


def test_former_wrappings_leave_the_files(sqlite_only: Path, opened: Opener, known_people: list[Person]):
    former = [
        row["wrapped_key"]
        for row in raw.rows(f"sqlite:///{sqlite_only}", "SELECT wrapped_key FROM person_key")
    ]
    assert opened(BOTH_KEYS).rotate_keys().journal_cleared
    for path in sqlite_only.parent.iterdir():
        assert not [one for one in former if one in path.read_bytes()], path.name


def test_master_keys_that_wrap_already_are_known_to_the_migration_in_their_order(
    database_url: str, store: ConsentStore, opened: Opener, clock: FakeClock
):
    Person(opened(BOTH_KEYS), "z-came-first").begin()
    clock.turn(days=1)
    Person(store, "a-came-later").begin()
    query = "SELECT master_key_id, retired_at FROM master_key ORDER BY number"
    before = raw.rows(database_url, query)
    downgrade(database_url, "0004")
    migrate(database_url)
    assert raw.rows(database_url, query) == before
    assert [row["master_key_id"] for row in before] == [NEW_KEYS.master_id, OLD_KEYS.master_id]
