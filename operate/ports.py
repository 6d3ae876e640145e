"""
See whether our servers can listen where they should, before anything starts.

Must never keep a port: it lets go at once, and the server itself takes it.
"""

import errno
import socket
from collections.abc import Iterable

from operate.errors import OperateError
from operate.services import Service


def check_ports(wanted: Iterable[Service]) -> None:
    """Raise OperateError for the first server that could not listen at its address."""
    seen: set[int] = set()
    for service in wanted:
        if service.port in seen:
            raise _taken(service)
        seen.add(service.port)
        try:
            _listen_once(service)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise _taken(service) from None
            raise OperateError(
                f"{service.host}:{service.port} cannot be listened on by {service.title} ({error.strerror}): "
                f"set ASKFIRST_HOST or {service.variable} to an address that this machine has."
            ) from None


def _listen_once(service: Service) -> None:
    family, kind, _, _, address = socket.getaddrinfo(
        service.host, service.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port that rests after use is free
        probe.bind(address)
        probe.listen(1)


def _taken(service: Service) -> OperateError:
    other = service.port + 10_000 if service.port < 50_000 else service.port - 1
    return OperateError(
        f"Port {service.port} is taken, and {service.title} needs it: end the program that uses it, or "
        f"choose another port with {service.variable}, for example `{service.variable}={other} make run`."
    )
