"""Notices are immutable and stored once; a material change asks grants again and leaves refusals."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consent_store import ConsentMissing, ConsentStore, NoticeInvalid
from tests.contract import raw
from tests.unit.consent_store.kit import BALANCE, DEBT, RATE, FakeNotice, Person, remember

KEEP = f"{DEBT}.remember"
OLD = FakeNotice()
NEW_WORDS = replace(OLD, version=2, said="Could I use it?")
MATERIAL = replace(NEW_WORDS, material=True)


def test_the_same_notice_is_stored_once(database_url: str, store: ConsentStore, person: Person):
    for someone in (person, Person(store, "person-b")):
        someone.begin()
        someone.ask()
    store.register_notices([OLD, OLD])
    assert raw.count(database_url, "notice_version") == 1
    assert raw.count(database_url, "controller") == 1


def test_other_words_leave_a_grant_as_it_is(store: ConsentStore, person: Person):
    person.allow_and_tell()
    store.register_notices([NEW_WORDS])
    assert person.release().values
    assert person.status() == "given"


def test_a_material_change_closes_the_gate_and_asks_again(store: ConsentStore, person: Person):
    person.allow_and_tell()
    store.register_notices([MATERIAL])
    assert person.release().withheld == {BALANCE: "notice_changed"}
    assert person.status() == "unasked"
    with pytest.raises(ConsentMissing, match="notice_changed"):
        person.tell()
    assert person.allow(MATERIAL).status == "given"
    assert person.release().withheld == {BALANCE: "no_value"}
    person.tell()
    assert person.release().values


def test_a_material_change_leaves_refusals(store: ConsentStore, person: Person):
    person.refuse()
    store.register_notices([MATERIAL])
    assert person.status() == "refused"


def test_what_is_remembered_asks_again_after_a_material_change(store: ConsentStore, person: Person):
    person.allow_and_tell()
    person.remembers()
    person.begin()
    store.register_notices([replace(remember(), purpose_text="keep it for you and count it")])
    assert person.release((KEEP, BALANCE)).withheld == {BALANCE: "notice_changed"}


def test_another_item_or_language_does_not_touch_a_grant(store: ConsentStore, person: Person):
    person.allow_and_tell()
    store.register_notices([replace(MATERIAL, item=RATE), replace(MATERIAL, language="de")])
    assert person.release().values


def test_a_material_change_ends_grants_and_deletes_their_values(
    database_url: str, store: ConsentStore, person: Person
):
    person.allow_and_tell()
    store.register_notices([MATERIAL])
    assert raw.count(database_url, "personal_data") == 0
    assert [line.kind for line in store.history("person-a")][-1] == "notice_changed"
    assert store.verify_ledger().ok


def test_going_back_to_the_former_notice_revives_no_grant(store: ConsentStore, person: Person):
    person.allow_and_tell()
    store.register_notices([MATERIAL])
    store.register_notices([OLD])
    assert person.release().values == {}
    assert person.status() == "unasked"
    assert person.allow().status == "given"


def test_going_back_to_the_former_notice_revives_no_question(store: ConsentStore, person: Person):
    request = person.ask()
    store.register_notices([MATERIAL])
    store.register_notices([OLD])
    assert person.answer(request).reason == "notice_changed"
    assert person.status() == "unasked"


def test_a_later_material_change_after_going_back_is_a_new_one(store: ConsentStore, person: Person):
    person.allow(MATERIAL)
    person.tell()
    store.register_notices([OLD])
    store.register_notices([replace(MATERIAL, version=3)])
    assert person.release().withheld == {BALANCE: "notice_changed"}


def test_an_answer_to_a_question_that_changed_since_decides_nothing(store: ConsentStore, person: Person):
    request = person.ask()
    store.register_notices([MATERIAL])
    assert person.answer(request).reason == "notice_changed"
    assert person.status() == "requested"


def test_a_lying_hash_is_refused(store: ConsentStore, person: Person):
    class Lying(FakeNotice):
        text_hash = "0" * 64

    with pytest.raises(NoticeInvalid):
        person.ask(Lying())


@pytest.mark.parametrize("statement", ["UPDATE notice_version SET text = 'x'", "DELETE FROM notice_version"])
def test_the_database_refuses_to_change_a_notice(database_url: str, store: ConsentStore, statement: str):
    store.register_notices([OLD])
    with pytest.raises(Exception, match="append-only"):
        raw.change(database_url, statement)


def test_who_is_responsible_is_kept(database_url: str, store: ConsentStore, person: Person):
    person.ask()
    store.register_controller(
        "harbour_bank", name="Harbour Bank", address="1 Quay", contact="privacy@example.org"
    )
    (row,) = raw.rows(database_url, "SELECT name, contact FROM controller")
    assert row == {"name": "Harbour Bank", "contact": "privacy@example.org"}
