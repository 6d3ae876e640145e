"""One receipt, issued by a real store, for everything that needs no store any more."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from consent_store import StoreKeys, migrate, open_store
from tests.unit.consent_store.kit import FakeClock
from tests.unit.consent_store.receipts.samples import decide_in_every_way, issue


@pytest.fixture(scope="session")
def issued(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A receipt with decisions in every state. Never to be changed: take `document`."""
    url, clock = f"sqlite:///{tmp_path_factory.mktemp('var') / 'consent.db'}", FakeClock()
    migrate(url)
    store = open_store(url, keys=StoreKeys(b"m" * 32), clock=clock)
    decide_in_every_way(store, clock)
    document = issue(store)
    store.close()
    return document


@pytest.fixture
def document(issued: dict[str, Any]) -> dict[str, Any]:
    """A receipt to change."""
    return copy.deepcopy(issued)
