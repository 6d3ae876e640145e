"""
Start processes that do not outlive us, however we end, and end them with all that they started.

A guard in each one's process group waits for our end of a pipe to close, as it does when we are gone, also
by `kill -9`, and then ends the group. Must never signal a process group that was not started here.
"""

import os
import shlex
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO

from operate.keys import private_folder

ENDING_SECONDS = 5.0
TIDYING_SECONDS = 30.0
TIMED_OUT, STOPPED = 124, 130
LOOK_SECONDS = 0.5
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GUARD = (
    "exec 3<&0 </dev/null; (trap '' INT TERM HUP; read -r _ <&3; kill -KILL 0) >/dev/null 2>&1 & exec 3<&-; "
)


def start(
    command: str | Sequence[str],
    output: BinaryIO | None,
    *,
    cwd: Path,
    environ: Mapping[str, str],
    **as_whom: Any,
) -> subprocess.Popen[bytes]:
    """
    Start a command, or a line for the shell, in a process group of its own.

    What it writes goes to `output`, or where our own words go. `as_whom`: user, group and extra_groups.
    """
    line = command if isinstance(command, str) else f"exec {shlex.join(command)}"
    return subprocess.Popen(
        ["/bin/sh", "-c", GUARD + line],
        cwd=cwd,
        env=dict(environ),
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        start_new_session=True,
        **as_whom,
    )


def run_logged(
    command: Sequence[str], log: Path, *, cwd: Path, environ: Mapping[str, str], seconds: float | None = None
) -> int:
    """Return the command's exit code; everything that it writes goes to `log`, which is begun anew."""
    private_folder(log.parent)
    with log.open("wb") as file:
        return to_its_end(start(command, file, cwd=cwd, environ=environ), seconds)


def to_its_end(
    child: subprocess.Popen[bytes], seconds: float | None = None, stopped: threading.Event | None = None
) -> int:
    """
    Return its exit code; 124 when it takes longer than `seconds`, 130 when it was stopped.

    Whatever happens, its group is ended; before that it is interrupted and has time to put away what it
    started. `stopped`: set by who wants it to end.
    """
    deadline = time.monotonic() + seconds if seconds else float("inf")
    try:
        while not _ended_within(child, LOOK_SECONDS):
            is_stopped = stopped is not None and stopped.is_set()
            if is_stopped or time.monotonic() > deadline:
                _interrupt(child)
                return STOPPED if is_stopped else TIMED_OUT
    except KeyboardInterrupt:
        _interrupt(child)
        raise
    finally:
        end_group(child)
    return child.returncode


def _interrupt(child: subprocess.Popen[bytes]) -> None:
    signal_group(child.pid, signal.SIGINT)
    _ended_within(child, TIDYING_SECONDS)


def _ended_within(child: subprocess.Popen[bytes], seconds: float) -> bool:
    with suppress(subprocess.TimeoutExpired):
        child.wait(timeout=seconds)
    return child.returncode is not None


def end_group(*children: subprocess.Popen[bytes], seconds: float = ENDING_SECONDS) -> None:
    """End the whole process group of each child: all are asked first, and forced after `seconds`."""
    deadline = time.monotonic() + seconds
    for child in children:
        if child.poll() is None:
            signal_group(child.pid, signal.SIGTERM)
    for child in children:
        _ended_within(child, max(0.0, deadline - time.monotonic()))
    for child in children:
        signal_group(child.pid, signal.SIGKILL)
        child.wait()


def signal_group(group: int, number: signal.Signals) -> None:
    """Send a signal to a process group that we started; one that is already gone is fine."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def stop_when_told() -> None:
    """Let SIGTERM and a closed terminal end us as Ctrl-C does: with every `finally` on the way."""

    def stop(number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt(number)

    for ending in ENDINGS:
        signal.signal(ending, stop)


def stop_being_told() -> None:
    """From now on we end by ourselves, and tidily: nobody can hurry us, except by `kill -9`."""
    for ending in ENDINGS:
        signal.signal(ending, signal.SIG_IGN)
