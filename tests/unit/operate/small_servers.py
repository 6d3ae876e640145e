"""
A runner over three small servers, as a program of its own, so that a test can send it real signals.

Usage: small_servers.py FOLDER PORT PORT PORT KIND. Every server has a child, whose id
it writes.
"""

import os
import sys
from pathlib import Path

from operate.errors import OperateError
from operate.logs import LogFiles
from operate.runner import Runner
from operate.services import Service
from operate.terminal import Terminal

CHILD = (
    "(trap '' TERM INT HUP; while :; do sleep 1; done) >/dev/null 2>&1 & echo $! > {folder}/{name}.child; "
)
SERVES = "exec {python} -m http.server --bind 127.0.0.1 {port}"
DEAF = "trap '' TERM INT HUP; echo $$ > {folder}/{name}.deaf; {python} -m http.server --bind 127.0.0.1 {port}"
COMMANDS = {
    "serves": (SERVES, SERVES),
    "ends": ("echo the catalogue is broken; exit 3", SERVES),
    "deaf": (DEAF, DEAF),
}


def main(folder: Path, ports: list[int], kind: str) -> int:
    """Run them to the end; return the exit code that `python -m operate run` would have."""
    names = ("rasa", "actions", "portal")
    places = zip(names, ports, strict=True)
    wanted = tuple(Service(name, f"the {name} server", "127.0.0.1", port, "X", "/") for name, port in places)
    commands = {
        service.name: (CHILD + COMMANDS[kind][service is not wanted[0]]).format(
            folder=folder, name=service.name, port=service.port, python=sys.executable
        )
        for service in wanted
    }
    terminal = Terminal()
    try:
        return Runner(wanted, LogFiles(folder / "log"), terminal).run(commands, os.environ, folder)
    except OperateError as reason:
        terminal.failed(str(reason))
        return 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [int(port) for port in sys.argv[2:5]], sys.argv[5]))
