"""What is over is deleted without anybody asking, whatever happens in between."""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from actions.sweeping import Job, do, repeat, upkeep
from consent_store import StoreKeys, StoreUnavailable, migrate, open_store, system_clock
from consent_store.signing import Signer
from operate.keys import write_keys
from tests.contract import raw
from tests.unit.consent_store.kit import Person

ROOT = Path(__file__).resolve().parents[3]


def times(rounds: int, jobs: Mapping[str, Job]) -> None:
    """Let the jobs go round so often; the pause takes no time."""
    left = iter(range(rounds - 1))

    async def pause() -> None:
        if next(left, None) is None:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(repeat(jobs, pause))


def failing(error: Exception) -> Job:
    def job() -> Mapping[str, int]:
        raise error

    return job


def counting(into: list[str], name: str) -> Callable[[], Mapping[str, int]]:
    def job() -> Mapping[str, int]:
        into.append(name)
        return {"values_deleted": 2, "helps_ended": 0}

    return job


def test_the_jobs_are_done_at_once_and_again_after_every_pause() -> None:
    done: list[str] = []
    times(3, {"sweep": counting(done, "sweep"), "checkpoint": counting(done, "checkpoint")})
    assert done == ["sweep", "checkpoint"] * 3


@pytest.mark.parametrize("error", [StoreUnavailable("SQLITE_BUSY"), ValueError("1200.50 of anna")])
def test_a_failure_stops_neither_the_next_job_nor_the_next_round(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []
    times(2, {"sweep": failing(error), "checkpoint": counting(done, "checkpoint")})
    assert len(done) == 2
    assert "1200.50" not in caplog.text
    assert "sweep: " in caplog.text


def test_only_what_was_done_is_logged_as_counts(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    asyncio.run(do("sweep", counting([], "sweep")))
    assert caplog.messages == ["sweep: values_deleted 2"]


def test_nothing_done_is_nothing_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    asyncio.run(do("sweep", lambda: {"values_deleted": 0}))
    assert caplog.messages == []


def test_the_sweep_is_told_how_long_conversations_are_kept(tmp_path: Path) -> None:
    told: list[timedelta] = []

    class Swept:
        counts: Mapping[str, int] = {}

    class Store:
        def sweep(self, *, conversations_idle_for: timedelta) -> Swept:
            told.append(conversations_idle_for)
            return Swept()

    signer = Signer(b"s" * 32)
    upkeep(Store(), signer, tmp_path, keep_conversations=timedelta(days=7))["sweep"]()  # type: ignore[arg-type]
    assert told == [timedelta(days=7)]


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _of_upkeep(lines: Iterable[str]) -> Iterator[str]:
    return (line for line in lines if "actions.sweeping" in line)


def test_the_real_action_server_sweeps_and_signs_when_it_starts(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'consent.db'}"
    write_keys(tmp_path / "keys")
    migrate(url)
    store = open_store(url, keys=StoreKeys.from_folder(tmp_path / "keys"), clock=system_clock)
    person = Person(store)
    person.begin()
    person.allow_and_tell()
    raw.change(url, "UPDATE help_session SET last_seen_at = datetime(last_seen_at, '-1 hour')")
    told = {"ASKFIRST_VAR": str(tmp_path), "ASKFIRST_DATABASE_URL": "", "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(
        [sys.executable, "-m", "actions"],
        cwd=ROOT,
        env={**os.environ, **told, "ASKFIRST_ACTIONS_PORT": str(free_port())},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stderr is not None
        about = list(itertools.islice(_of_upkeep(server.stderr), 2))
    finally:
        server.terminate()
        server.communicate(timeout=30)
    assert "sweep: helps_ended 1" in about[0]
    assert "checkpoint: entries_covered 2" in about[1]
    assert person.person_id not in "".join(about)
    verified = store.verify_ledger(
        checkpoints=tmp_path / "checkpoints", public_key=Signer.from_folder(tmp_path / "keys").public_key
    )
    assert (verified.ok, verified.checkpoints) == (True, 1)
    assert store.stats().counts["values_kept"] == 0
    store.close()
