"""The same on PostgreSQL: kept over a restart, sealed, and gone with the person."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.pool import NullPool

from consent_store import migrate
from tests.unit.engine.conversations.rig import StubActions
from tests.unit.engine.conversations.test_store import SENDER, TEXT, ErasingActions, person

Begin = Callable[..., Any]
Run = Callable[..., Any]
TABLES = ("person_key", "conversation", "conversation_turn")


def connected(url: str) -> Engine:
    parsed = make_url(url).set(drivername="postgresql+pg8000")
    return create_engine(parsed, poolclass=NullPool, isolation_level="AUTOCOMMIT", future=True)


@pytest.fixture
def postgres(postgres_url: str, database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A migrated database of its own, which ASKFIRST_DATABASE_URL names."""
    name = f"askfirst_test_{secrets.token_hex(6)}"
    server = connected(postgres_url)
    with server.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    url = make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    migrate(url)
    monkeypatch.setenv("ASKFIRST_DATABASE_URL", url)
    yield connected(url)
    with server.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


def counts(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return [connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() for table in TABLES]


def test_a_conversation_is_kept_sealed_and_goes_on(postgres: Engine, begin: Begin, run_async: Run) -> None:
    run_async(begin(StubActions(1)).say(SENDER, "need", TEXT))
    processor = begin(StubActions(1))
    tracker = run_async(processor.tracker_store.retrieve(SENDER))
    assert tracker.active_loop_name == "help_form"
    run_async(processor.say(SENDER, "thanks", TEXT))
    assert counts(postgres) == [1, 1, 2]
    with postgres.connect() as connection:
        row = connection.execute(text("SELECT person_id, sealed, turns FROM conversation")).one()
    assert (row.person_id, row.turns) == (person(), 2)
    assert TEXT.encode() not in bytes(row.sealed)


def test_who_is_forgotten_inside_a_turn_stays_forgotten(
    postgres: Engine, begin: Begin, run_async: Run
) -> None:
    def erase() -> None:
        with postgres.connect() as connection:
            for table in TABLES:
                connection.execute(text(f"DELETE FROM {table}"))

    processor = begin(ErasingActions(erase))
    run_async(processor.say(SENDER, "greet", TEXT))
    run_async(processor.say(SENDER, "forget_me", TEXT))
    assert counts(postgres) == [0, 0, 0]


def test_a_person_whom_somebody_else_locks_is_answered(
    postgres: Engine, begin: Begin, run_async: Run, caplog: pytest.LogCaptureFixture
) -> None:
    processor = begin(StubActions(1))
    run_async(processor.say(SENDER, "need", TEXT))
    holder = postgres.execution_options(isolation_level="READ COMMITTED")
    with holder.connect() as connection, connection.begin():
        connection.execute(text("SELECT * FROM person_key FOR UPDATE"))
        assert run_async(processor.say(SENDER, "why", TEXT))
    assert "SQLSTATE_55P03" in caplog.text
    assert counts(postgres) == [1, 1, 1]
