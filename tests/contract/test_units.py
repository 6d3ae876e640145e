"""Units of work: several calls of the store, one transaction, all of it or nothing."""

from __future__ import annotations

import asyncio
import contextvars
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Connection, event

from consent_store import ConsentMissing, ConsentStore, StoreUnavailable
from consent_store.sql.unit import Unit
from tests.contract import raw
from tests.unit.consent_store.kit import BALANCE, DEBT, RATE, FakeClock, FakeNotice, Person

FIRST, SECOND = {"events": ["first"]}, {"events": ["second"]}


class Broken(Exception):
    """Whatever may leave a unit."""


@pytest.fixture
def told(store: ConsentStore) -> list[str]:
    """Commits and rollbacks of transactions that write, in order."""
    happened: list[str] = []

    def listen(name: str) -> None:
        def note(connection: Connection) -> None:
            if connection.get_execution_options().get("askfirst_writes"):
                happened.append(name)

        event.listen(store.database._engine, name, note)

    for name in ("commit", "rollback"):
        listen(name)
    return happened


@contextmanager
def broken_off(store: ConsentStore) -> Iterator[Unit]:
    """A unit that an error leaves at its end."""
    with pytest.raises(Broken), store.unit() as unit:  # noqa: PT012
        yield unit
        raise Broken


@contextmanager
def not_committed(store: ConsentStore, reason: str = ".") -> Iterator[Unit]:
    """A unit that says at its end that nothing of it was done."""
    with pytest.raises(StoreUnavailable, match=reason), store.unit() as unit:
        yield unit


def begun(database_url: str) -> int:
    return raw.count(database_url, "help_session")


def test_several_calls_are_committed_once_at_the_end(
    database_url: str, store: ConsentStore, person: Person, told: list[str]
):
    with store.unit():
        person.allow_and_tell()
        store.keep_conversation("person-a", None, FIRST, [])
        assert raw.count(database_url, "consent_event") == 0
        assert raw.count(database_url, "conversation") == 0
    assert told.count("commit") == 1
    assert raw.count(database_url, "conversation") == 1
    assert person.release().values


def test_reading_within_sees_what_was_written(store: ConsentStore, elsewhere: ConsentStore, person: Person):
    with store.unit():
        person.allow_and_tell()
        assert person.status() == "given"
        assert Person.status(_as_seen_by(elsewhere, person)) == "unasked"
        assert person.release().values == {BALANCE: "1200.50"}


def _as_seen_by(store: ConsentStore, person: Person) -> Person:
    other = Person(store)
    other.session = person.session
    return other


def test_who_only_reads_keeps_nobody_from_writing(
    database_url: str, store: ConsentStore, elsewhere: ConsentStore, person: Person, told: list[str]
):
    with store.unit() as unit:
        assert person.status() == "unasked"
        Person(elsewhere, "person-b").begin()
        assert not unit.has_written
    assert "commit" not in told
    assert begun(database_url) == 2


def test_an_error_that_leaves_the_unit_undoes_all(database_url: str, store: ConsentStore, person: Person):
    with broken_off(store):
        person.allow_and_tell()
    assert raw.count(database_url, "consent_event") == 0
    assert person.status() == "unasked"


def test_a_call_that_raises_is_undone_alone(
    database_url: str, store: ConsentStore, person: Person, monkeypatch: pytest.MonkeyPatch
):
    from consent_store import part

    put = part.states.put_decision

    def put_and_break(*given: object) -> None:
        put(*given)  # type: ignore[arg-type]
        raise Broken

    request = person.ask()
    with store.unit():
        Person(store, "person-b").begin()
        with monkeypatch.context() as patched:
            patched.setattr(part.states, "put_decision", put_and_break)
            with pytest.raises(Broken):
                person.answer(request)
        with pytest.raises(ConsentMissing):
            person.tell()
        store.keep_conversation("person-a", None, FIRST, [])
    assert begun(database_url) == 2
    assert raw.count(database_url, "consent_event") == 0
    assert raw.count(database_url, "conversation") == 1
    assert person.answer(request).status == "given"


