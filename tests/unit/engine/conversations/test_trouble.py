"""Whatever happens to the database or the keys, a turn is answered, and nothing is told of what was said."""

from __future__ import annotations

import asyncio
import base64
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from consent_store import ConsentStore, StoreUnavailable
from consent_store.sql import engine as databases
from engine.conversations import store as stores
from engine.conversations.keeper import Keeper
from engine.conversations.memory import IDLE_SECONDS, Memory, Remembered
from engine.conversations.store import SealedConversations
from settings import SettingsInvalid, read_settings
from tests.unit.engine.conversations.rig import StubActions
from tests.unit.engine.conversations.test_store import SENDER, TEXT, count, erase, person, rows

Begin = Callable[..., Any]
Run = Callable[..., Any]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Locks are waited for shortly."""
    monkeypatch.setattr(databases, "_PRAGMAS", ("busy_timeout=50", "journal_mode=WAL"))


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """All that was logged, at any level; fails if it holds a text or a channel's id."""
    caplog.set_level(logging.INFO)

    def read() -> str:
        lines = "\n".join(record.getMessage() for record in caplog.records)
        assert not [word for word in (TEXT, "salary", SENDER, "lost_card") if word in lines]
        return lines

    return read


def lock(database: Path) -> sqlite3.Connection:
    holder = sqlite3.connect(database, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    return holder


def test_a_locked_database_costs_nothing_of_the_conversation(
    begin: Begin, database: Path, run_async: Run, told: Callable[[], str]
) -> None:
    processor = begin(StubActions(1))
    run_async(processor.say(SENDER, "need", TEXT))
    holder = lock(database)
    assert run_async(processor.say(SENDER, "why", TEXT))
    assert "in memory only" in told()
    assert person() in told()
    assert "SQLITE_BUSY" in told()
    assert count(database, "conversation_turn") == 1
    holder.execute("ROLLBACK")
    run_async(processor.say(SENDER, "thanks", "third"))
    assert count(database, "conversation_turn") == 3
    tracker = run_async(begin().tracker_store.retrieve(SENDER))
    assert tracker.active_loop_name == "help_form"
    assert [event.text for event in tracker.events if getattr(event, "text", None)] == [TEXT, TEXT, "third"]


def test_a_database_that_is_not_there_is_not_made(
    begin: Begin, database: Path, run_async: Run, told: Callable[[], str]
) -> None:
    database.unlink()
    processor = begin(StubActions(1))
    assert run_async(processor.say(SENDER, "need", TEXT))
    tracker = run_async(processor.tracker_store.retrieve(SENDER))
    assert tracker.active_loop_name == "help_form"
    assert not database.exists()
    assert "database_missing" in told()


def test_who_came_while_the_database_was_away_is_kept_when_it_is_back(
    begin: Begin, database: Path, run_async: Run
) -> None:
    away = database.rename(database.with_name("away"))
    processor = begin(StubActions(1))
    run_async(processor.say(SENDER, "need", TEXT))
    away.rename(database)
    run_async(processor.say(SENDER, "thanks", TEXT))
    assert count(database, "conversation_turn") == 2
    assert run_async(begin().tracker_store.retrieve(SENDER)).active_loop_name == "help_form"


def test_who_was_erased_while_a_turn_waited_in_memory_is_not_brought_back(
    begin: Begin, database: Path, run_async: Run
) -> None:
    processor = begin()
    run_async(processor.say(SENDER, "greet", TEXT))
    holder = lock(database)
    run_async(processor.say(SENDER, "thanks", TEXT))
    holder.execute("ROLLBACK")
    erase(database)
    store = processor.tracker_store._tracker_store
    assert run_async(store.exists(SENDER))
    assert run_async(store.retrieve(SENDER)) is None
    assert not run_async(store.exists(SENDER))


def test_what_another_process_wrote_since_counts_more_than_memory(
    begin: Begin, database: Path, run_async: Run
) -> None:
    one, two = begin(), begin()
    run_async(one.say(SENDER, "greet", "first"))
    holder = lock(database)
    run_async(one.say(SENDER, "greet", "never written"))
    holder.execute("ROLLBACK")
    run_async(two.say(SENDER, "greet", "second"))
    tracker = run_async(one.tracker_store.retrieve(SENDER))
    assert [event.text for event in tracker.events if getattr(event, "text", None)] == ["first", "second"]


@pytest.mark.parametrize("error", [StoreUnavailable("away"), RuntimeError(TEXT)])
def test_a_conversation_that_could_not_be_read_is_not_overwritten(
    begin: Begin,
    database: Path,
    run_async: Run,
    told: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    processor = begin(StubActions(1))
    run_async(processor.say(SENDER, "need", TEXT))
    before = rows(database, "SELECT * FROM conversation")

    def away(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(ConsentStore, "find_conversation", away)
        assert run_async(processor.say(SENDER, "greet", TEXT))
    assert rows(database, "SELECT * FROM conversation") == before
    assert "the_conversation_was_not_read" in told()
    tracker = run_async(processor.tracker_store.retrieve(SENDER))
    assert tracker.active_loop_name == "help_form"
    run_async(processor.say(SENDER, "thanks", "third"))
    tracker = run_async(begin().tracker_store.retrieve(SENDER))
    assert [event.text for event in tracker.events if getattr(event, "text", None)] == [TEXT, "third"]


def test_nothing_is_written_of_whom_nobody_could_look_up_and_who_is_not_there(
    database: Path, begin: Begin, run_async: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They may have been erased in this very turn."""
    processor = begin()

    def away(*_: object, **__: object) -> None:
        raise StoreUnavailable("away")

    monkeypatch.setattr(ConsentStore, "find_conversation", away)
    run_async(processor.say(SENDER, "greet", TEXT))
    assert count(database, "person_key") == 0
    assert count(database, "conversation") == 0


def test_another_master_key_starts_from_nothing_and_overwrites_nothing(
    begin: Begin, database: Path, run_async: Run, told: Callable[[], str]
) -> None:
    run_async(begin().say(SENDER, "greet", TEXT))
    before = rows(database, "SELECT * FROM conversation")
    (read_settings().keys / "master.key").write_bytes(base64.urlsafe_b64encode(b"x" * 32))
    processor = begin(StubActions(1))
    assert run_async(processor.tracker_store.retrieve(SENDER)) is None
    assert run_async(processor.say(SENDER, "need", TEXT))
    assert run_async(processor.tracker_store.retrieve(SENDER)).active_loop_name == "help_form"
    assert rows(database, "SELECT * FROM conversation") == before
    assert "unknown_master_key" in told()


def test_a_retired_master_key_wraps_no_more(
    begin: Begin, database: Path, run_async: Run, told: Callable[[], str]
) -> None:
    run_async(begin().say("another", "greet"))
    rows(database, "UPDATE master_key SET retired_at = '2026-01-01 00:00:00.000000'")
    assert run_async(begin().say(SENDER, "greet", TEXT))
    assert count(database, "person_key") == 1
    assert "was retired by a rotation" in told()


@pytest.mark.parametrize("column", ["sealed", "wrapped_key"])
def test_a_broken_row_starts_from_nothing(
    begin: Begin, database: Path, run_async: Run, told: Callable[[], str], column: str
) -> None:
    run_async(begin().say(SENDER, "greet", TEXT))
    table = "conversation" if column == "sealed" else "person_key"
    rows(database, f"UPDATE {table} SET {column} = zeroblob(60)")
    processor = begin()
    assert run_async(processor.tracker_store.retrieve(SENDER)) is None
    assert "cannot_be_opened" in told()
    assert run_async(processor.say(SENDER, "greet", "anew"))
    tracker = run_async(processor.tracker_store.retrieve(SENDER))
    assert [event.text for event in tracker.events if getattr(event, "text", None)] == ["anew"]


def test_a_fault_of_ours_is_no_fault_of_the_turn(
    begin: Begin, database: Path, run_async: Run, told: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(TEXT)

    monkeypatch.setattr(stores, "bounded", broken)
    assert run_async(begin().say(SENDER, "greet", TEXT))
    assert "reason=RuntimeError" in told()


def test_who_waits_while_the_database_fails_somebody_need_not_find_out_alone(
    database: Path, run_async: Run
) -> None:
    """A hundred people at once must not wait for a locked database one after the other."""
    keeper = Keeper.of_this_process(f"sqlite:///{database}", read_settings().keys)
    tried: list[int] = []

    def fails(number: int) -> Callable[[ConsentStore], None]:
        def work(_store: ConsentStore) -> None:
            tried.append(number)
            raise StoreUnavailable("SQLITE_BUSY")

        return work

    async def crowd() -> list[str]:
        await keeper.read(ConsentStore.who_conversed)
        waiting = (keeper.write(fails(number)) for number in range(9))
        errors = await asyncio.gather(*waiting, return_exceptions=True)
        with pytest.raises(StoreUnavailable):
            await keeper.write(fails(9))
        return [error.reason for error in errors if isinstance(error, StoreUnavailable)]

    assert sorted(run_async(crowd())) == ["SQLITE_BUSY", *["away_a_moment_ago"] * 8]
    assert len(tried) == 2
    assert tried[-1] == 9


@pytest.mark.parametrize("url", ["no address", "mysql://host/db", "sqlite://"])
def test_an_address_that_cannot_be_is_refused_at_once(url: str, database: Path) -> None:
    with pytest.raises(SettingsInvalid) as raised:
        SealedConversations(host=url)
    assert "host" not in str(raised.value)


def test_memory_is_bounded_in_number_and_in_time() -> None:
    now = [0.0]
    memory = Memory(2, lambda: now[0])
    for who in ("a", "b", "a", "c"):
        now[0] += 1
        memory.put(who, Remembered(None, ()))
    assert memory.people() == ["a", "c"]
    now[0] = 3 + IDLE_SECONDS
    assert memory.get("a") is None
    assert memory.people() == ["c"]
    memory.drop("c")
    assert memory.people() == []
