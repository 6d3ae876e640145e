"""
Find and end what a run of tests left behind: every process that was told of the run's temporary folder.

As a program it does so when its standard input closes, as it does when whoever started it is gone, also by
`kill -9`. Must never end a process that does not know the folder.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from operate.children import ENDINGS

PROCESSES = Path("/proc")
ROUNDS, PAUSE_SECONDS = 50, 0.1


def those_who_know(folder: Path) -> dict[int, str]:
    """Return the ids and commands of processes with the folder in their environment or command."""
    found = {}
    for process in PROCESSES.glob("[0-9]*"):
        with suppress(OSError):
            command = (process / "cmdline").read_bytes()
            if os.fsencode(folder) in command + (process / "environ").read_bytes():
                found[int(process.name)] = command.replace(b"\0", b" ").decode(errors="replace").strip()
    return {pid: command for pid, command in found.items() if pid != os.getpid() and __name__ not in command}


def end(folder: Path, patience: int = 0) -> list[str]:
    """Kill them all and remove the folder; return who was still there after so many looks."""
    left: dict[int, str] = {}
    for look in range(ROUNDS + patience):
        known = those_who_know(folder)
        if not known:
            break
        if look >= patience:
            left.update(known)
            for pid in known:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        time.sleep(PAUSE_SECONDS)
    shutil.rmtree(folder, ignore_errors=True)
    return sorted(left.values())


@contextmanager
def guarded(folder: Path) -> Iterator[None]:
    """End all that know the folder, and remove it, also when we are killed."""
    command = [sys.executable, "-m", __name__, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True):
        yield


if __name__ == "__main__":
    for ending in ENDINGS:
        signal.signal(ending, signal.SIG_IGN)
    sys.stdin.read()
    end(Path(sys.argv[1]))
