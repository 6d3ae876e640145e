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
from tests.live.servers import eventually

READY = "Ask First is ready: http://127.0.0.1:"


class _Running:
    """The small runner as a process, with everything that it says."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder = folder
        self.screen = folder / "screen"
        script = str(ROOT / "tests/unit/operate/small_servers.py")
        ports = [str(port) for port in free_ports(3)]
        with self.screen.open("wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, script, str(folder), *ports, kind],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def text(self) -> str:
        return self.screen.read_text(encoding="utf-8")

    def until_ready(self) -> None:
        eventually(lambda: READY in self.text() or self.process.poll() is not None, seconds=30)
        assert READY in self.text(), self.text()

    def children(self) -> list[int]:
        return [int(path.read_text(encoding="ascii")) for path in self.folder.glob("*.child")]

    def end(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=40)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def tell(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=40)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[str], _Running]]:
    started: list[_Running] = []

    def run(kind: str = "serves") -> _Running:
        started.append(_Running(tmp_path, kind))
        return started[-1]

    yield run
    for running in started:
        running.end()
        for child in filter(is_alive, running.children()):
            os.kill(child, signal.SIGKILL)


@pytest.mark.parametrize(
    ("number", "exit_code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_ends_every_server_and_every_child(
    start: Callable[..., _Running], number: signal.Signals, exit_code: int
) -> None:
    running = start()
    running.until_ready()
    assert len(running.children()) == 3
    assert running.tell(number) == exit_code
    eventually(lambda: not any(map(is_alive, running.children())))


def test_the_address_is_shown_once_all_answer(start: Callable[..., _Running]) -> None:
    running = start()
    running.until_ready()
    text = running.text()
    assert text.count(READY) == 1
    assert all(text.index(f"the {name} server is ready") < text.index(READY) for name in ("rasa", "actions"))


def test_one_server_that_ends_by_itself_ends_all_with_its_reason(start: Callable[..., _Running]) -> None:
    running = start("ends")
    assert running.process.wait(timeout=40) == 1
    assert "The rasa server ended by itself (exit code 3)" in running.text()
    assert "the catalogue is broken" in running.text()
    assert READY not in running.text()
    eventually(lambda: not any(map(is_alive, running.children())))


def test_a_signal_while_servers_are_starting_is_not_lost(start: Callable[..., _Running]) -> None:
    running = start()
    eventually(running.children, seconds=30)  # the first command runs, the last may not yet
    running.tell(signal.SIGTERM)
    eventually(lambda: not any(map(is_alive, running.children())))


def test_servers_that_are_all_deaf_to_signals_are_ended_by_force(start: Callable[..., _Running]) -> None:
    running = start("deaf")
    running.until_ready()
    deaf = [int(path.read_text(encoding="ascii")) for path in running.folder.glob("*.deaf")]
    assert len(deaf) == 3
    running.tell(signal.SIGINT)
    eventually(lambda: not any(map(is_alive, deaf)))


def test_servers_do_not_outlive_a_runner_that_was_killed(start: Callable[..., _Running]) -> None:
    running = start()
    running.until_ready()
    running.tell(signal.SIGKILL)
    eventually(lambda: not any(map(is_alive, running.children())))


def test_what_servers_say_goes_to_private_files_and_not_to_the_screen(start: Callable[..., _Running]) -> None:
    running = start()
    running.until_ready()
    log = running.folder / "log/rasa.log"
    eventually(lambda: "GET / HTTP/1.1" in log.read_text(encoding="utf-8"))
    assert "GET / HTTP/1.1" not in running.text()
    assert (running.folder / "log").stat().st_mode & 0o077 == 0
