"""
The store of a process: whoever names the same database and the same keys shares one, so that what several
parts of a process do can be one transaction.
"""

from __future__ import annotations

import threading
from pathlib import Path

from consent_store.clock import Clock, system_clock
from consent_store.keys import StoreKeys
from consent_store.store import ConsentStore, open_store

PATIENCE_SECONDS = 10.0
"""A database server that says nothing for longer is away: somebody waits for an answer."""

_stores: dict[tuple[str, Path], ConsentStore] = {}
_alone = threading.Lock()


def shared_store(database_url: str, keys: Path, *, clock: Clock = system_clock) -> ConsentStore:
    """
    The store on that database with the keys of that folder, opened when it is first asked for, then with that
    clock. Raises what `open_store` and `StoreKeys.from_folder` raise; then the next one who asks tries again.
    """
    place = (database_url, keys)
    with _alone:
        if place not in _stores:
            _stores[place] = open_store(
                database_url, keys=StoreKeys.from_folder(keys), clock=clock, patience=PATIENCE_SECONDS
            )
        return _stores[place]


def close_shared() -> None:
    """Close them all; who asks again gets another one, as in a process that has just started."""
    with _alone:
        for store in _stores.values():
            store.close()
        _stores.clear()
