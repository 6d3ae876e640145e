"""Who said an age under the threshold is asked for nothing, and gets all help that needs nothing."""

from __future__ import annotations

import pytest

from consent_store import ConsentMissing, ConsentStore, NotToBeAsked
from tests.contract import raw
from tests.contract.linker import Linker
from tests.unit.consent_store.kit import BALANCE, DEBT, RATE, FakeNotice, Person


def test_nothing_is_asked_any_more(store: ConsentStore, person: Person):
    store.set_minor("person-a")
    with pytest.raises(NotToBeAsked, match="item_free_help_only"):
        person.ask()
    assert (person.status(), store.is_minor("person-a")) == ("not_askable", True)
    assert store.current_help("person-a") is not None


def test_what_was_given_ends_and_its_values_go(database_url: str, store: ConsentStore, person: Person):
    person.allow_and_tell()
    person.remembers()
    assert store.set_minor("person-a") == 2
    assert raw.count(database_url, "personal_data") == 0
    assert person.release().withheld == {BALANCE: "expired"}
    with pytest.raises(ConsentMissing):
        person.tell()
    assert store.verify_ledger().ok


def test_the_question_that_is_open_can_no_longer_be_answered(store: ConsentStore, person: Person):
    request = person.ask()
    store.set_minor("person-a")
    assert person.answer(request, button="allow").reason == "item_free"


def test_a_refusal_is_still_told_as_one(store: ConsentStore, person: Person):
    person.refuse(FakeNotice(item=RATE))
    store.set_minor("person-a")
    assert person.status(item=RATE) == "refused"


def test_a_stranger_can_say_it_before_anything_else(store: ConsentStore):
    store.set_minor("stranger")
    someone = Person(store, "stranger")
    someone.begin()
    with pytest.raises(NotToBeAsked):
        someone.ask()


def test_a_slip_can_be_taken_back_and_nothing_comes_back_with_it(store: ConsentStore, person: Person):
    person.allow_and_tell()
    store.set_minor("person-a")
    assert store.unset_minor("person-a")
    assert not store.unset_minor("person-a")
    assert person.status() == "expired"
    assert person.release().values == {}
    assert person.allow().status == "given"


def test_no_age_is_written_down(database_url: str, store: ConsentStore, person: Person):
    store.set_minor("person-a")
    (row,) = raw.rows(database_url, "SELECT * FROM person_mark")
    assert set(row) == {"person_id", "mark", "set_at"}


def test_a_link_carries_the_mark_over(store: ConsentStore, person: Person):
    store.set_minor("person-b")
    assert Linker(store, "person-b").try_code(store.start_link("person-a")).linked
    assert store.is_minor("person-a")
    person.begin(DEBT)
    assert person.status() == "not_askable"
