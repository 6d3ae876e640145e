"""
See whether our servers can listen where they should, before anything starts.

Must never keep a port: it lets go at once, and the server itself takes it.
"""

import errno
import socket
from collections.abc import Iterable

from operate.errors import PortRefused, PortTaken
from operate.services import Service


def check_ports(wanted: Iterable[Service]) -> None:
    """Raise PortTaken or PortRefused for the first server that could not listen at its address."""
    seen: set[int] = set()
    for service in wanted:
        if service.port in seen:
            raise PortTaken(service.port, service.title, service.variable)
        seen.add(service.port)
        _try_to_listen(service)


def _try_to_listen(service: Service) -> None:
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            service.host, service.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port that rests after use is free
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(service.port, service.title, service.variable) from None
        reason = error.strerror or "no such address"
        raise PortRefused(service.host, service.port, service.title, service.variable, reason) from None
