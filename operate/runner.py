"""
Run the servers together: start them, say when they are ready, start again what is silent, end them all.

Must never leave a server behind, whatever ends us, and never start one again without an end.
"""

import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path

from operate.children import end_group, start, stop_being_told, stop_when_told
from operate.errors import OperateError
from operate.keys import private_folder
from operate.services import Service, is_well
from operate.terminal import Terminal

READY_SECONDS = 180.0
PAUSE_SECONDS = 0.1
LOOK_SECONDS = 2.0
PATIENCE = 15
"""So many looks in a row without an answer, and a server is started again."""
RESTARTS = 3
CALM = 300
"""After so many answers in a row, earlier restarts are forgotten."""
TAIL_LINES = 12


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class Server:
    """One server that runs: its process, and how often it did not answer."""

    def __init__(
        self, service: Service, command: str, log: Path, *, environ: Mapping[str, str], cwd: Path
    ) -> None:
        self.service, self.command, self.log = service, command, log
        self.environ, self.cwd = environ, cwd
        self.silent = self.calm = self.restarts = 0
        if log.exists():
            log.replace(log.with_suffix(".log.1"))
        self.child = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        """Start it; what it says is added to its log."""
        with open(self.log, "ab", opener=_private) as file:
            self.child = start(self.command, file, cwd=self.cwd, environ=self.environ)
        self.silent = 0
        return self.child

    def look(self) -> bool:
        """Whether it answers now."""
        well = self.child.poll() is None and is_well(self.service)
        self.silent, self.calm = (0, self.calm + 1) if well else (self.silent + 1, 0)
        self.restarts = 0 if self.calm > CALM else self.restarts
        return well

    def what_is_wrong(self) -> str:
        """A sentence about it, without its end."""
        code, name = self.child.poll(), self.service.title[0].upper() + self.service.title[1:]
        if code is None:
            return f"{name} does not answer"
        return f"{name} ended by itself ({f'exit code {code}' if code >= 0 else f'signal {-code}'})"

    def put_away_log(self, most_bytes: float) -> None:
        """If the log is larger, its words go to a file beside it, in place of the former."""
        if self.log.stat().st_size > most_bytes:
            kept = self.log.with_suffix(".log.1")
            kept.unlink(missing_ok=True)
            with self.log.open("r+b") as file, open(kept, "xb", opener=_private) as copy:
                shutil.copyfileobj(file, copy)
                file.truncate(0)  # the server appends, so it goes on at the beginning

    def tail(self) -> list[str]:
        """The last lines that it wrote."""
        with self.log.open(encoding="utf-8", errors="replace") as file:
            return [f"  {self.service.name} | {line.rstrip()}" for line in deque(file, TAIL_LINES)]


class Runner:
    """Runs servers until somebody ends it, or until one cannot be kept alive."""

    def __init__(self, wanted: Sequence[Service], log: Path, terminal: Terminal, *, log_bytes: float) -> None:
        """log: the folder of the logs. log_bytes: how large one may become."""
        self.wanted, self.log, self.terminal = wanted, private_folder(log), terminal
        self.log_bytes = log_bytes
        self.servers: list[Server] = []
        self.screen = select.poll()
        if sys.stderr.isatty():
            self.screen.register(sys.stderr, 0)  # a hang-up is always reported, whatever is asked for

    def run(self, commands: Mapping[str, str], environ: Mapping[str, str], cwd: Path) -> int:
        """
        Start the servers and stay until we are told to end; return 128 and the signal's number.

        Raises OperateError when one does not get ready, or ends again and again.
        """
        stop_when_told()
        try:
            for service in self.wanted:
                log = self.log / f"{service.name}.log"
                self.servers.append(Server(service, commands[service.name], log, environ=environ, cwd=cwd))
            self._wait_until_ready(self.servers)
            self.terminal.done(f"Ask First is ready: {self.wanted[0].url}")
            self.terminal.line(f"  Ctrl-C ends it. `make chat` talks to it here. Logs: {self.log}")
            while True:
                self._pause(LOOK_SECONDS)
                self._look_after_all()
        except KeyboardInterrupt as told:
            return 128 + int(told.args[0])
        finally:
            stop_being_told()
            end_group(*(server.child for server in self.servers))

    def _wait_until_ready(self, servers: Sequence[Server]) -> None:
        began, waiting = time.monotonic(), list(servers)
        while waiting:
            for server in [server for server in waiting if server.look()]:
                waiting.remove(server)
                self.terminal.done(f"{server.service.title} is ready ({time.monotonic() - began:.1f} s)")
            for server in waiting:
                if server.child.poll() is not None or time.monotonic() - began > READY_SECONDS:
                    self._give_up(server)
            self._pause(PAUSE_SECONDS)

    def _look_after_all(self) -> None:
        for server in self.servers:
            server.put_away_log(self.log_bytes)
            if server.look() or (server.child.poll() is None and server.silent < PATIENCE):
                continue
            server.restarts += 1
            if server.restarts > RESTARTS:
                self._give_up(server)
            self.terminal.failed(
                f"{server.what_is_wrong()}: starting it again ({server.restarts} of {RESTARTS})"
            )
            end_group(server.child)
            server.start()
            self._wait_until_ready([server])

    def _give_up(self, server: Server) -> None:
        for line in server.tail():
            self.terminal.line(line, style="dim")
        raise OperateError(
            f"{server.what_is_wrong()}, so all were ended: the reason is at the end of {server.log}."
        )

    def _pause(self, seconds: float) -> None:
        """Wait. A terminal that is gone ends us, also where only `make` is told of it, which waits for us."""
        if self.screen.poll(seconds * 1000):
            raise KeyboardInterrupt(signal.SIGHUP)
