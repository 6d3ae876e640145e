"""A portal with an empty store, for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.portal.place import OpenPlace, Place, new_services
from tests.unit.consent_store.kit import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def open_place(tmp_path: Path, clock: FakeClock) -> Iterator[OpenPlace]:
    """Opens a portal with these settings; the store is the same for all of one test."""
    opened = []

    def open_it(identities: object = None, **settings: object) -> Place:
        services = new_services(tmp_path, clock, identities)  # type: ignore[arg-type]
        opened.append(services)
        return Place.on(services, clock, **settings)

    yield open_it
    for services in opened:
        services.store.close()


@pytest.fixture
def place(open_place: OpenPlace) -> Place:
    return open_place()
