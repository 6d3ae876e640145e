"""
Run a command to its end with its words in a log file, and leave nothing of it behind when we are stopped.

Must never signal a process group that was not started here.
"""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType

from operate.keys import private_folder

ENDING_SECONDS = 5.0
TIDYING_SECONDS = 30.0
TIMED_OUT = 124


def run_logged(
    command: Sequence[str], log: Path, *, cwd: Path, environ: Mapping[str, str], seconds: float | None = None
) -> int:
    """
    Return the command's exit code; everything that it writes goes to `log`, which is begun anew.

    Raises subprocess.TimeoutExpired after `seconds`. Whatever raises here, the command and its
    children are ended.
    """
    private_folder(log.parent)
    with log.open("wb") as file:
        child = subprocess.Popen(
            command,
            cwd=cwd,
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            return child.wait(timeout=seconds)
        finally:
            end_group(child)


def run_shown(command: Sequence[str], *, cwd: Path, environ: Mapping[str, str], seconds: float) -> int:
    """
    Return the command's exit code; what it writes is shown. One that takes longer than `seconds` is
    ended: 124.

    When we are stopped, the command is interrupted and has time to put away what it started.
    """
    child = subprocess.Popen(
        command, cwd=cwd, env=dict(environ), stdin=subprocess.DEVNULL, start_new_session=True
    )
    try:
        return child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        _interrupt(child)
        return TIMED_OUT
    except KeyboardInterrupt:
        _interrupt(child)
        raise
    finally:
        end_group(child)


def _interrupt(child: subprocess.Popen[bytes]) -> None:
    signal_group(child.pid, signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        child.wait(timeout=TIDYING_SECONDS)


def end_group(child: subprocess.Popen[bytes], seconds: float = ENDING_SECONDS) -> None:
    """End the child's whole process group: asked first, forced after `seconds`."""
    if child.poll() is None:
        signal_group(child.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=seconds)
    signal_group(child.pid, signal.SIGKILL)
    child.wait()


def signal_group(group: int, number: signal.Signals) -> None:
    """Send a signal to a process group that we started; one that is already gone is fine."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def stop_when_told() -> None:
    """Let SIGTERM and a closed terminal end us as Ctrl-C does: with every `finally` on the way."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGHUP, stop)
