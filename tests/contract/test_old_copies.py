"""
What a copy of the database from before an erasure still opens, and with which keys.

The first tests are the promise of docs/keys.md, the others are what it says does not hold.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from consent_store import ConsentStore, StoreKeys, VaultUnreadable, open_store
from consent_store.key_files import remove_earlier
from consent_store.sql.tables import metadata
from consent_store.vault import Vault, unseal, value_place, words_place
from sealing.conversations import open_turn
from tests.contract import raw
from tests.contract.rotating import OLD, OLD_KEYS
from tests.contract.talker import Talker
from tests.unit.consent_store.kit import BALANCE, FakeClock, Person
from tests.unit.consent_store.test_keys import put

Copy = Mapping[str, Sequence[Mapping[str, Any]]]
ERASED, OTHER = "person-a", "person-b"
THEIR_VALUE, THEIR_WORDS, THEIR_CHAT = "1200.50", "Allow", "I owe it to my sister"


def copy_of(database_url: str) -> Copy:
    """All rows of all tables."""
    return {name: raw.rows(database_url, f"SELECT * FROM {name}") for name in metadata.tables}


def opens(copy: Copy, person_id: str, masters: Collection[bytes]) -> set[str]:
    """What somebody reads about a person with the copy and these master keys, tried on everything."""
    found: set[str] = set()
    for row in copy["person_key"]:
        for master in masters:
            for keys in (StoreKeys(master), StoreKeys(b"?" * 32, earlier={row["master_key_id"]: master})):
                try:
                    key = Vault(keys).person_key(person_id, row["master_key_id"], row["wrapped_key"])
                except VaultUnreadable:
                    continue
                found |= _texts(copy, person_id, key)
    return found


def _texts(copy: Copy, person_id: str, key: bytes) -> set[str]:
    data = [row for row in copy["personal_data"] if row["person_id"] == person_id]
    said = [row for row in copy["event_detail"] if row["person_id"] == person_id]
    turns = [row for row in copy["conversation_turn"] if row["person_id"] == person_id]
    return {
        *(unseal(key, one["sealed"], value_place(person_id, one["purpose"], one["item"], one["record_id"]))
          for one in data),
        *(unseal(key, one["sealed_words"], words_place(person_id, one["request_id"])) for one in said),
        *(open_turn(key, person_id, one["number"], one["sealed"])["said"][0]["text"] for one in turns),
    }  # fmt: skip


def masters_in(folder: Path) -> list[bytes]:
    """All master keys that the folder holds."""
    keys = StoreKeys.from_folder(folder, environ={})
    return [keys.master, *keys.earlier.values()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path / "keys" / "master.key", OLD)
    return tmp_path / "keys"


@pytest.fixture
def store(database_url: str, folder: Path, clock: FakeClock):
    opened = open_store(database_url, keys=StoreKeys.from_folder(folder, environ={}), clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def other(store: ConsentStore) -> Person:
    """Somebody who stays."""
    someone = Person(store, OTHER)
    someone.begin()
    someone.allow_and_tell("77")
    return someone


@pytest.fixture
def copy(database_url: str, store: ConsentStore, other: Person, clock: FakeClock) -> Copy:
    """A full copy of the database from before the erasure of one of two persons."""
    someone = Person(store, ERASED)
    someone.begin()
    someone.allow_and_tell(THEIR_VALUE)
    Talker(database_url, OLD_KEYS, clock, ERASED).says(THEIR_CHAT)
    before = copy_of(database_url)
    assert store.erase(ERASED).verified
    return before


def rotate(store: ConsentStore, folder: Path) -> tuple[str, ...]:
    StoreKeys.begin_rotation(folder, environ={})
    result = store.rotate_keys()
    assert result.complete
    return result.retired


def test_after_rotating_and_destroying_the_old_key_the_old_copy_opens_nothing(
    store: ConsentStore, folder: Path, copy: Copy, other: Person
):
    remove_earlier(folder, rotate(store, folder))
    assert opens(copy, ERASED, masters_in(folder)) == set()
    assert opens(copy, OTHER, masters_in(folder)) == set()
    assert other.release().values == {BALANCE: "77"}


def test_no_file_of_the_key_folder_holds_the_old_key_any_more(store: ConsentStore, folder: Path, copy: Copy):
    remove_earlier(folder, rotate(store, folder))
    assert OLD not in masters_in(folder)
    assert [path.name for path in folder.rglob("*") if path.is_file()] == ["master.key"]


def test_a_copy_without_the_person_keys_opens_nothing_with_any_master_key(
    store: ConsentStore, folder: Path, copy: Copy
):
    rotate(store, folder)
    apart = {**copy, "person_key": []}
    assert opens(apart, ERASED, masters_in(folder)) == set()


def test_todays_person_keys_do_not_open_the_values_of_the_old_copy(
    database_url: str, store: ConsentStore, folder: Path, copy: Copy
):
    Person(store, ERASED).begin()
    mixed = {**copy, "person_key": raw.rows(database_url, "SELECT * FROM person_key")}
    with pytest.raises(VaultUnreadable):
        opens(mixed, ERASED, masters_in(folder))


def test_without_a_master_key_of_this_store_the_copy_opens_nothing(copy: Copy):
    assert opens(copy, ERASED, []) == set()
    assert opens(copy, ERASED, [b"x" * 32]) == set()


def test_as_long_as_the_old_master_key_is_kept_the_old_copy_opens(
    store: ConsentStore, folder: Path, copy: Copy
):
    rotate(store, folder)
    assert opens(copy, ERASED, masters_in(folder)) == {THEIR_VALUE, THEIR_WORDS, THEIR_CHAT}


def test_without_a_rotation_the_old_copy_opens(folder: Path, copy: Copy):
    assert opens(copy, ERASED, masters_in(folder)) == {THEIR_VALUE, THEIR_WORDS, THEIR_CHAT}


def test_a_rotation_before_the_copy_does_not_help(database_url: str, store: ConsentStore, folder: Path):
    someone = Person(store, ERASED)
    someone.begin()
    someone.allow_and_tell(THEIR_VALUE)
    remove_earlier(folder, rotate(store, folder))
    before = copy_of(database_url)
    store.erase(ERASED)
    assert opens(before, ERASED, masters_in(folder)) == {THEIR_VALUE, THEIR_WORDS}
