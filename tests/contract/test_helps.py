"""Helps begin, go on and end; what was given for one help only goes when it ends."""

from __future__ import annotations

import pytest

from consent_store import ConsentStore, HelpNotCurrent
from tests.contract import raw
from tests.unit.consent_store.kit import BALANCE, CARD, DEBT, FakeClock, Person


def test_a_help_that_was_begun_is_the_current_one(store: ConsentStore, person: Person):
    assert store.current_help("person-a") == person.session
    assert person.session.program_id == DEBT
    assert (person.session.offer, person.session.unclear_count) == ("open", 0)


def test_nobody_has_a_help_before_saying_a_need(store: ConsentStore):
    assert store.current_help("stranger") is None


def test_another_need_ends_the_help_and_deletes_its_values(
    database_url: str, store: ConsentStore, person: Person
):
    person.allow_and_tell()
    former = person.session
    person.begin(CARD)
    assert store.current_help("person-a") == person.session != former
    assert raw.count(database_url, "personal_data") == 0
    assert not store.release("person-a", former.help_id, [(DEBT, BALANCE)], program_id=DEBT).values


def test_the_same_need_again_is_a_new_help_with_nothing_given(database_url: str, person: Person):
    person.allow_and_tell()
    person.begin()
    assert person.status() == "unasked"
    assert person.release().withheld == {BALANCE: "expired"}
    assert raw.count(database_url, "personal_data") == 0


def test_being_done_ends_the_help(database_url: str, store: ConsentStore, person: Person):
    person.allow_and_tell()
    store.end_help("person-a", "done")
    assert store.current_help("person-a") is None
    assert raw.count(database_url, "personal_data") == 0
    assert person.release().withheld == {BALANCE: "help_ended"}


def test_ending_without_a_help_does_nothing(store: ConsentStore):
    store.end_help("stranger", "done")


def test_thirty_minutes_of_silence_end_the_help_and_delete_its_values(
    database_url: str, store: ConsentStore, person: Person, clock: FakeClock
):
    person.allow_and_tell()
    clock.turn(minutes=30)
    assert store.current_help("person-a") is None
    assert raw.count(database_url, "personal_data") == 0
    assert store.overview("person-a").decisions[0].status == "expired"


def test_silence_closes_the_gate_by_the_clock_alone(person: Person, clock: FakeClock):
    person.allow_and_tell()
    clock.turn(minutes=29, seconds=59)
    assert person.release().values == {BALANCE: "1200.50"}
    clock.turn(seconds=1)
    assert person.release().withheld == {BALANCE: "help_ended"}


def test_a_word_keeps_the_help_going(store: ConsentStore, person: Person, clock: FakeClock):
    clock.turn(minutes=20)
    store.touch_help(person.session.help_id)
    clock.turn(minutes=20)
    assert store.current_help("person-a") is not None


def test_looking_at_the_help_is_no_word(store: ConsentStore, person: Person, clock: FakeClock):
    clock.turn(minutes=20)
    assert store.current_help("person-a") is not None
    clock.turn(minutes=10)
    assert store.current_help("person-a") is None


def test_a_late_word_does_not_bring_a_help_back(store: ConsentStore, person: Person, clock: FakeClock):
    person.allow_and_tell()
    clock.turn(minutes=31)
    store.touch_help(person.session.help_id)
    assert store.current_help("person-a") is None
    assert person.release().withheld == {BALANCE: "help_ended"}


def test_an_ended_help_is_not_brought_back(store: ConsentStore, person: Person):
    store.end_help("person-a", "done")
    store.touch_help(person.session.help_id)
    assert store.current_help("person-a") is None


def test_the_offer_is_kept(store: ConsentStore, person: Person):
    store.set_offer(person.session.help_id, "declined")
    session = store.current_help("person-a")
    assert session is not None
    assert session.offer == "declined"


def test_an_offer_is_one_of_three_words(store: ConsentStore, person: Person):
    with pytest.raises(ValueError, match="offer"):
        store.set_offer(person.session.help_id, "perhaps")  # type: ignore[arg-type]


def test_unclear_answers_are_counted_until_a_clear_one(store: ConsentStore, person: Person):
    help_id = person.session.help_id
    assert [store.count_unclear(help_id) for _ in range(3)] == [1, 2, 3]
    store.reset_unclear(help_id)
    assert store.count_unclear(help_id) == 1


def test_what_the_person_thought_is_kept_bit_by_bit(database_url: str, store: ConsentStore, person: Person):
    store.record_feedback(person.session.help_id, helped=True)
    store.record_feedback(person.session.help_id, intrusive=False)
    (row,) = raw.rows(database_url, "SELECT helped, intrusive FROM feedback")
    assert (bool(row["helped"]), bool(row["intrusive"])) == (True, False)


def test_an_unknown_help_is_said_to_be_so(store: ConsentStore):
    with pytest.raises(HelpNotCurrent):
        store.count_unclear("nowhere")
    with pytest.raises(HelpNotCurrent):
        store.record_feedback("nowhere", helped=True)
    with pytest.raises(HelpNotCurrent):
        store.set_offer("nowhere", "accepted")


def test_the_database_lets_a_person_have_one_open_help_only(database_url: str, person: Person):
    again = (
        "INSERT INTO help_session (help_id, person_id, program_id, channel, started_at, last_seen_at, offer, "
        "unclear_count) SELECT 'twin', person_id, program_id, channel, started_at, last_seen_at, offer, 0 "
        "FROM help_session"
    )
    with pytest.raises(Exception, match=r"(?i)unique"):
        raw.change(database_url, again)
