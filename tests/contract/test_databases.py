"""Which databases this run tests, the schema that the migrations make, and what a failure comes to."""

from __future__ import annotations

import sqlite3
import stat
import traceback
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from consent_store import ConsentStore, StoreKeys, StoreNotReady, StoreUnavailable, migrate, open_store
from consent_store.sql.engine import make_engine, parse
from consent_store.sql.schema import downgrade
from consent_store.sql.tables import metadata
from tests.contract import raw
from tests.unit.consent_store.kit import BALANCE, DEBT, FakeClock, FakeNotice, Person


def test_postgresql_is_tested_too(postgres_database: str):
    assert raw.count(postgres_database, "consent_event") == 0


def test_the_migrations_make_the_tables_that_the_code_knows(database_url: str):
    engine = make_engine(parse(database_url))
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()
    assert differences == []


def test_migrating_again_keeps_everything(database_url: str, person: Person):
    person.allow_and_tell()
    migrate(database_url)
    assert person.release().values


def test_the_schema_goes_down_and_up_again_with_data_in_it(
    database_url: str, store: ConsentStore, person: Person
):
    person.allow_and_tell()
    store.close()
    downgrade(database_url, "base")
    with pytest.raises(StoreNotReady):
        open_store(database_url, keys=StoreKeys(b"m" * 32), clock=FakeClock())
    migrate(database_url)
    assert raw.count(database_url, "consent_event") == 0


def test_a_store_that_was_not_migrated_is_not_opened_and_not_made(tmp_path: Path):
    with pytest.raises(StoreNotReady):
        open_store(f"sqlite:///{tmp_path / 'none.db'}", keys=StoreKeys(b"m" * 32), clock=FakeClock())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("url", ["sqlite://", "mysql://localhost/x", "nonsense", ""])
def test_an_address_that_cannot_be_used_is_said_to_be_so(url: str):
    with pytest.raises(StoreNotReady):
        migrate(url)


def test_the_files_are_for_their_owner_only(sqlite_only: Path, person: Person):
    person.allow_and_tell()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in sqlite_only.parent.iterdir()}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(sqlite_only.parent.stat().st_mode) == 0o700


def test_every_connection_is_durable_and_wipes_what_it_deletes(sqlite_only: Path, store: ConsentStore):
    engine = make_engine(parse(f"sqlite:///{sqlite_only}"))
    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "secure_delete")
        }
    engine.dispose()
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "busy_timeout": 2000,
        "foreign_keys": 1,
        "secure_delete": 1,
    }


@pytest.fixture
def locked(sqlite_only: Path):
    holder = sqlite3.connect(sqlite_only, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    yield
    holder.close()


def test_a_locked_database_grants_nothing_and_says_so(
    store: ConsentStore, person: Person, request: pytest.FixtureRequest
):
    asked = person.ask()
    request.getfixturevalue("locked")
    with pytest.raises(StoreUnavailable, match="SQLITE_BUSY"):
        person.answer(asked, words="my very own words")
    assert person.status() == "requested"


def test_a_database_that_is_gone_is_not_replaced_by_an_empty_one(
    sqlite_only: Path, clock: FakeClock, keys: StoreKeys
):
    store = open_store(f"sqlite:///{sqlite_only}", keys=keys, clock=clock)
    store.close()
    for path in sqlite_only.parent.iterdir():
        path.unlink()
    with pytest.raises(StoreUnavailable, match="SQLITE_CANTOPEN"):
        store.begin_help("person-a", DEBT, "widget")
    assert not sqlite_only.exists()


def test_a_full_database_grants_nothing_and_says_so(sqlite_only: Path, store: ConsentStore, person: Person):
    asked = person.ask()
    pages = raw.rows(f"sqlite:///{sqlite_only}", "PRAGMA page_count")[0]["page_count"]
    with store.database._engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        connection.rollback()
    with pytest.raises(StoreUnavailable, match="SQLITE_FULL"):
        person.answer(asked, words="x" * 200_000)
    assert person.status() == "requested"
    assert raw.count(f"sqlite:///{sqlite_only}", "consent_event") == 0


def test_a_failure_says_nothing_personal_in_any_way(database_url: str, person: Person):
    person.allow()
    raw.tamper(database_url, "DROP TABLE personal_data")
    value = str(2401 / 2)
    with pytest.raises(StoreUnavailable) as caught:
        person.tell(value)
    error = caught.value
    assert error.__cause__ is None
    assert error.__context__ is None
    shown = "".join(traceback.format_exception(error))
    assert value not in shown
    assert "person-a" not in shown


def test_a_failure_in_the_middle_leaves_nothing_behind(
    database_url: str, store: ConsentStore, person: Person
):
    asked = person.ask()
    raw.tamper(database_url, "ALTER TABLE consent_state RENAME TO elsewhere")
    with pytest.raises(StoreUnavailable):
        person.answer(asked, button="allow")
    raw.tamper(database_url, "ALTER TABLE elsewhere RENAME TO consent_state")
    assert raw.count(database_url, "consent_event") == 0
    assert person.status() == "requested"
    assert person.answer(asked, button="allow").status == "given"


def test_a_naive_clock_is_refused(database_url: str, keys: StoreKeys, clock: FakeClock):
    store = open_store(database_url, keys=keys, clock=lambda: clock.now.replace(tzinfo=None))
    with pytest.raises(ValueError, match="aware"):
        store.begin_help("person-a", DEBT, "widget")
    store.close()


def test_what_was_acknowledged_is_there_for_another_process(elsewhere: ConsentStore, person: Person):
    person.allow_and_tell()
    released = elsewhere.release("person-a", person.session.help_id, [(DEBT, BALANCE)], program_id=DEBT)
    assert released.values
    assert FakeNotice().text in {request["rendered_text"] for request in _requests(person)}


def _requests(person: Person) -> list[dict[str, object]]:
    url = person.store.database._engine.url.render_as_string(hide_password=False)
    return [dict(row) for row in raw.rows(url, "SELECT rendered_text FROM permission_request")]
