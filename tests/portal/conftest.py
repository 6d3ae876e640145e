"""A portal with an empty store, for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from consent_store import migrate
from tests.portal.place import OpenPlace, Place, new_services
from tests.unit.consent_store.kit import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that was migrated and holds nothing, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "consent.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def database_url(empty_database: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(empty_database, tmp_path)}"


@pytest.fixture
def open_place(database_url: str, clock: FakeClock) -> Iterator[OpenPlace]:
    """Opens a portal with these settings; the store is the same for all of one test."""
    opened = []

    def open_it(identities: object = None, **settings: object) -> Place:
        services = new_services(database_url, clock, identities)  # type: ignore[arg-type]
        opened.append(services)
        return Place.on(database_url, services, clock, **settings)

    yield open_it
    for services in opened:
        services.store.close()


@pytest.fixture
def place(open_place: OpenPlace) -> Place:
    return open_place()
