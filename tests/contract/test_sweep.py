"""The sweep deletes what the clock has closed, and nothing else."""

from __future__ import annotations

from consent_store import ConsentStore
from tests.contract import raw
from tests.unit.consent_store.kit import BALANCE, DEBT, FakeClock, Person


def test_a_sweep_with_nothing_to_do_does_nothing(database_url: str, store: ConsentStore, person: Person):
    person.allow_and_tell()
    assert sum(store.sweep().counts.values()) == 0
    assert person.release().values


def test_silent_helps_are_ended_and_their_values_deleted(
    database_url: str, store: ConsentStore, person: Person, clock: FakeClock
):
    person.allow_and_tell()
    clock.turn(minutes=20)
    other = Person(store, "person-b")
    other.begin()
    other.allow_and_tell("7")
    clock.turn(minutes=10)
    counts = store.sweep().counts
    assert (counts["helps_ended"], counts["values_deleted"]) == (1, 1)
    assert other.release().values == {BALANCE: "7"}
    (row,) = raw.rows(database_url, "SELECT end_reason FROM help_session WHERE ended_at IS NOT NULL")
    assert row["end_reason"] == "silence"
    assert store.verify_ledger().ok


def test_a_remembered_value_survives_the_silence(store: ConsentStore, person: Person, clock: FakeClock):
    person.allow_and_tell()
    person.remembers()
    clock.turn(hours=1)
    assert store.sweep().counts["values_deleted"] == 1
    person.begin()
    assert person.release((f"{DEBT}.remember", BALANCE)).values


def test_requests_that_nobody_answered_are_closed(store: ConsentStore, person: Person, clock: FakeClock):
    request = person.ask()
    clock.turn(minutes=29)
    store.touch_help(person.session.help_id)
    clock.turn(minutes=1)
    assert store.sweep().counts["requests_closed"] == 1
    assert person.answer(request).reason == "expired"
    assert person.status() == "unasked"


def test_sweeping_twice_finds_nothing_the_second_time(store: ConsentStore, person: Person, clock: FakeClock):
    person.allow_and_tell()
    person.remembers()
    clock.turn(days=200)
    assert sum(store.sweep().counts.values()) > 0
    assert sum(store.sweep().counts.values()) == 0
