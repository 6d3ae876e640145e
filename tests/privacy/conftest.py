"""
The runs that the tests look into: each made once a session, two at a time.

Started together by the first test that needs one; a test waits for its own run alone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.privacy.alone import run_alone, way_in
from tests.privacy.run import DATABASE

if TYPE_CHECKING:
    from tests.postgres.databases import Databases


@dataclass(frozen=True)
class Kept:
    """What a run left behind. `output`: what it and its servers wrote to the terminal."""

    var: Path
    database_url: str
    output: str
    attempts: str


class Runs:
    """Plays in the background."""

    def __init__(self, folder: Path, model: Path) -> None:
        self._folder, self._model = folder, model
        self._pool = ThreadPoolExecutor(max_workers=2)
        self._way = way_in()
        self._begun: dict[str, Future[Kept]] = {}

    def begin(self, name: str, *options: str, database_url: str = "") -> Future[Kept]:
        """A run of that name; one that was begun goes on."""
        if name not in self._begun:
            self._begun[name] = self._pool.submit(self._play, name, options, database_url)
        return self._begun[name]

    def end(self) -> None:
        """Wait for what still runs."""
        self._pool.shutdown(cancel_futures=True)

    def _play(self, name: str, options: tuple[str, ...], database_url: str) -> Kept:
        var, attempts = self._folder / name / "var", self._folder / name / "attempts"
        var.parent.mkdir()
        chosen = {DATABASE: database_url} if database_url else {}
        command = (sys.executable, "-m", "tests.privacy.run", str(var), str(self._model), *options)
        done = run_alone(command, attempts, {**os.environ, **chosen}, way=self._way)
        output = done.stdout + done.stderr
        assert done.returncode == 0, output
        return Kept(var, database_url or f"sqlite:///{var / 'consent.db'}", output, attempts.read_text())


@pytest.fixture(scope="session")
def runs(rasa_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    """The runs of this session; the longest is begun at once."""
    runs = Runs(tmp_path_factory.mktemp("privacy"), rasa_model.resolve())
    runs.begin("sealed")
    runs.begin("control", "--control", "--brief")
    yield runs
    runs.end()


@pytest.fixture(scope="session")
def sealed(runs: Runs) -> Kept:
    """What the servers leave behind as they are."""
    return runs.begin("sealed").result()


@pytest.fixture(scope="session")
def control(runs: Runs) -> Kept:
    """What they leave behind where Rasa keeps and logs as it does by itself."""
    return runs.begin("control").result()


@pytest.fixture(scope="session")
def in_postgresql(runs: Runs, postgres_databases: Databases) -> Kept:
    """What they leave behind with the consent store in a PostgreSQL."""
    address = postgres_databases.address(postgres_databases.new())
    return runs.begin("postgresql", "--brief", database_url=address).result()
