"""Remembering for the next time is a purpose of its own, with a term of its own."""

from __future__ import annotations

import pytest

from consent_store import ConsentMissing, ConsentStore
from tests.contract import raw
from tests.unit.consent_store.kit import BALANCE, CARD, DEBT, FakeClock, Person, remember

KEEP = f"{DEBT}.remember"


def test_a_remembered_value_is_there_in_the_next_help(person: Person):
    person.allow_and_tell()
    person.remembers()
    person.begin()
    assert person.status(purpose=KEEP) == "given"
    assert person.status() == "unasked"
    assert person.release((DEBT, BALANCE), (KEEP, BALANCE)).values == {BALANCE: "1200.50"}


def test_the_copy_is_a_use_for_the_purpose_of_remembering(store: ConsentStore, person: Person):
    person.allow_and_tell()
    person.remembers()
    (use,) = store.overview("person-a").uses
    assert (use.purpose, use.items) == (KEEP, (BALANCE,))


def test_nothing_is_remembered_without_its_own_yes(database_url: str, store: ConsentStore, person: Person):
    person.allow_and_tell()
    with pytest.raises(ConsentMissing):
        store.keep_remembered("person-a", DEBT, BALANCE, person.session.help_id)
    person.refuse(remember())
    with pytest.raises(ConsentMissing):
        store.keep_remembered("person-a", DEBT, BALANCE, person.session.help_id)
    assert raw.count(database_url, "personal_data") == 1


def test_a_yes_to_remembering_alone_keeps_nothing(store: ConsentStore, person: Person):
    person.allow(remember())
    with pytest.raises(ConsentMissing):
        store.keep_remembered("person-a", DEBT, BALANCE, person.session.help_id)
    assert store.overview("person-a").uses == ()


def test_the_term_ends_by_the_clock_and_the_sweep_deletes(
    database_url: str, store: ConsentStore, person: Person, clock: FakeClock
):
    person.allow_and_tell()
    person.remembers()
    clock.turn(days=179)
    person.begin()
    assert person.release((KEEP, BALANCE)).values
    clock.turn(days=1)
    person.begin()
    assert person.release((KEEP, BALANCE)).withheld == {BALANCE: "expired"}
    assert person.status(purpose=KEEP) == "expired"
    assert store.sweep().counts["grants_expired"] == 1
    assert raw.count(database_url, "personal_data") == 0
    assert person.status(purpose=KEEP) == "expired"
    assert store.verify_ledger().ok


def test_a_lapsed_term_may_be_asked_again(person: Person, clock: FakeClock):
    person.allow_and_tell()
    person.remembers()
    clock.turn(days=180)
    person.begin()
    assert person.allow(remember()).status == "given"
    assert person.release((KEEP, BALANCE)).withheld == {BALANCE: "expired"}


def test_remembered_for_one_help_is_not_for_another(person: Person):
    person.allow_and_tell()
    person.remembers()
    person.begin(CARD)
    assert person.release((KEEP, BALANCE), program_id=CARD).withheld == {BALANCE: "other_purpose"}
