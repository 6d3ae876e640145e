"""What a channel notes where conversations are in memory only, and while the database is away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from consent_store.messaging import Noted, Taken
from engine.delivery.safely import SafeJournal
from tests.unit.engine.delivery.conftest import Open, rows

ME = "a" * 32
Run = Callable[[Any], Any]
HELLO = Taken(ME, "e1", {"app": "telegram", "text": "hello"})
TABLES = ("message_waiting", "message_thread", "person_key")


def test_where_nothing_is_kept_only_the_fact_is_noted(
    journal_of: Open, database: Path, run_async: Run
) -> None:
    journal = SafeJournal(journal_of(), keeps=False)
    assert run_async(journal.take([HELLO])) == [Noted(new=True)]
    assert run_async(journal.take([HELLO])) == [Noted(new=False)]
    assert not run_async(journal.leave(ME, [1], {"shown": "x"}))
    assert {table: rows(database, f"SELECT * FROM {table}") for table in TABLES} == {
        one: [] for one in TABLES
    }


def test_what_was_done_while_the_database_was_away_is_noted_when_it_is_back(
    journal_of: Open, database: Path, run_async: Run
) -> None:
    keeper = journal_of()
    journal = SafeJournal(keeper)
    (note,) = run_async(journal.take([HELLO]))
    assert note.number is not None
    keeper.store.close()
    away = database.rename(database.with_name("away"))
    assert not run_async(journal.leave(ME, [note.number]))
    assert run_async(journal.take([Taken(ME, "e2", None)])) == [Noted(new=True)]
    away.rename(database)
    run_async(journal.take([Taken(ME, "e3", None)]))
    assert rows(database, "SELECT * FROM message_waiting") == []
