"""
The fixtures that give a test an assistant: in its own process, or as servers. Imports nothing heavy until one
of them is asked for.

Each is started once for all tests that share it; what they have, they have as somebody new.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from _pytest.nodeid import NodeId

if TYPE_CHECKING:
    from tests.channels.providers import Providers
    from tests.live.in_process import InProcess
    from tests.live.servers import Stack
    from tests.postgres.databases import Databases

SERVERS = ("stack", "stack_on_postgresql", "stack_to_kill", "stack_apart", "runs")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """
    Tests that share servers, or a conversation, run in one process (pytest -n 2 --dist loadgroup), so that it
    is started or held once. What Rasa warns of is as quiet in this process as in its own.
    """
    for item in items:
        shares = _shared(item)
        if shares and getattr(config.option, "loadgroup", False):
            # where xdist looks for it; its mark xdist_group does nothing with pytest 9.2
            item._id = NodeId.parse(f"{item.nodeid}@{shares}")
        if "assistant" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.filterwarnings("ignore:::rasa", "ignore::DeprecationWarning"))


def _shared(item: pytest.Item) -> str | None:
    """The servers that a test asks for, or the file of a conversation or of tests that share a browser."""
    asked_for = getattr(item, "fixturenames", ())
    given = item.callspec.params if hasattr(item, "callspec") else {}
    of_file = given["path"].parent.name + given["path"].stem if "over_rest" in asked_for else None
    of_file = item.path.stem if "browser" in asked_for else of_file
    return next((name for name in SERVERS if name in asked_for), of_file)


@pytest.fixture(scope="session")
def rasa_model() -> Path:
    """The trained model, trained once if it is not up to date."""
    from tests.live.place import trained_model

    return trained_model()


@pytest.fixture(scope="session")
def providers() -> Iterator[Providers]:
    """Fakes in the place of the providers of all messaging apps."""
    from tests.channels.providers import running_providers

    with running_providers() as running:
        yield running


@pytest.fixture(scope="session")
def assistant(
    rasa_model: Path, providers: Providers, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[InProcess]:
    """Rasa, actions, store and all seven channels in this process, with a clock that can be set."""
    from tests.live.in_process import assistant_in_process

    var = tmp_path_factory.mktemp("in_process")
    with assistant_in_process(var, model=rasa_model, environ=providers.environ) as running:
        yield running


@pytest.fixture(scope="session")
def _ends_tidily() -> Iterator[None]:
    """SIGTERM ends the session as Ctrl-C does, so that no server is left behind."""
    from operate.children import stop_when_told

    before = signal.getsignal(signal.SIGTERM)
    stop_when_told()
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture(scope="session")
def stack(
    rasa_model: Path, providers: Providers, tmp_path_factory: pytest.TempPathFactory, _ends_tidily: None
) -> Iterator[Stack]:
    """The servers as `make run` starts them, with all seven channels. Nobody may kill them."""
    from tests.live.servers import running_stack

    var = tmp_path_factory.mktemp("stack")
    with running_stack(var, model=rasa_model, environ=providers.environ) as running:
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
    var = tmp_path_factory.mktemp("on_postgresql")
    with running_stack(var, model=rasa_model, environ=environ) as running:
        yield running


@pytest.fixture(scope="session")
def _stack_to_kill(
    rasa_model: Path, providers: Providers, tmp_path_factory: pytest.TempPathFactory, _ends_tidily: None
) -> Iterator[Stack]:
    from tests.live.servers import running_stack

    var = tmp_path_factory.mktemp("to_kill")
    with running_stack(var, model=rasa_model, environ=providers.environ) as running:
        yield running


@pytest.fixture
def stack_to_kill(_stack_to_kill: Stack) -> Stack:
    """The same servers, which a test may kill; they are whole when the next one begins."""
    _stack_to_kill.make_whole()
    return _stack_to_kill


@pytest.fixture(scope="session")
def _stack_apart(
    rasa_model: Path, providers: Providers, tmp_path_factory: pytest.TempPathFactory, _ends_tidily: None
) -> Iterator[Stack]:
    from tests.live.servers import APART, running_stack

    var = tmp_path_factory.mktemp("apart")
    with running_stack(var, model=rasa_model, environ=providers.environ, names=APART) as running:
        yield running


@pytest.fixture
def stack_apart(_stack_apart: Stack) -> Stack:
    """Servers with the actions in one of their own; a test may kill them, and finds them whole."""
    _stack_apart.make_whole()
    return _stack_apart
