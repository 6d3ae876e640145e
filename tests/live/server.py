"""
One real server of ours as a process: started, watched until it is well, killed, ended.

Must never signal a process that it did not start, and never wait without a deadline.
"""

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from operate.children import end_group, signal_group
from operate.services import Service, is_well
from settings import ROOT

READY_SECONDS = 240.0
PAUSE_SECONDS = 0.1
DEATH_SECONDS = 30.0
TAKEN = ("address already in use", "errno 98", "errno 48")


class NotReadyError(Exception):
    """A server ended, or did not answer in time. The text has the end of its log."""


class PortCollisionError(NotReadyError):
    """Somebody else took the port between picking it and listening on it."""


class Server:
    """A server that can be started again at the same port after it was killed."""

    def __init__(self, service: Service, command: str, environ: Mapping[str, str], log: Path) -> None:
        self.service = service
        self.command = command
        self.environ = dict(environ)
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process id of the running server."""
        assert self.process is not None, f"{self.service.name} was not started"
        return self.process.pid

    def launch(self) -> None:
        """Start the process and return at once; its words are added to the log. A running one stays."""
        if self.process is not None and self.process.poll() is None:
            return
        with open(self.log, "ab", opener=_private) as file:
            self.process = subprocess.Popen(
                ["/bin/sh", "-c", self.command],
                cwd=ROOT,
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_ready(self, seconds: float = READY_SECONDS) -> None:
        """Return when the health check answers; raise NotReadyError when the process ends or time is up."""
        assert self.process is not None
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise self._ended()
            if is_well(self.service):
                return
            _wait_for_end(self.process, PAUSE_SECONDS)
        raise NotReadyError(f"{self.service.name} did not answer within {seconds:.0f} s\n{self.tail()}")

    def kill(self) -> None:
        """End it as `kill -9` does, children included, and return when it is gone."""
        if self.process is not None:
            signal_group(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=DEATH_SECONDS)

    def end(self) -> None:
        """End it kindly, and by force if it takes too long."""
        if self.process is not None:
            end_group(self.process)

    def text(self) -> str:
        """Return all that it has written so far."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def tail(self, lines: int = 40) -> str:
        """Return the last lines of its log, with its name before each."""
        return "\n".join(f"{self.service.name} | {line}" for line in self.text().splitlines()[-lines:])

    def _ended(self) -> NotReadyError:
        assert self.process is not None
        tail = self.tail()
        kind = PortCollisionError if any(sign in tail.lower() for sign in TAKEN) else NotReadyError
        return kind(f"{self.service.name} ended with exit code {self.process.returncode}\n{tail}")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _wait_for_end(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Wait a moment, or until the process ends, whichever is first."""
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return


def is_alive(pid: int) -> bool:
    """Whether a process with this id is there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
