"""An empty consent store as its own migrations make it, and a journal in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from engine.conversations.database import Database
from engine.conversations.keyring import Keyring
from engine.delivery.journal import Journal
from tests.unit.engine.conversations.conftest import database, migrated  # noqa: F401 (fixtures)

Open = Callable[..., Journal]


@pytest.fixture
def journal_of(database: Path) -> Open:  # noqa: F811
    """A journal on the store, as a process that just started has it."""

    def start(**options: Any) -> Journal:
        keys = Keyring(database.parent / "keys")
        return Journal(Database(f"sqlite:///{database}"), keys, **options)

    return start


def rows(database: Path, query: str, *values: Any) -> list[Any]:  # noqa: F811
    """What stands in the file."""
    with closing(sqlite3.connect(database)) as connection, connection:
        return connection.execute(query, values).fetchall()