def test_a_database_that_fails_ends_the_unit_and_nothing_is_committed(
    database_url: str, store: ConsentStore, person: Person
):
    request = person.ask()
    with not_committed(store) as unit:
        Person(store, "person-b").begin()
        raw_failure(store)
        for work in (lambda: person.answer(request), person.status):
            with pytest.raises(StoreUnavailable):
                work()
        assert unit.failed
    assert begun(database_url) == 1
    assert raw.count(database_url, "consent_event") == 0
    assert person.answer(request).status == "given"


def raw_failure(store: ConsentStore) -> None:
    """What a database that fails in the middle raises."""

    def work(tx: object) -> None:
        raise ConnectionResetError

    with suppress(StoreUnavailable):
        store.database.write(work)


def test_a_commit_that_fails_is_said_and_leaves_nothing(
    database_url: str, store: ConsentStore, person: Person, monkeypatch: pytest.MonkeyPatch
):
    with not_committed(store, "ConnectionResetError") as unit:
        person.allow_and_tell()

        def broken() -> None:
            raise ConnectionResetError

        monkeypatch.setattr(unit._tx.connection, "commit", broken)
    assert unit.has_written
    assert raw.count(database_url, "consent_event") == 0
    assert Person(store, "person-b").begin()


def test_a_unit_in_a_unit_is_a_part_of_it(database_url: str, store: ConsentStore, told: list[str]):
    with store.unit() as outer:
        Person(store).begin()
        with store.unit() as inner:
            assert inner is outer
            Person(store, "person-b").begin()
        assert "commit" not in told
    assert told.count("commit") == 1
    assert begun(database_url) == 2


def test_a_part_that_fails_takes_the_whole_along(database_url: str, store: ConsentStore):
    with not_committed(store, "a_part_of_the_unit_failed"):
        Person(store).begin()
        with pytest.raises(Broken), store.unit():
            raise Broken
    assert begun(database_url) == 0


def test_a_thread_that_is_waited_for_joins_and_another_does_not(
    database_url: str, store: ConsentStore, person: Person
):
    with ThreadPoolExecutor(1) as pool, broken_off(store):
        if not database_url.startswith("sqlite"):  # there it would wait for the unit
            Person(store, "person-b").begin()
            pool.submit(Person(store, "apart").begin).result()
        pool.submit(contextvars.copy_context().run, Person(store, "joined").begin).result()
    apart = 0 if database_url.startswith("sqlite") else 1
    assert begun(database_url) == 1 + apart


def test_of_two_threads_each_has_its_own_unit(database_url: str, store: ConsentStore, person: Person):
    """The second waits for the first, and sees what it wrote."""
    is_in, may_go = Event(), Event()

    def first() -> None:
        with store.unit():
            person.allow_and_tell()
            is_in.set()
            assert may_go.wait(10)

    def second() -> object:
        assert is_in.wait(10)
        with store.unit():
            may_go.set()
            return person.release().values

    with ThreadPoolExecutor(2) as pool:
        begun_first, then = pool.submit(first), pool.submit(second)
        begun_first.result()
        assert then.result() == {BALANCE: "1200.50"}


def test_of_two_tasks_one_writes_after_the_other_and_the_loop_goes_on(
    database_url: str, store: ConsentStore, told: list[str]
):
    """A unit is held across a pause; who writes beside it waits in a thread."""

    async def both() -> list[str]:
        order: list[str] = []
        is_in = asyncio.Event()

        async def holds() -> None:
            async with store.unit_across_pauses():
                await asyncio.to_thread(Person(store, "person-a").begin)
                is_in.set()
                for _ in range(3):
                    await asyncio.sleep(0)  # the loop is not blocked
                await asyncio.to_thread(Person(store, "person-a").begin)
                order.append("holder")

        async def waits() -> None:
            await is_in.wait()
            async with store.unit_across_pauses():
                await asyncio.to_thread(Person(store, "person-a").begin)
                order.append("waiter")

        await asyncio.wait_for(asyncio.gather(holds(), waits()), 10)
        return order

    assert asyncio.run(both()) == ["holder", "waiter"]
    assert told.count("commit") == 2
    assert len(raw.rows(database_url, "SELECT 1 FROM help_session WHERE ended_at IS NULL")) == 1


