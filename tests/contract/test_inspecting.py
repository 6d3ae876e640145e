"""What the store's keeper may look at: whom an id means, what happened in order, how much there is."""

from __future__ import annotations

import pytest

from consent_store import ConsentStore, PersonMatch
from consent_store.linking import LINK_ITEM, LINK_PURPOSE
from tests.unit.consent_store.kit import BALANCE, DEBT, RATE, FakeClock, FakeNotice, Person

ANNA = "aaaaaaaa" + "1" * 24
BERT = "aaaaaaaa" + "2" * 24


@pytest.fixture
def two(store: ConsentStore) -> ConsentStore:
    for person_id in (ANNA, BERT):
        Person(store, person_id).begin()
    return store


def test_a_whole_id_means_its_person(two: ConsentStore):
    assert two.find_person(ANNA) == PersonMatch(1, ANNA)


def test_a_beginning_that_one_person_has_means_them(two: ConsentStore):
    assert two.find_person(ANNA[:9]) == PersonMatch(1, ANNA)


def test_a_beginning_that_several_have_means_nobody_and_says_how_many(two: ConsentStore):
    assert two.find_person(ANNA[:8]) == PersonMatch(2, None)


def test_a_whole_id_means_its_person_although_another_id_begins_with_it(store: ConsentStore):
    for person_id in (ANNA, ANNA + "0"):
        Person(store, person_id).begin()
    assert store.find_person(ANNA) == PersonMatch(1, ANNA)


@pytest.mark.parametrize("wildcard", ["%", "_aaaaaaa", "aaaaaaa_"])
def test_a_beginning_is_taken_as_it_is_and_never_as_a_pattern(two: ConsentStore, wildcard: str):
    assert two.find_person(wildcard) == PersonMatch(0, None)


def test_an_erased_person_is_found_no_more(two: ConsentStore):
    two.erase(ANNA)
    assert two.find_person(ANNA) == PersonMatch(0, None)


def test_the_history_has_every_record_in_order(store: ConsentStore, person: Person, clock: FakeClock):
    person.allow_and_tell()
    clock.turn(minutes=1)
    person.refuse(FakeNotice(item=RATE))
    clock.turn(minutes=1)
    store.withdraw("person-a", item=BALANCE)
    found = [(one.kind, one.status, one.item, one.reading, one.button) for one in store.history("person-a")]
    assert found == [
        ("answered", "given", BALANCE, "yes", "allow"),
        ("answered", "refused", RATE, "no", None),
        ("withdrawn", "withdrawn", BALANCE, None, None),
    ]
    assert [one.seq for one in store.history("person-a")] == [1, 2, 3]


def test_the_history_is_the_persons_own_and_holds_no_value(store: ConsentStore, person: Person):
    person.allow_and_tell("1200.50")
    assert store.history("person-b") == ()
    assert "1200.50" not in repr(store.history("person-a"))


def test_the_statistics_count_and_name_nobody(store: ConsentStore, person: Person):
    person.allow_and_tell()
    person.release()
    person.refuse(FakeNotice(item=RATE))
    store.record_hand_over("person-a", "widget", DEBT)
    stats = store.stats()
    assert stats.decisions == {"given": 1, "refused": 1}
    wanted = {"persons": 1, "values_kept": 1, "uses": 1, "hand_overs": 1, "helps_open": 1, "requests": 2}
    assert {name: stats.counts[name] for name in wanted} == wanted
    assert "person-a" not in repr(stats)


def test_an_erasure_leaves_entries_whose_bodies_are_gone(store: ConsentStore, person: Person):
    person.allow()
    person.refuse(FakeNotice(item=RATE))
    store.erase("person-a")
    counts = store.stats().counts
    assert (counts["ledger_entries"], counts["ledger_bodies"], counts["persons"]) == (3, 1, 0)


def test_the_history_of_linked_identities_is_one_in_the_order_of_time(store: ConsentStore, clock: FakeClock):
    anna, also_anna = Person(store, ANNA), Person(store, BERT)
    anna.begin()
    anna.allow()
    clock.turn(minutes=1)
    also_anna.begin(LINK_PURPOSE)
    also_anna.allow(FakeNotice(purpose=LINK_PURPOSE, item=LINK_ITEM))
    clock.turn(minutes=1)
    assert store.finish_link(BERT, store.start_link(ANNA)).linked
    lines = store.history(ANNA)
    assert lines == store.history(BERT)
    assert {DEBT, LINK_PURPOSE} <= {one.purpose for one in lines}
    assert [one.at for one in lines] == sorted(one.at for one in lines)
