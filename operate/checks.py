"""
Run the sections of `make test`, two at a time, and tell at the end what came of each.

Must never stop at the first failure, never end well when a section ran nothing, and leave no process behind.
"""

import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from operate.children import start, stop_being_told, to_its_end
from operate.keys import private_folder
from operate.leftovers import end, guarded
from operate.report import Ran, write_report
from operate.results import Result
from operate.sections import Place, Section
from operate.terminal import Terminal
from settings import ROOT

SECTION_SECONDS = 30 * 60.0
FULL_SECONDS = 3 * 60 * 60.0
AT_ONCE = 2
LONGER = {"ASKFIRST_SOAK": "1000", "ASKFIRST_SOAK_CONVERSATIONS": "20"}
"""What tests that repeat something read: how often."""
TAIL_LINES, NAMES_SHOWN = 60, 10
IN_MEMORY = Path("/dev/shm")  # noqa: S108, it is there on Linux, and no name in it is guessed
ROOM_BYTES = 4 << 30
PATIENCE = 50
"""So many looks may what a section started still be ending after it."""


@dataclass(frozen=True)
class Plan:
    """What is to run, and with what: `environ` is what commands get, `results` a folder for their reports."""

    sections: Sequence[Section]
    environ: Mapping[str, str]
    results: Path
    seed: int = 0
    model: str = ""
    full: bool = False


class Checks:
    """Runs the sections of a plan."""

    def __init__(self, plan: Plan, terminal: Terminal) -> None:
        self.plan, self.terminal = plan, terminal
        self._stopped = threading.Event()
        self._environ = {**(LONGER if plan.full else {}), **plan.environ}

    def run(self) -> int:
        """Run all; return 0 when every section went well, and 128 and the signal's number when stopped."""
        began, code = time.monotonic(), 0
        private_folder(self.plan.results)
        self.terminal.line(f"Seed {self.plan.seed}: the same once more is `make test SEED={self.plan.seed}`.")
        folder, seed = temporary_folder(), str(self.plan.seed)
        self._environ |= {"TEST_SEED": seed, "PYTHONHASHSEED": seed, "TMPDIR": str(folder)}
        with guarded(folder), ThreadPoolExecutor(AT_ONCE) as pool:
            running = {pool.submit(self._check, section): section for section in self.plan.sections}
            try:
                for done in as_completed(running):
                    self._show(done.result())
            except KeyboardInterrupt as told:
                stop_being_told()
                code = 128 + int(told.args[0] if told.args else signal.SIGINT)
                self.terminal.failed("Stopped. What runs is given a moment to put away what it started …")
                self._stopped.set()
            pool.shutdown(cancel_futures=True)
            left = end(folder, PATIENCE)
        ran = [self._what_came_of(future, section) for future, section in running.items()]
        if left and not code:
            faults = tuple(f"Somebody left this running: {command[:200]}" for command in left)
            ran.append(Ran("Leftovers", Result(faults=faults), 0.0, self.plan.results))
        report = write_report(self.plan.results, ran, self.plan.seed, time.monotonic() - began)
        self._say_all(ran, report)
        return code or int(not ran or not all(each.result.well for each in ran))

    def _check(self, section: Section) -> Ran:
        began, log = time.monotonic(), self._log(section)
        log.write_bytes(b"")
        place = Place(
            run=lambda command: self._run(command, log),
            folder=self.plan.results,
            log=log,
            model=self.plan.model,
            seed=self.plan.seed,
            full=self.plan.full,
            in_ci=self.plan.environ.get("CI") == "true",
        )
        self.terminal.line(f"  {section.title} …", style="dim")
        try:
            result = section.check(place)
        except (OSError, ValueError, LookupError) as error:
            result = Result(faults=(f"It could not be run: {error}",))
        return Ran(section.title, result, time.monotonic() - began, log)

    def _what_came_of(self, future: Future[Ran], section: Section) -> Ran:
        if future.cancelled():
            return Ran(section.title, Result(faults=("It was not run.",)), 0.0, self._log(section))
        return future.result()

    def _log(self, section: Section) -> Path:
        return self.plan.results / f"{section.name}.log"

    def _run(self, command: tuple[str, ...], log: Path) -> int:
        seconds = FULL_SECONDS if self.plan.full else SECTION_SECONDS
        with log.open("ab") as file:
            child = start(command, file, cwd=ROOT, environ=self._environ)
            return to_its_end(child, seconds, self._stopped)

    def _show(self, ran: Ran) -> None:
        line = f"{ran.title}: {ran.result} ({ran.seconds:.0f} s)"
        if ran.result.well:
            self.terminal.done(line)
            return
        self.terminal.heading(ran.title)
        for words in ran.log.read_text(encoding="utf-8", errors="replace").splitlines()[-TAIL_LINES:]:
            self.terminal.line(words)
        self.terminal.failed(line)
        for fault in (*ran.result.faults, *ran.result.not_run[:NAMES_SHOWN]):
            self.terminal.line(f"  {fault}", style="bold red")
        self.terminal.line(f"  All that it said: {ran.log}")

    def _say_all(self, ran: Sequence[Ran], report: Path) -> None:
        self.terminal.heading("All together")
        for reason in sorted({reason for each in ran for reason in each.result.skips}):
            self.terminal.line(f"  left out: {reason}", style="dim")
        if failed := [each.title for each in ran if not each.result.well]:
            self.terminal.failed(f"Failed: {', '.join(failed)}")
        self.terminal.line(f"Report: {report}")
        self.terminal.line(str(sum((each.result for each in ran), Result())))


def temporary_folder(parent: Path = IN_MEMORY) -> Path:
    """
    Make the folder for temporary files, in memory where there is room.

    Tests write many small databases and would wait for a disk.
    """
    has_room = os.access(parent, os.W_OK) and shutil.disk_usage(parent).free >= ROOM_BYTES
    folder = Path(tempfile.mkdtemp(prefix="askfirst-", dir=parent if has_room else None))
    folder.chmod(0o711)  # a database of the tests runs as somebody else when we are root
    return folder
