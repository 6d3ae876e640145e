"""An empty consent store as its own migrations make it, and a journal in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from consent_store import ConsentStore, StoreKeys, open_store, system_clock
from consent_store.messaging import Content, Noted, Taken, Waiting
from engine.conversations.keeper import Keeper
from tests.unit.engine.conversations.conftest import database, migrated  # noqa: F401 (fixtures)


class Journal(Keeper):
    """The store as one process has it, with a short way to its journal."""

    def __init__(self, store: ConsentStore) -> None:
        super().__init__(lambda: store)
        self.store = store

    def take(self, events: Sequence[Taken]) -> Sequence[Noted]:
        return self.store.take_messages(events)

    def thread(self, person_id: str) -> Content | None:
        return self.store.thread_of(person_id)

    def left_over(self, app: str) -> Sequence[Waiting]:
        return self.store.messages_left_over(app)


Open = Callable[[], Journal]


@pytest.fixture
def journal_of(database: Path) -> Iterator[Open]:  # noqa: F811
    """A journal on the store, as a process that just started has it."""
    stores: list[ConsentStore] = []

    def start() -> Journal:
        keys = StoreKeys.from_folder(database.parent / "keys")
        stores.append(open_store(f"sqlite:///{database}", keys=keys, clock=system_clock))
        return Journal(stores[-1])

    yield start
    for store in stores:
        store.close()


def rows(database: Path, query: str, *values: Any) -> list[Any]:  # noqa: F811
    """What stands in the file."""
    with closing(sqlite3.connect(database)) as connection, connection:
        return connection.execute(query, values).fetchall()
