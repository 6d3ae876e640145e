"""
Runs a command that can reach nothing but this machine, and notes every attempt to reach more.

`python -m tests.privacy.alone ATTEMPTS COMMAND…`, as root of a network namespace of its own (`unshare -n`,
or `-rn`): all that would leave goes to the loopback device, where it is seen and goes nowhere. Where the
kernel gives us no namespace, the processes' own hooks (guard/sitecustomize.py) stop and note what they can.
"""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUARD = Path(__file__).parent / "guard"
INSIDE = "import sys; from tests.privacy.alone import inside; sys.exit(inside(sys.argv[1], sys.argv[2:]))"
WAYS_IN = (("unshare", "--net"), ("unshare", "--map-root-user", "--net"))
SETTING_UP = (
    ("ip", "link", "set", "lo", "up"),
    ("ip", "route", "add", "default", "dev", "lo"),
)
SETTING_UP_6 = ("ip", "-6", "route", "add", "default", "dev", "lo")
IPV4, IPV6 = 0x0800, 0x86DD
EVERY_PROTOCOL = 3
CATCHING_UP_SECONDS = 30.0


def way_in() -> tuple[str, ...] | None:
    """The command that opens a namespace here; None if the kernel gives none, or `ip` is missing."""
    for way in WAYS_IN:
        script = " && ".join(" ".join(line) for line in SETTING_UP)
        try:
            done = subprocess.run((*way, "sh", "-c", script), capture_output=True, check=False)
        except OSError:
            return None
        if done.returncode == 0:
            return way
    return None


def run_alone(
    command: Sequence[str], attempts: Path, environ: Mapping[str, str], *, way: tuple[str, ...] | None
) -> subprocess.CompletedProcess[str]:
    """Run it to its end. `way`: what way_in() gave. Attempts are lines of the file."""
    attempts.touch()
    path = os.pathsep.join(filter(None, (str(GUARD), environ.get("PYTHONPATH"))))
    hooks = {"PYTHONPATH": path, "ASKFIRST_TEST_ATTEMPTS": str(attempts)}
    if way is None:
        hooks["ASKFIRST_TEST_WITHOUT_UVLOOP"] = "1"
        whole = tuple(command)
    else:
        whole = (*way, sys.executable, "-c", INSIDE, str(attempts), *command)
    return subprocess.run(
        whole, cwd=ROOT, env={**environ, **hooks}, capture_output=True, text=True, check=False
    )


def inside(attempts: str, command: Sequence[str]) -> int:
    """In the namespace: close it, watch it, run the command, give its exit code."""
    for line in SETTING_UP:
        subprocess.run(line, check=True)
    subprocess.run(SETTING_UP_6, check=False, capture_output=True)
    watcher = Watcher(Path(attempts))
    watcher.start()
    code = subprocess.call(list(command))
    watcher.catch_up()
    return code


class Watcher(threading.Thread):
    """Notes every address beyond this machine that a packet of this namespace is for."""

    def __init__(self, attempts: Path) -> None:
        super().__init__(daemon=True)
        self._attempts = attempts
        self._wire = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(EVERY_PROTOCOL))
        self._last_word = secrets.token_bytes(16)
        self._caught_up = threading.Event()

    def run(self) -> None:
        """Until the last word, a packet of our own."""
        seen: set[str] = set()
        while not self._caught_up.is_set():
            packet, (_, protocol, *_) = self._wire.recvfrom(65_535)
            beyond = _beyond(packet, protocol) - seen
            seen |= beyond
            with self._attempts.open("a", encoding="utf-8") as file:
                file.writelines(f"a packet to {each}\n" for each in beyond)
            if self._last_word in packet:
                self._caught_up.set()

    def catch_up(self) -> None:
        """Return when every packet that was sent before has been looked at."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.sendto(self._last_word, ("127.0.0.1", 9))
        if not self._caught_up.wait(CATCHING_UP_SECONDS):
            raise TimeoutError("the watcher saw nothing of its own packet")


def _beyond(packet: bytes, protocol: int) -> set[str]:
    """The address that a packet is for, unless it is this machine's own."""
    place = {IPV4: slice(16, 20), IPV6: slice(24, 40)}.get(protocol)
    if place is None:
        return set()
    address = ip_address(packet[place])
    return set() if address.is_loopback else {str(address)}
