"""
The fixtures that give a test real servers. Imports nothing heavy until one of them is asked for.

Must load in Rasa's environment too, whose own unit tests see it.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.live.servers import Stack
    from tests.postgres.databases import Databases


@pytest.fixture(scope="session")
def rasa_model() -> Path:
    """The trained model, trained once if it is not up to date."""
    from tests.live.servers import trained_model

    return trained_model()


@pytest.fixture(scope="session")
def _ends_tidily() -> Iterator[None]:
    """SIGTERM ends the session as Ctrl-C does, so that no server is left behind."""
    from operate.children import stop_when_told

    before = signal.getsignal(signal.SIGTERM)
    stop_when_told()
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture(scope="session")
def stack(rasa_model: Path, tmp_path_factory: pytest.TempPathFactory, _ends_tidily: None) -> Iterator[Stack]:
    """The servers as `make run` starts them; all tests of the session share them, each as another sender."""
    from tests.live.servers import running_stack

    with running_stack(tmp_path_factory.mktemp("stack"), model=rasa_model) as running:
        yield running


@pytest.fixture
def own_stack(rasa_model: Path, tmp_path: Path, _ends_tidily: None) -> Iterator[Stack]:
    """Servers for one test alone, which may kill them or break what they stand on; the actions are apart."""
    from tests.live.servers import APART, running_stack

    with running_stack(tmp_path / "var", model=rasa_model, names=APART) as running:
        yield running


@pytest.fixture(scope="session")
def stack_on_postgresql(
    rasa_model: Path,
    tmp_path_factory: pytest.TempPathFactory,
    postgres_databases: Databases,
    _ends_tidily: None,
) -> Iterator[Stack]:
    """The same servers with everything that is kept in a PostgreSQL."""
    from tests.live.servers import running_stack

    environ = {"ASKFIRST_DATABASE_URL": postgres_databases.address(postgres_databases.new())}
    with running_stack(
        tmp_path_factory.mktemp("on_postgresql"), model=rasa_model, environ=environ
    ) as running:
        yield running
