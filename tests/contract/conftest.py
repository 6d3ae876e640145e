"""One suite for every database: SQLite always, PostgreSQL where there is one, and in CI in any case."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from consent_store import ConsentStore, StoreKeys, migrate, open_store, rotation
from tests.contract import rotating
from tests.postgres.plugin import in_ci, there_is_postgres
from tests.unit.consent_store.kit import FakeClock, Person

DATABASES = ["sqlite", "postgresql"] if there_is_postgres() or in_ci() else ["sqlite"]
"""Without a PostgreSQL, `test_databases.py` says so once."""


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated SQLite database, made once to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "var" / "consent.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty, migrated database."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_database")
    copied = shutil.copytree(request.getfixturevalue("migrated").parent, tmp_path / "var")
    return f"sqlite:///{copied / 'consent.db'}"


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


@pytest.fixture
def opened(database_url: str, clock: FakeClock) -> Iterator[Callable[[StoreKeys], ConsentStore]]:
    """Opens the database as another process has it, with other keys."""
    stores: list[ConsentStore] = []

    def one(keys: StoreKeys) -> ConsentStore:
        stores.append(open_store(database_url, keys=keys, clock=clock))
        return stores[-1]

    yield one
    for store in stores:
        store.close()


@pytest.fixture
def known_people(store: ConsentStore, monkeypatch: pytest.MonkeyPatch) -> list[Person]:
    """More people than a small batch of a rotation takes; the first three gave a value."""
    monkeypatch.setattr(rotation, "BATCH", rotating.SMALL_BATCH)
    return rotating.people_of(store)
