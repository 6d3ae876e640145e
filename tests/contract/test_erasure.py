"""Forgetting a person deletes everything about them and leaves a ledger that verifies."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from consent_store import ConsentMissing, ConsentStore, StoreKeys, VaultUnreadable
from consent_store.sql import erasing
from consent_store.sql.tables import metadata
from consent_store.vault import Vault, unseal, value_place
from tests.contract import raw
from tests.contract.linker import Linker
from tests.contract.talker import Talker
from tests.unit.consent_store.kit import BALANCE, DEBT, RATE, FakeClock, FakeNotice, Person
from tests.unit.consent_store.receipts.samples import FACTS, SIGNER


@pytest.fixture
def known(store: ConsentStore, person: Person) -> Person:
    """Someone about whom every table says something."""
    person.allow_and_tell()
    person.remembers()
    person.refuse(FakeNotice(item=RATE))
    person.release()
    store.record_hand_over("person-a", "widget", DEBT)
    store.record_feedback(person.session.help_id, helped=True)
    assert store.issue_receipt("person-a", SIGNER, FACTS)
    return person


NOBODYS = {
    "chain_head", "checkpoint", "message_seen", "consent_event", "controller", "master_key",
    "notice_current", "notice_version",
}  # fmt: skip
"""The tables that are about nobody. A table that is added belongs here, or names a person and is erased."""


@pytest.fixture
def in_every_table(
    database_url: str, store: ConsentStore, known: Person, keys: StoreKeys, clock: FakeClock
) -> Person:
    """The same person, linked to another identity, with a row in all tables that can have one."""
    Linker(store, "person-b").try_code("wrong")
    assert Linker(store, "person-b").try_code(store.start_link("person-a")).linked
    store.start_link("person-a")
    Linker(store, "person-a").try_code("wrong")
    known.session = store.begin_help("person-a", DEBT, "widget")
    known.allow_and_tell()
    known.release()
    store.record_feedback(known.session.help_id, helped=True)
    raw.change(
        database_url,
        "INSERT INTO person_mark (person_id, mark, set_at) VALUES ('person-a', 'item_free', '2026-05-03')",
    )
    talker = Talker(database_url, keys, clock)
    talker.says("I owe 1,200")
    talker.is_shown("May I?")
    return known


def test_erasing_covers_every_table_that_there_is():
    assert erasing.covered() | NOBODYS >= set(metadata.tables)
    assert not erasing.covered() & NOBODYS


def test_nothing_about_the_person_is_left(database_url: str, store: ConsentStore, in_every_table: Person):
    erasure = store.erase("person-a")
    assert erasure.verified
    assert erasure.journal_cleared
    assert {name for name, number in erasure.counts.items() if number == 0} == set()
    for name, table in metadata.tables.items():
        found = raw.rows(database_url, f"SELECT * FROM {name}")
        assert not [row for row in found if {"person-a", "person-b"} & set(map(str, row.values()))], name
        if "person_id" in table.c:
            assert not [row for row in found if row["person_id"] is not None], name


def test_the_ledger_still_verifies_and_says_what_was_erased(
    database_url: str, store: ConsentStore, known: Person
):
    entries = raw.count(database_url, "consent_event")
    store.erase("person-a")
    result = store.verify_ledger()
    assert (result.ok, result.entries) == (True, entries + 1)
    (left,) = raw.rows(database_url, "SELECT person_id, body FROM event_detail")
    assert left["person_id"] is None
    assert '"positions":[1,2,3]' in left["body"]


def test_other_people_keep_everything(store: ConsentStore, known: Person):
    others = [Person(store, f"person-{n}") for n in range(40)]
    for other in others:
        other.begin()
        other.allow_and_tell("7")
    store.erase("person-a")
    assert store.verify_ledger().ok
    assert all(other.release().values == {BALANCE: "7"} for other in others)


def test_a_copy_of_the_vault_from_before_opens_no_more_without_its_key(
    database_url: str, store: ConsentStore, known: Person, keys: StoreKeys
):
    (copy,) = raw.rows(database_url, "SELECT record_id, sealed FROM personal_data WHERE purpose = :p", p=DEBT)
    store.erase("person-a")
    known.begin()
    (now,) = raw.rows(database_url, "SELECT master_key_id, wrapped_key FROM person_key")
    new_key = Vault(keys).person_key("person-a", now["master_key_id"], now["wrapped_key"])
    place = value_place("person-a", DEBT, BALANCE, copy["record_id"])
    with pytest.raises(VaultUnreadable):
        unseal(new_key, copy["sealed"], place)


def test_an_erased_person_is_a_stranger(store: ConsentStore, known: Person):
    store.erase("person-a")
    assert store.current_help("person-a") is None
    assert store.overview("person-a").decisions == ()
    assert store.receipt("person-a") == ()
    assert known.status() == "unasked"
    assert known.release().withheld == {BALANCE: "no_help"}
    with pytest.raises(ConsentMissing):
        known.tell()
    known.begin()
    assert known.allow().status == "given"
    assert store.verify_ledger().ok


def test_an_open_question_is_erased_too(store: ConsentStore, person: Person):
    request = person.ask()
    store.erase("person-a")
    assert person.answer(request, button="allow").reason == "unknown_request"


def test_erasing_a_stranger_finds_nothing_and_writes_nothing(database_url: str, store: ConsentStore):
    erasure = store.erase("stranger")
    assert erasure.verified
    assert sum(erasure.counts.values()) == 0
    assert raw.count(database_url, "consent_event") == 0


def test_erasing_again_finds_nothing(store: ConsentStore, known: Person):
    store.erase("person-a")
    assert sum(store.erase("person-a").counts.values()) == 0


def test_a_rebuilt_projection_does_not_bring_the_person_back(store: ConsentStore, known: Person):
    store.erase("person-a")
    assert store.rebuild_projection() == 0
    assert store.verify_ledger().ok


def test_the_key_the_salts_and_the_ciphertexts_leave_the_files(
    sqlite_only: Path, store: ConsentStore, known: Person
):
    url = f"sqlite:///{sqlite_only}"
    secrets = [row["wrapped_key"] for row in raw.rows(url, "SELECT wrapped_key FROM person_key")]
    secrets += [row["sealed"] for row in raw.rows(url, "SELECT sealed FROM personal_data")]
    for row in raw.rows(url, "SELECT salt, sealed_words FROM event_detail"):
        secrets += [row["salt"], row["sealed_words"]]
    assert any(secret in path.read_bytes() for secret in secrets for path in sqlite_only.parent.iterdir())
    store.erase("person-a")
    for path in sqlite_only.parent.iterdir():
        content = path.read_bytes()
        assert not [secret for secret in secrets if secret in content], path.name


def test_a_withdrawn_ciphertext_leaves_the_files(sqlite_only: Path, store: ConsentStore, known: Person):
    sealed = [
        row["sealed"] for row in raw.rows(f"sqlite:///{sqlite_only}", "SELECT sealed FROM personal_data")
    ]
    store.withdraw("person-a")
    for path in sqlite_only.parent.iterdir():
        assert not [one for one in sealed if one in path.read_bytes()], path.name


def test_an_erasure_while_someone_reads_is_said_not_to_have_cleared_the_journal(
    sqlite_only: Path, store: ConsentStore, known: Person
):
    reader = sqlite3.connect(sqlite_only, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM personal_data").fetchone()
    erasure = store.erase("person-a")
    assert (erasure.verified, erasure.journal_cleared) == (True, False)
    reader.close()
    store.sweep()
    assert store.erase("person-a").journal_cleared


def test_time_does_not_matter_for_erasure(store: ConsentStore, known: Person, clock: FakeClock):
    clock.turn(days=400)
    assert store.erase("person-a").verified
