"""However the servers end, all of them end, with every child, and the person reads why."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from settings import ROOT
from tests.live.ports import free_ports
from tests.live.server import is_alive
from tests.live.waiting import eventually

READY = "Ask First is ready: http://127.0.0.1:"


class _Running:
    """The small runner as a process, with everything that it says."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder, self.screen = folder, folder / "screen"
        script = str(ROOT / "tests/unit/operate/small_servers.py")
        with self.screen.open("wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, script, str(folder), *map(str, free_ports(2)), kind],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def text(self) -> str:
        return self.screen.read_text(encoding="utf-8")

    def until(self, words: str, times: int = 1) -> None:
        eventually(
            lambda: self.text().count(words) >= times or self.process.poll() is not None,
            f"it says {words!r}",
            40,
        )
        assert self.text().count(words) >= times, self.text()

    def ids(self, kind: str) -> list[int]:
        """Of servers ("pid"), or of their children ("child")."""
        found = [path.read_text(encoding="ascii") for path in self.folder.glob(f"*.{kind}")]
        return [int(text) for text in found if text.strip()]

    def tell(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=40)

    def all_end(self) -> None:
        eventually(lambda: not any(map(is_alive, [*self.ids("pid"), *self.ids("child")])), "all have ended")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[str], _Running]]:
    started: list[_Running] = []

    def run(kind: str = "serves") -> _Running:
        started.append(_Running(tmp_path, kind))
        return started[-1]

    yield run
    for running in started:
        running.process.terminate()
        running.process.wait(timeout=40)
        for child in filter(is_alive, running.ids("child")):
            os.kill(child, signal.SIGKILL)


@pytest.fixture
def running(start: Callable[..., _Running]) -> _Running:
    ready = start()
    ready.until(READY)
    return ready


@pytest.mark.parametrize(
    ("number", "exit_code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGKILL, -9)],
)
def test_a_signal_ends_every_server_and_every_child(
    running: _Running, number: signal.Signals, exit_code: int
) -> None:
    assert len(running.ids("child")) == 2
    assert running.tell(number) == exit_code
    running.all_end()


def test_the_address_is_shown_once_all_answer(running: _Running) -> None:
    assert running.text().count(READY) == 1
    assert all(f"the {name} server is ready" in running.text().split(READY)[0] for name in ("rasa", "portal"))


def test_a_server_that_does_not_start_ends_all_with_its_reason(start: Callable[..., _Running]) -> None:
    running = start("ends")
    assert running.process.wait(timeout=40) == 1
    assert "The rasa server ended by itself (exit code 3)" in running.text()
    assert "the catalogue is broken" in running.text()
    assert READY not in running.text()
    running.all_end()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (signal.SIGKILL, "The rasa server ended by itself (signal 9): starting it again (1 of 3)"),
        (signal.SIGSTOP, "The rasa server does not answer: starting it again (1 of 3)"),
    ],
)
def test_a_server_that_ends_or_is_silent_is_started_again(
    running: _Running, number: signal.Signals, said: str
) -> None:
    before = (running.folder / "rasa.child").read_text(encoding="ascii")
    os.kill(int((running.folder / "rasa.pid").read_text(encoding="ascii")), number)
    running.until("the rasa server is ready", times=2)
    assert said in running.text()
    eventually(lambda: not is_alive(int(before)), "its child has ended too")
    assert "the portal server" not in running.text().split(said)[1]


def test_a_server_that_ends_again_and_again_ends_all(running: _Running) -> None:
    for times in range(2, 6):
        os.kill(int((running.folder / "rasa.pid").read_text(encoding="ascii")), signal.SIGKILL)
        if times < 5:
            running.until("the rasa server is ready", times=times)
    assert running.process.wait(timeout=40) == 1
    assert "so all were ended" in running.text()
    running.all_end()


def test_a_signal_while_servers_are_starting_is_not_lost(start: Callable[..., _Running]) -> None:
    running = start()
    eventually(
        lambda: running.ids("child"), "a server has started", 30
    )  # the first command runs, the last may not yet
    running.tell(signal.SIGTERM)
    running.all_end()


def test_a_server_that_is_deaf_to_signals_is_ended_by_force(start: Callable[..., _Running]) -> None:
    running = start("deaf")
    running.until(READY)
    running.tell(signal.SIGINT)
    running.all_end()


def test_what_servers_say_goes_to_private_files_and_not_to_the_screen(running: _Running) -> None:
    log = running.folder / "log/rasa.log"
    eventually(lambda: "GET / HTTP/1.1" in log.read_text(encoding="utf-8"), "it is in the log")
    assert "GET / HTTP/1.1" not in running.text()
    assert log.parent.stat().st_mode & 0o077 == 0


def test_a_log_that_has_grown_is_put_away_while_the_server_goes_on_writing(running: _Running) -> None:
    log = running.folder / "log/rasa.log"
    kept = log.with_suffix(".log.1")
    eventually(kept.exists, "the health checks have filled the log", 60)
    eventually(lambda: b"GET / HTTP/1.1" in log.read_bytes(), "it goes on")
    assert b"\0" not in log.read_bytes()
    assert b"GET / HTTP/1.1" in kept.read_bytes()
    assert kept.stat().st_mode & 0o077 == 0
    assert log.stat().st_size < 10_000
