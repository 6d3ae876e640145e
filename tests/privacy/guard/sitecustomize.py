"""
On PYTHONPATH, this stops a Python process from reaching beyond this machine, and notes that it tried.

The note goes to the file that ASKFIRST_TEST_ATTEMPTS names. Must never stop what stays on loopback.
"""

import ipaddress
import os
import sys

ATTEMPTS = os.environ.get("ASKFIRST_TEST_ATTEMPTS", "")
WITH_ADDRESS = ("socket.connect", "socket.sendto", "socket.sendmsg")
WITH_NAME = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")


def _stays(host: object) -> bool:
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _watch(event: str, arguments: tuple) -> None:
    if event in WITH_ADDRESS:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # a string is a socket's file
    elif event in WITH_NAME:
        host = arguments[0]
    else:
        return
    if not _stays(host):
        with open(ATTEMPTS, "a", encoding="utf-8") as file:  # noqa: PTH123, pathlib may not be there yet
            file.write(f"{os.getpid()} {sys.argv[:3]} {event} {host!r}\n")
        raise PermissionError("this test lets nothing leave the machine")


if ATTEMPTS:
    sys.addaudithook(_watch)
    if os.environ.get("ASKFIRST_TEST_WITHOUT_UVLOOP"):
        sys.modules["uvloop"] = None  # its connections are made in C, where no hook sees them
