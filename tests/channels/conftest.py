"""Servers with every channel switched on, and fakes in the place of the providers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.channels.providers import Providers
    from tests.live.servers import Stack


@pytest.fixture(scope="session")
def providers() -> Iterator[Providers]:
    """All fakes; at the end no limit of theirs may have been broken."""
    from tests.channels.providers import running_providers

    with running_providers() as running:
        yield running


@pytest.fixture(scope="session")
def channels(
    rasa_model: Path, providers: Providers, tmp_path_factory: pytest.TempPathFactory, _ends_tidily: None
) -> Iterator[Stack]:
    """Three real servers that talk over all seven channels."""
    from tests.live.servers import running_stack

    place = tmp_path_factory.mktemp("channels")
    with running_stack(place, model=rasa_model, environ=providers.environ) as running:
        yield running


@pytest.fixture
def own_channels(
    rasa_model: Path, providers: Providers, tmp_path: Path, _ends_tidily: None
) -> Iterator[Stack]:
    """The same for one test alone, which may kill them or break what they stand on."""
    from tests.live.servers import running_stack

    with running_stack(tmp_path / "var", model=rasa_model, environ=providers.environ) as running:
        yield running
