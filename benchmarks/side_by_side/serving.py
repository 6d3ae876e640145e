"""
Start the processes of one assistant, see when it answers, weigh it, and end it.

Must never signal a process that it did not start, and never wait without a deadline.
"""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.side_by_side.weighing import memory_of
from operate.children import end_group

LOOPBACK = "127.0.0.1"
READY_SECONDS = 240.0
PAUSE_SECONDS = 0.02
OK = 200


class NotReady(Exception):
    """A server ended, or did not answer in time. The text has the end of its log."""


@dataclass(frozen=True)
class Process:
    """How one server starts, and the address that answers 200 when it is ready."""

    name: str
    command: Sequence[str]
    environ: Mapping[str, str]
    folder: Path
    health_url: str


@dataclass
class Assistant:
    """
    One side of the comparison. `url`: its REST webhook; `headers` go with every message; `ends_in`: the kind
    of card that a whole conversation ends in, so that fast answers are also right ones.
    """

    name: str
    processes: Sequence[Process]
    url: str
    log: Path
    headers: Mapping[str, str] = field(default_factory=dict)
    ends_in: str | None = None
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self) -> float:
        """Start all processes at once; returns the seconds until the last one is ready. Raises NotReady."""
        self.log.mkdir(parents=True, exist_ok=True)
        began = time.perf_counter()
        for process in self.processes:
            with (self.log / f"{process.name}.log").open("ab") as log:
                self.children[process.name] = subprocess.Popen(
                    process.command,
                    cwd=process.folder,
                    env=dict(process.environ),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
        waiting = list(self.processes)
        while waiting:
            waiting = [process for process in waiting if not self._is_ready(process, began)]
            time.sleep(PAUSE_SECONDS)
        return time.perf_counter() - began

    def _is_ready(self, process: Process, began: float) -> bool:
        ended = self.children[process.name].poll() is not None
        if ended or time.perf_counter() - began > READY_SECONDS:
            text = (self.log / f"{process.name}.log").read_text(encoding="utf-8", errors="replace")
            what = "ended" if ended else f"did not answer within {READY_SECONDS:.0f} s"
            raise NotReady(f"{process.name} of {self.name} {what}:\n{text[-3000:]}")
        return answers(process.health_url)

    def memory(self) -> float:
        """Megabytes that all its processes and their children hold now."""
        return sum(memory_of(child.pid) for child in self.children.values())

    def end(self) -> None:
        """End all processes, by their groups."""
        for child in self.children.values():
            end_group(child)
        self.children.clear()


@contextmanager
def running(assistant: Assistant) -> Iterator[float]:
    """Give the seconds from start to ready, and end the assistant afterwards, whatever happens."""
    try:
        yield assistant.start()
    finally:
        assistant.end()


def answers(url: str) -> bool:
    """Whether the address answers 200 now; no proxy is asked."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=2.0) as answer:
            return bool(answer.status == OK)
    except (urllib.error.URLError, OSError):
        return False


def free_ports(count: int) -> tuple[int, ...]:
    """Return ports that are free now; all are held together while they are picked, so they differ."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind((LOOPBACK, 0))
        return tuple(int(each.getsockname()[1]) for each in sockets)
