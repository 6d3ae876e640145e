"""
The fixtures that give a test a PostgreSQL: the one that ASKFIRST_TEST_POSTGRES_URL names, or one of our own.

Imports nothing heavy until one of them is asked for: must load in Rasa's environment too. In CI a missing
PostgreSQL is a failure, elsewhere a skip that says why.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.postgres.databases import Databases
    from tests.postgres.server import Server

POSTGRES = "ASKFIRST_TEST_POSTGRES_URL"
"""A server where databases may be made, with a database to connect to. Its databases stay as they are."""


def in_ci() -> bool:
    """Whether a missing PostgreSQL is a failure."""
    return os.environ.get("CI") == "true"


def there_is_postgres() -> bool:
    """Whether it is worth trying: one is named, or its programs are installed."""
    from tests.postgres.server import programs

    return bool(os.environ.get(POSTGRES)) or programs() is not None


def give_up(reason: str) -> None:
    """Fail in CI, skip elsewhere."""
    if in_ci():
        pytest.fail(f"PostgreSQL must be tested in CI: {reason}", pytrace=False)
    pytest.skip(reason)


@contextmanager
def postgres_or_reason(*options: str, most_bytes: int | None = None) -> Iterator[Server]:
    """A server of our own for the block; without one the test fails in CI and is skipped elsewhere."""
    from tests.postgres.server import NoPostgres, running_server

    with ExitStack() as stack:
        try:
            server = stack.enter_context(running_server(*options, most_bytes=most_bytes))
        except NoPostgres as error:
            give_up(str(error))
        yield server


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A server for all tests of the session, which may make databases on it."""
    named = os.environ.get(POSTGRES)
    if named:
        yield named
        return
    with postgres_or_reason("fsync=off") as server:
        yield server.url()


@pytest.fixture(scope="session")
def postgres_databases(postgres_url: str) -> Iterator[Databases]:
    """Where a test gets a database of its own."""
    from tests.postgres.databases import Databases

    databases = Databases(postgres_url)
    yield databases
    databases.close()


@pytest.fixture
def postgres_database(postgres_databases: Databases) -> str:
    """The address of a migrated database without a row, for one test at a time."""
    return postgres_databases.empty()