def test_what_goes_on_after_the_end_is_no_part_of_it(database_url: str, store: ConsentStore):
    """A task that was begun in a unit, as a sweep, and outlives it."""

    async def turn() -> None:
        may_write = asyncio.Event()

        async def background() -> None:
            await may_write.wait()
            await asyncio.to_thread(Person(store, "person-b").begin)

        async with store.unit_across_pauses():
            task = asyncio.create_task(background())
            await asyncio.to_thread(Person(store).begin)
        may_write.set()
        await task

    asyncio.run(turn())
    assert begun(database_url) == 2


def test_who_comes_late_to_a_unit_that_was_undone_can_write_nothing(database_url: str, store: ConsentStore):
    """As the thread of an action that was given up."""

    async def turn() -> None:
        may_write = asyncio.Event()

        async def given_up() -> None:
            await may_write.wait()
            await asyncio.to_thread(Person(store).begin)

        with suppress(Broken):
            async with store.unit_across_pauses():
                task = asyncio.create_task(given_up())
                await asyncio.to_thread(Person(store, "person-b").begin)
                raise Broken
        may_write.set()
        with pytest.raises(StoreUnavailable, match="the_unit_was_undone"):
            await task

    asyncio.run(turn())
    assert begun(database_url) == 0


def test_a_unit_that_was_given_up_commits_nothing(database_url: str, store: ConsentStore):
    with not_committed(store, "an_action_failed") as unit:
        Person(store).begin()
        unit.fail("an_action_failed")
    assert begun(database_url) == 0


def test_forgetting_in_a_unit_is_at_once_and_wipes_the_journal(
    database_url: str, store: ConsentStore, person: Person
):
    person.allow_and_tell()
    found = store.keep_conversation("person-a", None, FIRST, [])
    with store.unit():
        store.keep_conversation("person-a", found.marks, SECOND, [])
        erasure = store.erase("person-a")
        assert erasure.verified
        assert erasure.journal_cleared
        assert raw.count(database_url, "person_key") == 0
        assert not store.keep_conversation("person-a", found.marks, SECOND, []).turns
    assert raw.count(database_url, "conversation") == 0


def test_what_was_deleted_in_a_unit_is_gone_from_the_journal_too(
    sqlite_only: Path, store: ConsentStore, person: Person
):
    person.allow_and_tell()
    with store.unit():
        store.withdraw("person-a")
        Person(store, "person-b").begin()
    assert sqlite_only.with_name("consent.db-wal").stat().st_size == 0


def test_each_call_has_an_instant_of_its_own(store: ConsentStore, clock: FakeClock):
    with store.unit():
        first = Person(store).begin()
        clock.turn(seconds=1)
        second = Person(store, "person-b").begin()
    assert (second.started_at - first.started_at).total_seconds() == 1


def test_a_withdrawal_elsewhere_meanwhile_counts(
    store: ConsentStore, elsewhere: ConsentStore, person: Person
):
    """Before anything was written in the unit; afterwards nobody can."""
    person.allow_and_tell()
    with store.unit():
        assert person.status() == "given"
        elsewhere.withdraw("person-a")
        assert person.release().withheld == {BALANCE: "withdrawn"}


def test_a_database_that_is_locked_keeps_a_unit_from_beginning(
    sqlite_only: Path, store: ConsentStore, person: Person
):
    holder = sqlite3.connect(sqlite_only, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with not_committed(store, "SQLITE_BUSY") as unit:
        with pytest.raises(StoreUnavailable):
            person.ask(FakeNotice(item=RATE))
        assert person.status(item=RATE) == "unasked"
        holder.close()
        with pytest.raises(StoreUnavailable):
            person.ask(FakeNotice(item=RATE))
    assert not unit.has_written
    assert person.ask(FakeNotice(item=RATE)).purpose == DEBT
