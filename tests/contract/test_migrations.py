"""The schema goes up and down step by step, with data in it, and what a step does not add survives it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from consent_store import ConsentStore, StoreNotReady, migrate, open_store, sql
from consent_store.sql.engine import make_engine, parse
from consent_store.sql.schema import downgrade
from tests.contract import raw
from tests.unit.consent_store.kit import BALANCE, DEBT, RATE, FakeClock, FakeNotice, Person, remember

Contents = dict[str, dict[str, list[str]]]


def revisions() -> list[str]:
    """All revisions, the first one first."""
    config = Config()
    config.set_main_option("script_location", str(Path(sql.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()][::-1]


def columns(database_url: str) -> dict[str, set[str]]:
    """The columns of every table that is there."""
    engine = make_engine(parse(database_url))
    found = inspect(engine)
    tables = {
        name: {column["name"] for column in found.get_columns(name)} for name in found.get_table_names()
    }
    engine.dispose()
    tables.pop("alembic_version", None)
    return tables


def contents(database_url: str, only: dict[str, set[str]]) -> Contents:
    """What stands in these columns of these tables, in an order of its own."""
    found = {table: raw.rows(database_url, f"SELECT * FROM {table}") for table in only}
    return {
        table: {name: sorted(repr(row[name]) for row in found[table]) for name in sorted(names)}
        for table, names in only.items()
    }


@pytest.fixture
def lived_in(store: ConsentStore, person: Person, clock: FakeClock) -> Person:
    """A database in which every table of the first schema says something."""
    person.store.register_controller("harbour_bank", name="Harbour Bank", address="1 Quay", contact="a@b.c")
    person.allow_and_tell()
    person.remembers()
    person.refuse(FakeNotice(item=RATE))
    person.release()
    store.record_hand_over("person-a", "widget", DEBT)
    store.record_feedback(person.session.help_id, helped=True)
    other = Person(store, "person-b")
    other.begin()
    other.allow_and_tell("7")
    store.erase("person-b")
    return person


def test_down_to_the_first_revision_and_up_again_nothing_of_it_is_lost(
    database_url: str, store: ConsentStore, lived_in: Person, clock: FakeClock
):
    every = revisions()
    store.close()
    newest = contents(database_url, columns(database_url))
    for revision in every[-2::-1]:
        downgrade(database_url, revision)
        kept = columns(database_url)
        assert contents(database_url, kept) == within(newest, kept), revision
    oldest, first = contents(database_url, kept), kept
    assert "consent_event" in first
    assert all(rows for table in oldest.values() for rows in table.values()), "a table without data"
    for revision in every[1:]:
        migrate(database_url, revision)
        assert contents(database_url, first) == oldest, revision
    assert lived_in.release().values == {BALANCE: "1200.50"}
    assert lived_in.status(item=RATE) == "refused"
    assert store.verify_ledger().faults == ()
    assert lived_in.allow(remember(RATE)).status == "given"


def within(found: Contents, only: dict[str, set[str]]) -> Contents:
    """The part of the contents that is in these columns."""
    return {table: {name: found[table][name] for name in names} for table, names in only.items()}


def test_every_step_down_and_up_again_makes_the_very_same_tables(database_url: str):
    every = revisions()
    newest = columns(database_url)
    for before, revision in pairwise(every):
        downgrade(database_url, before)
        migrate(database_url, revision)
        migrate(database_url)
        assert columns(database_url) == newest, revision


def test_the_guards_stand_after_every_way_up(database_url: str, store: ConsentStore, lived_in: Person):
    store.close()
    downgrade(database_url, revisions()[0])
    migrate(database_url)
    for table in raw.GUARDED:
        with pytest.raises(Exception, match="append-only"):
            raw.change(database_url, f"DELETE FROM {table}")


def test_a_store_of_another_revision_is_not_opened(database_url: str, store: ConsentStore):
    store.close()
    for revision in revisions()[:-1]:
        downgrade(database_url, revision) if revision == revisions()[0] else migrate(database_url, revision)
        with pytest.raises(StoreNotReady, match="schema_is_not_current"):
            open_store(database_url, keys=store.vault._keys, clock=FakeClock())


def test_down_to_nothing_leaves_nothing(database_url: str, store: ConsentStore, lived_in: Person):
    store.close()
    downgrade(database_url, "base")
    assert columns(database_url) == {}
    migrate(database_url)
    assert raw.count(database_url, "consent_event") == 0
