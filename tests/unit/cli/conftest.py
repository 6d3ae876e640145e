"""A real store in a folder of its own, with keys as `make setup` writes them, and the command line on it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cli.app import app
from consent_store import ConsentStore, StoreKeys, open_store, system_clock
from operate.keys import write_keys
from sealing.keys import read_key
from sealing.person import pseudonym
from tests.catalogue import our_catalogue
from tests.unit.consent_store.kit import Person, empty_database

SENDER = "anna+49-170-1234567"


@dataclass(frozen=True)
class Askfirst:
    """Runs a command as it would be typed. `var` is the folder of the store."""

    var: Path

    def __call__(self, *arguments: str, typed: str | None = None) -> Result:
        runner = CliRunner(env={"ASKFIRST_VAR": str(self.var), "ASKFIRST_DATABASE_URL": ""})
        return runner.invoke(app, arguments, input=typed)

    def json(self, *arguments: str, exit_code: int = 0, typed: str | None = None) -> dict[str, Any]:
        result = self(*arguments, "--json", typed=typed)
        assert result.exit_code == exit_code, result.output
        return json.loads(result.stdout)


@pytest.fixture
def var(tmp_path: Path) -> Path:
    folder = tmp_path / "var"
    write_keys(folder / "keys")
    empty_database(folder / "consent.db")
    return folder


@pytest.fixture
def askfirst(var: Path, monkeypatch: pytest.MonkeyPatch) -> Askfirst:
    monkeypatch.setattr("cli.bootstrap.load_catalogue", our_catalogue)  # read once, not for each command
    return Askfirst(var)


@pytest.fixture
def store(var: Path) -> Iterator[ConsentStore]:
    keys = StoreKeys.from_folder(var / "keys")
    opened = open_store(f"sqlite:///{var / 'consent.db'}", keys=keys, clock=system_clock)
    yield opened
    opened.close()


@pytest.fixture
def anna_id(var: Path) -> str:
    """The pseudonymous id of SENDER, made as the engine and the action server make it."""
    key = read_key(var / "keys" / "person.key")
    return pseudonym(key, "person", pseudonym(key, "rest", SENDER))


@pytest.fixture
def anna(store: ConsentStore, anna_id: str) -> Person:
    """Somebody who allowed one item and told its value."""
    someone = Person(store, anna_id, "rest")
    someone.begin()
    someone.allow_and_tell("1200.50")
    return someone


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Somebody sits there and can be asked."""
    return lambda: monkeypatch.setattr("cli.screen.has_terminal", lambda: True)
