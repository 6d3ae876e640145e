"""
Wait until each server answers its health check.

Must never send anything but a plain GET, and never go through a proxy: the servers are on this machine.
"""

import time
from collections.abc import Callable, Iterable
from threading import Event

import httpx

from operate.services import Service

READY_SECONDS = 180.0
PAUSE_SECONDS = 0.1


def is_well(service: Service) -> bool:
    """Whether the server answers its health check with 200 now."""
    try:
        with httpx.Client(trust_env=False, timeout=2.0) as client:
            return client.get(service.health_url).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def wait_until_ready(
    wanted: Iterable[Service],
    *,
    stop: Event,
    on_ready: Callable[[Service, float], None] | None = None,
    check: Callable[[Service], bool] = is_well,
    clock: Callable[[], float] = time.monotonic,
    seconds: float = READY_SECONDS,
) -> tuple[Service, ...]:
    """
    Return the servers that are not ready: none when all is well, the rest after `seconds` or once
    `stop` is set.

    `on_ready` is called for each with the seconds that it took.
    """
    started = clock()
    waiting = list(wanted)
    while waiting and not stop.is_set() and clock() - started < seconds:
        for service in [service for service in waiting if check(service)]:
            waiting.remove(service)
            if on_ready is not None:
                on_ready(service, clock() - started)
        if waiting:
            stop.wait(PAUSE_SECONDS)
    return tuple(waiting)
