"""
Run the three servers together: either all are ready and the address is shown, or all are ended and the
reason is shown.

Must never leave a server behind, whatever ends us: Ctrl-C, SIGTERM, a closed terminal, or a fault of our own.
"""

import signal
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

from honcho.manager import Manager
from honcho.printer import Message

from operate.children import signal_group
from operate.errors import OperateError, ServerEnded, ServerNotReady
from operate.guarded import GuardedProcess
from operate.hangup import end_with_terminal
from operate.health import READY_SECONDS, wait_until_ready
from operate.logs import LogFiles
from operate.services import Service
from operate.terminal import Terminal

STARTING_SECONDS = 30.0
FORCE_SECONDS = 8.0


class Runner(Manager):  # type: ignore[misc]  # honcho has no types
    """honcho's manager, with logs in files, a watcher for readiness, and no gap in which a signal is lost."""

    def __init__(self, wanted: tuple[Service, ...], logs: LogFiles, terminal: Terminal) -> None:
        super().__init__(printer=logs)
        self._process_ctor = GuardedProcess
        self.wanted = {service.name: service for service in wanted}
        self.logs = logs
        self.terminal = terminal
        self.failure: OperateError | None = None
        self._ended = threading.Event()
        self._told_to_end = False
        self._watcher = threading.Thread(target=self._watch, name="readiness", daemon=True)

    def run(self, commands: Mapping[str, str], environ: Mapping[str, str], cwd: Path) -> int:
        """
        Start the servers and stay until they have ended; return 0, 130 (Ctrl-C) or 143 (SIGTERM).

        Raises ServerEnded or ServerNotReady when we did not want them to end.
        """
        for name in self.wanted:
            self.add_process(name, commands[name], env=dict(environ), cwd=str(cwd))
        signal.signal(signal.SIGHUP, self._hang_up)
        try:
            self.loop()
        finally:
            self._ended.set()
            self._end_what_is_left()
            self.logs.close()
        if self.failure is not None:
            raise self.failure
        return int(self.returncode or 0)

    def terminate(self) -> None:
        """End all servers. Called by a signal, by honcho when one has ended, or by the watcher."""
        self._told_to_end = True
        if not self._all_started():
            return  # their process ids are not known yet: _start() comes back to it
        for name, process in self._processes.items():
            exit_code = process.get("returncode")
            if exit_code is not None and self.returncode == exit_code and self.failure is None:
                self.failure = ServerEnded(self.wanted[name].title, exit_code, self.logs.path(name))
                self._show_tail(name)
        self._ended.set()
        super().terminate()
        self._force_later()

    def _start(self) -> None:
        super()._start()
        early: list[Message] = []
        while not self._all_started():
            message = self.events.get(timeout=STARTING_SECONDS)
            if message.type == "start":
                self._processes[message.name]["pid"] = message.data["pid"]
            else:
                early.append(message)
        for message in early:
            self.events.put(message)
        if self._told_to_end:
            self.terminate()
        else:
            self._watcher.start()
            end_with_terminal(sys.stderr.fileno(), self._ended)

    def _watch(self) -> None:
        missing = wait_until_ready(self.wanted.values(), stop=self._ended, on_ready=self._show_ready)
        if self._ended.is_set():
            return
        if missing:
            service = missing[0]
            self.failure = ServerNotReady(service.title, READY_SECONDS, self.logs.path(service.name))
            self.terminate()
            return
        self.terminal.done(f"Ask First is ready: {self.wanted['portal'].url}")
        self.terminal.line(f"  Ctrl-C ends it. `make chat` talks to it here. Logs: {self.logs.folder}")

    def _show_ready(self, service: Service, seconds: float) -> None:
        self.terminal.done(f"{service.title} is ready ({seconds:.1f} s)")

    def _show_tail(self, name: str) -> None:
        for line in self.logs.tail(name):
            self.terminal.line(f"  {name} | {line}", style="dim")

    def _hang_up(self, number: int, _frame: FrameType | None) -> None:
        self.returncode = 128 + number
        self.terminate()

    def _force_later(self) -> None:
        """Force it after a while: honcho does so only once one server has ended."""
        timer = threading.Timer(FORCE_SECONDS, self.kill)
        timer.daemon = True
        timer.start()

    def _end_what_is_left(self) -> None:
        """Whatever is still in a group that we started, also a child of a child, goes now."""
        for process in self._processes.values():
            if "pid" in process:
                signal_group(process["pid"], signal.SIGKILL)
