"""A clock that is set back brings nothing back to life, and does not turn the ledger's times around."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from consent_store import ConsentMissing, ConsentStore, StoreKeys, open_store
from consent_store.records import read_record
from tests.contract import raw
from tests.unit.consent_store.kit import BALANCE, DEBT, FakeClock, Person, remember

KEEP = f"{DEBT}.remember"


def test_in_one_process_a_lapsed_term_stays_lapsed(store: ConsentStore, person: Person, clock: FakeClock):
    person.allow_and_tell()
    person.allow(remember(days=1))
    person.tell(purpose=KEEP)
    clock.turn(days=1)
    person.begin()
    assert person.release((KEEP, BALANCE)).withheld == {BALANCE: "expired"}
    clock.turn(hours=-12)
    assert person.release((KEEP, BALANCE)).withheld == {BALANCE: "expired"}
    with pytest.raises(ConsentMissing):
        person.tell(purpose=KEEP)


def test_in_one_process_a_silent_help_stays_over(store: ConsentStore, person: Person, clock: FakeClock):
    person.allow_and_tell()
    clock.turn(minutes=30)
    assert person.release().withheld == {BALANCE: "help_ended"}
    clock.turn(minutes=-20)
    assert person.release().values == {}
    assert store.current_help("person-a") is None


@pytest.mark.parametrize("end", ["sweep", "current_help", "begin_help", "withdraw"])
def test_in_every_process_what_was_ended_stays_ended(
    database_url: str, store: ConsentStore, person: Person, clock: FakeClock, end: str
):
    person.allow_and_tell()
    person.allow(remember(days=1))
    person.tell(purpose=KEEP)
    clock.turn(days=1)
    ends = {
        "sweep": store.sweep,
        "current_help": lambda: store.current_help("person-a"),
        "begin_help": lambda: store.begin_help("person-a", DEBT, "widget"),
        "withdraw": lambda: store.withdraw("person-a"),
    }
    ends[end]()
    clock.turn(hours=-23, minutes=-50)
    with_other_clock = Person(_restarted(database_url, clock))
    with_other_clock.session = person.session
    keys = [(DEBT, BALANCE)] + ([(KEEP, BALANCE)] if end == "sweep" else [])
    for key in keys:
        assert with_other_clock.release(key).values == {}
    with_other_clock.store.close()


def _remembered(person: Person) -> None:
    person.allow_and_tell()
    person.allow(remember(days=180))
    person.tell(purpose=KEEP)


@pytest.mark.parametrize("reads", ["help", "sweep"])
def test_one_reading_in_the_future_deletes_nothing(database_url: str, clock: FakeClock, reads: str):
    """Wherever it falls: each reading of a sweep, and of a help before it, is the wrong one once."""
    for wrong in range(12):
        readings: list[int] = []

        def once_ahead(wrong: int = wrong, readings: list[int] = readings) -> datetime:
            readings.append(1)
            return clock() + timedelta(days=365 * (len(readings) == wrong + 1))

        at_first = open_store(database_url, keys=StoreKeys(b"m" * 32), clock=clock)
        person = Person(at_first, f"person-{wrong}")
        person.begin()
        _remembered(person)
        at_first.close()
        later = open_store(database_url, keys=StoreKeys(b"m" * 32), clock=once_ahead)
        if reads == "help":
            later.current_help(person.person_id)
        later.sweep()
        assert len(readings) > 12
        assert raw.count(database_url, "personal_data") == 2 * (wrong + 1)
        later.close()


def test_a_sweep_after_the_clock_was_ahead_deletes_nothing(
    database_url: str, store: ConsentStore, person: Person, clock: FakeClock
):
    _remembered(person)
    clock.turn(days=365)
    assert store.current_help("person-b") is None
    clock.turn(days=-365)
    store.sweep()
    assert raw.count(database_url, "personal_data") == 2


def test_a_grant_from_the_future_opens_nothing(database_url: str, person: Person, clock: FakeClock):
    person.allow_and_tell()
    person.remembers()
    clock.turn(days=-2)
    earlier = _restarted(database_url, clock)
    twin = Person(earlier)
    twin.begin()
    assert twin.release((KEEP, BALANCE)).withheld == {BALANCE: "not_yet_given"}
    earlier.close()


def test_a_help_from_the_future_is_over_and_swept(
    database_url: str, store: ConsentStore, person: Person, clock: FakeClock
):
    person.allow_and_tell()
    clock.turn(hours=-3)
    earlier = _restarted(database_url, clock)
    twin = Person(earlier)
    twin.session = person.session
    assert twin.release().withheld == {BALANCE: "help_ended"}
    assert earlier.sweep().counts["values_deleted"] == 1
    assert earlier.current_help("person-a") is None
    earlier.close()


def test_a_request_from_the_future_cannot_be_answered(database_url: str, person: Person, clock: FakeClock):
    request = person.ask()
    clock.turn(minutes=-10)
    earlier = _restarted(database_url, clock)
    assert Person(earlier).answer(request).status == "none"
    earlier.close()


@pytest.mark.parametrize("no", ["refused", "withdrawn"])
def test_a_no_is_the_latest_by_its_time_too(database_url: str, person: Person, clock: FakeClock, no: str):
    person.allow()
    person.allow(remember())
    clock.turn(minutes=-40)
    earlier = _restarted(database_url, clock)
    twin = Person(earlier)
    twin.begin()
    if no == "refused":
        twin.refuse(remember())
    else:
        earlier.withdraw("person-a")
    times = _times(database_url)
    assert (len(times), times) == (4, sorted(times))
    assert twin.status(purpose=KEEP) == no
    assert earlier.verify_ledger().ok
    earlier.close()


def test_two_machines_a_little_apart_get_on(database_url: str, person: Person, clock: FakeClock):
    """Up to five seconds between their clocks make no difference."""
    person.allow_and_tell()
    slow = FakeClock(clock.now - timedelta(seconds=4))
    elsewhere = _restarted(database_url, slow)
    twin = Person(elsewhere)
    twin.session = person.session
    assert twin.release().values == {BALANCE: "1200.50"}
    elsewhere.close()


def _restarted(database_url: str, clock: FakeClock) -> ConsentStore:
    """A process that knows nothing of the time before."""
    return open_store(database_url, keys=StoreKeys(b"m" * 32), clock=clock)


def _times(database_url: str) -> list[datetime]:
    bodies = raw.rows(database_url, "SELECT body FROM event_detail ORDER BY chain_id, seq")
    return [read_record(row["body"]).at for row in bodies]
