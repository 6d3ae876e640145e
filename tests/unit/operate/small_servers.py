"""
A runner over two small servers, as a program of its own, so that a test can send it real signals.

Usage: small_servers.py FOLDER PORT PORT KIND. Every server has a child; the ids of both are written down.
"""

import os
import sys
from pathlib import Path

from operate import runner
from operate.errors import OperateError
from operate.services import Service
from operate.terminal import Terminal

CHILD = (
    "(trap '' TERM INT HUP; while :; do sleep 1; done) >/dev/null 2>&1 & echo $! > {folder}/{name}.child; "
)
SERVES = "echo $$ > {folder}/{name}.pid; exec {python} -m http.server --bind 127.0.0.1 {port}"
LOG_BYTES = 2_000
COMMANDS = {
    "serves": SERVES,
    "ends": "echo the catalogue is broken; exit 3",
    "deaf": "trap '' TERM INT HUP; " + SERVES.replace("exec ", ""),
}


def main(folder: Path, ports: list[int], kind: str) -> int:
    """Run them to the end; return the exit code that `python -m operate run` would have."""
    runner.LOOK_SECONDS, runner.PATIENCE = 0.05, 1
    places = zip(("rasa", "portal"), ports, strict=True)
    wanted = tuple(Service(name, f"the {name} server", "127.0.0.1", port, "X", "/") for name, port in places)
    commands = {
        service.name: (CHILD + COMMANDS[kind if service.name == "rasa" else "serves"]).format(
            folder=folder, name=service.name, port=service.port, python=sys.executable
        )
        for service in wanted
    }
    terminal = Terminal()
    try:
        small = runner.Runner(wanted, folder / "log", terminal, log_bytes=LOG_BYTES)
        return small.run(commands, os.environ, folder)
    except OperateError as reason:
        terminal.failed(str(reason))
        return 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [int(port) for port in sys.argv[2:4]], sys.argv[4]))
