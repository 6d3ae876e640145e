"""A database that is locked, full or gone: a clear error, nothing granted, and afterwards all goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from consent_store import ConsentStore, StoreKeys, StoreUnavailable, migrate, open_store
from consent_store.sql.engine import make_engine, parse
from tests.contract import raw
from tests.postgres.plugin import postgres_or_reason
from tests.unit.consent_store.kit import BALANCE, RATE, FakeClock, FakeNotice, Person

MOST_BYTES = 2_000_000
LONG = "x" * 3_000_000


@contextmanager
def held(database_url: str) -> Iterator[None]:
    """Another process that writes and does not come to an end."""
    engine = make_engine(parse(database_url))
    with engine.connect().execution_options(askfirst_writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            tables = "person_key, help_session, consent_event"
            connection.execute(text(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE"))
        yield
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def cramped(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database that has room for ordinary rows, and none for LONG."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'consent.db'}"
        return
    with postgres_or_reason(most_bytes=MOST_BYTES) as server:
        yield server.url()


@pytest.fixture
def in_cramped(cramped: str, keys: StoreKeys) -> Iterator[Person]:
    """Someone who talks to a store in it."""
    migrate(cramped)
    store = open_store(cramped, keys=keys, clock=FakeClock())
    if cramped.startswith("sqlite"):
        with store.database._engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count={MOST_BYTES // 4096}")
            connection.rollback()
    someone = Person(store)
    someone.begin()
    yield someone
    store.close()


def everything(database_url: str) -> dict[str, int]:
    tables = ("consent_event", "event_detail", "consent_state", "personal_data", "data_use", "help_session")
    return {table: raw.count(database_url, table) for table in tables}


def test_a_locked_database_is_said_to_be_so_and_nothing_changes(database_url: str, person: Person):
    person.allow_and_tell()
    request = person.ask(FakeNotice(item=RATE))
    before = everything(database_url)
    with held(database_url), pytest.raises(StoreUnavailable, match=r"SQLITE_BUSY|SQLSTATE_55P03") as caught:
        person.answer(request)
    assert "yes, you may" not in str(caught.value)
    assert everything(database_url) == before
    assert person.status(item=RATE) == "requested"
    assert person.answer(request).status == "given"


def test_a_lock_does_not_let_a_release_or_a_withdrawal_pass_half(
    database_url: str, store: ConsentStore, person: Person
):
    person.allow_and_tell()
    before = everything(database_url)
    with held(database_url):
        for work in (person.release, lambda: store.withdraw("person-a")):
            with pytest.raises(StoreUnavailable):
                work()
    assert everything(database_url) == before
    assert [one.item for one in store.withdraw("person-a")] == [BALANCE]


def test_a_full_disk_is_said_to_be_so_and_nothing_changes(cramped: str, in_cramped: Person):
    person, store = in_cramped, in_cramped.store
    person.allow_and_tell()
    request = person.ask(FakeNotice(item=RATE))
    before = everything(cramped)
    for work in (
        lambda: person.answer(request, "yes", words=LONG),
        lambda: person.answer(request, "no", words=LONG),
        lambda: person.tell(LONG),
    ):
        with pytest.raises(StoreUnavailable, match=r"SQLITE_FULL|SQLSTATE") as caught:
            work()
        assert len(str(caught.value)) < 100
    assert everything(cramped) == before
    assert person.status(item=RATE) == "requested"
    assert person.release().values == {BALANCE: "1200.50"}
    assert person.answer(request, "no").status == "refused"
    assert store.verify_ledger().ok


def test_a_connection_that_breaks_costs_at_most_one_error(postgres_database: str, keys: StoreKeys):
    store = open_store(postgres_database, keys=keys, clock=FakeClock())
    person = Person(store)
    person.begin()
    request = person.ask()
    raw.change(
        postgres_database,
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    assert person.answer(request).status == "given"
    store.close()


def test_a_connection_that_breaks_in_the_middle_decides_nothing(
    postgres_database: str, keys: StoreKeys, monkeypatch: pytest.MonkeyPatch
):
    from consent_store import part

    store = open_store(postgres_database, keys=keys, clock=FakeClock())
    person = Person(store)
    person.begin()
    request = person.ask()
    append = part.events.append

    def append_and_break(tx: object, *arguments: object) -> object:
        backend = tx.connection.execute(text("SELECT pg_backend_pid()")).scalar()  # type: ignore[attr-defined]
        entry = append(tx, *arguments)  # type: ignore[arg-type]
        raw.change(postgres_database, f"SELECT pg_terminate_backend({backend}, 5000)")
        return entry

    with monkeypatch.context() as patched:
        patched.setattr(part.events, "append", append_and_break)
        with pytest.raises(StoreUnavailable):
            person.answer(request)
    assert person.status() == "requested"
    assert raw.count(postgres_database, "consent_event") == 0
    assert person.answer(request).status == "given"
    store.close()


@pytest.mark.parametrize("request_id", ["\x00", "a\x00b", "\ud800", "", "é" * 5000, "'; DROP TABLE x"])
def test_an_odd_id_is_unknown_and_no_outage(store: ConsentStore, person: Person, request_id: str):
    person.ask()
    result = store.answer(
        request_id, "person-a", channel="widget", reading="yes", words="yes", button="allow",
        confidence=1.0, notice_hash=FakeNotice().text_hash,
    )  # fmt: skip
    assert (result.status, result.reason) == ("none", "unknown_request")
    assert person.status() == "requested"


def test_odd_words_are_an_answer_like_any_other(store: ConsentStore, person: Person):
    assert person.answer(person.ask(), words="no \x00 \ud83d", reading="no").status == "refused"
    assert store.verify_ledger().ok
