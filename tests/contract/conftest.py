"""
One suite for every database: SQLite always, PostgreSQL when ASKFIRST_TEST_POSTGRES_URL names one to empty.

Must never touch a database that was not made for tests.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from consent_store import ConsentStore, StoreKeys, migrate, open_store
from tests.contract import raw
from tests.unit.consent_store.kit import FakeClock, Person

POSTGRES = "ASKFIRST_TEST_POSTGRES_URL"


DATABASES = ["sqlite", "postgresql"] if os.environ.get(POSTGRES) else ["sqlite"]
"""Without a PostgreSQL, `test_databases.py` says so once."""


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty, migrated database."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'var' / 'consent.db'}"
    else:
        url = os.environ[POSTGRES]
        raw.change(url, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    migrate(url)
    return url


@pytest.fixture
def sqlite_only(database_url: str) -> Path:
    """The file of the database, for what is about files."""
    if not database_url.startswith("sqlite"):
        pytest.skip("about files of SQLite")
    return Path(database_url.removeprefix("sqlite:///"))


@pytest.fixture
def keys() -> StoreKeys:
    """The master key."""
    return StoreKeys(b"m" * 32)


@pytest.fixture
def clock() -> FakeClock:
    """A clock to turn by hand."""
    return FakeClock()


@pytest.fixture
def store(database_url: str, keys: StoreKeys, clock: FakeClock) -> Iterator[ConsentStore]:
    """The store, as one process has it."""
    opened = open_store(database_url, keys=keys, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def elsewhere(database_url: str, keys: StoreKeys, clock: FakeClock) -> Iterator[ConsentStore]:
    """The same database as another process has it."""
    opened = open_store(database_url, keys=keys, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def person(store: ConsentStore) -> Person:
    """Someone who has just said what they need."""
    someone = Person(store)
    someone.begin()
    return someone
