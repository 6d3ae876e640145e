"""
The test command with two sections whose servers try to outlive everything, as a program of its own.

Usage: small_checks.py FOLDER. The sections write the ids of their processes into it; PARENT is where the
temporary folder is made.
"""

import os
import sys
from functools import partial
from pathlib import Path

from rich.console import Console

from operate import checks
from operate.children import stop_when_told
from operate.results import Result, recorded
from operate.sections import Place, Section
from operate.terminal import Terminal

TESTS = """
import os, signal, subprocess, sys, time
from pathlib import Path

def test_first(): pass

def test_starts_a_server_and_waits():
    command = "import signal, time; [signal.signal(n, signal.SIG_IGN) for n in (1, 2, 15)]; time.sleep(600)"
    server = subprocess.Popen([sys.executable, "-c", command], start_new_session=True)
    Path({folder!r}, "{name}.pids").write_text(f"{{os.getpid()}} {{server.pid}}")
    {then}

def test_last(): pass
"""
THEN = {"waits": "time.sleep(600)", "leaves": "pass"}


def _section(folder: Path, name: str, then: str) -> Section:
    source = folder / f"test_{name}.py"
    source.write_text(TESTS.format(folder=str(folder), name=name, then=THEN[then]), encoding="utf-8")

    def check(place: Place) -> Result:
        record = f"--record={folder / name}"
        command = (sys.executable, "-m", "pytest", "-p", "xdist", "-p", "operate.record", record, "-n", "1")
        options = ("-p", "no:cacheprovider", f"--rootdir={folder}", str(source))
        return recorded(folder / name, place.run((*command, *options)))

    return Section(name, name, check)


def main(folder: Path, then: str) -> int:
    """Run them; return the exit code."""
    stop_when_told()
    checks.AT_ONCE, checks.PATIENCE = 2, 2
    checks.temporary_folder = partial(checks.temporary_folder, folder)
    names = ("one", "two", "three") if then == "waits" else ("one",)
    environ = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    plan = checks.Plan([_section(folder, name, then) for name in names], environ, folder / "results", seed=5)
    return checks.Checks(plan, Terminal(Console(width=200))).run()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
