"""Taking back takes one call, holds at the next read in every process, and leaves the rest alone."""

from __future__ import annotations

from consent_store import ConsentStore, Withdrawn
from tests.contract import raw
from tests.unit.consent_store.kit import BALANCE, DEBT, RATE, FakeNotice, Person

KEEP = f"{DEBT}.remember"


def test_withdrawing_closes_the_gate_at_once_in_every_process(
    store: ConsentStore, elsewhere: ConsentStore, person: Person
):
    person.allow_and_tell()
    assert store.withdraw("person-a") == (Withdrawn(DEBT, BALANCE),)
    for anywhere in (store, elsewhere):
        released = anywhere.release("person-a", person.session.help_id, [(DEBT, BALANCE)], program_id=DEBT)
        assert released.withheld == {BALANCE: "withdrawn"}


def test_the_value_goes_with_it(database_url: str, store: ConsentStore, person: Person):
    person.allow_and_tell()
    store.withdraw("person-a", item=BALANCE)
    assert raw.count(database_url, "personal_data") == 0
    assert person.status() == "withdrawn"


def test_withdrawing_one_item_leaves_the_others(store: ConsentStore, person: Person):
    person.allow_and_tell()
    person.allow_and_tell("19.5", item=RATE)
    store.withdraw("person-a", item=BALANCE)
    released = person.release((DEBT, BALANCE), (DEBT, RATE))
    assert released.values == {RATE: "19.5"}
    assert released.withheld == {BALANCE: "withdrawn"}


def test_withdrawing_one_purpose_leaves_the_others(store: ConsentStore, person: Person):
    person.allow_and_tell()
    person.remembers()
    assert store.withdraw("person-a", purpose=KEEP) == (Withdrawn(KEEP, BALANCE),)
    assert person.release().values == {BALANCE: "1200.50"}
    assert person.release((KEEP, BALANCE)).withheld == {BALANCE: "withdrawn"}


def test_withdrawing_an_item_takes_it_back_for_every_purpose(store: ConsentStore, person: Person):
    person.allow_and_tell()
    person.remembers()
    assert set(store.withdraw("person-a", item=BALANCE)) == {
        Withdrawn(DEBT, BALANCE),
        Withdrawn(KEEP, BALANCE),
    }


def test_only_what_was_given_can_be_taken_back(store: ConsentStore, person: Person):
    person.refuse()
    person.ask(FakeNotice(item=RATE))
    assert store.withdraw("person-a") == ()
    assert store.withdraw("stranger") == ()
    assert (person.status(), person.status(item=RATE)) == ("refused", "requested")


def test_a_withdrawal_never_comes_back_to_life(store: ConsentStore, person: Person):
    request = person.ask()
    person.answer(request, button="allow")
    store.withdraw("person-a")
    assert person.answer(request, button="allow").reason == "already_answered"
    person.begin()
    assert person.status() == "withdrawn"
    store.rebuild_projection()
    assert person.status() == "withdrawn"


def test_a_value_kept_before_is_not_there_after_a_new_yes(store: ConsentStore, person: Person):
    person.allow_and_tell()
    store.withdraw("person-a")
    store.reopen("person-a", DEBT, BALANCE)
    person.allow()
    assert person.release().withheld == {BALANCE: "no_value"}


def test_anothers_things_stay(store: ConsentStore, person: Person):
    other = Person(store, "person-b")
    other.begin()
    other.allow_and_tell("7")
    person.allow_and_tell()
    store.withdraw("person-a")
    assert other.release().values == {BALANCE: "7"}


def test_reopening_changes_nothing_that_was_not_closed(store: ConsentStore, person: Person):
    store.reopen("person-a", DEBT, BALANCE)
    assert person.status() == "unasked"
    person.allow_and_tell()
    store.reopen("person-a", DEBT, BALANCE)
    assert person.release().values
