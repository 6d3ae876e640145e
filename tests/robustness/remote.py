"""
A consent store in a process of its own, driven call by call.

Must never answer for the other process: what it raises or returns there comes back as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from types import MappingProxyType
from typing import Any

from consent_store import ConsentStore, StoreKeys, open_store
from tests.robustness.processes import PROCESSES
from tests.unit.consent_store.kit import FakeClock

ForkingPickler.register(MappingProxyType, lambda shown: (dict, (dict(shown),)))


def serve(pipe: Connection, url: str) -> None:
    """Do what the pipe asks, at the instant that comes with each call, until it is closed."""
    clock = FakeClock()
    store = open_store(url, keys=StoreKeys(b"m" * 32), clock=clock)
    while True:
        try:
            name, arguments, options, clock.now = pipe.recv()
        except EOFError:
            break
        try:
            pipe.send((True, getattr(store, name)(*arguments, **options)))
        except Exception as error:  # noqa: BLE001  # it is raised on the other side
            pipe.send((False, error))
    store.close()


class RemoteStore:
    """Looks like a ConsentStore; every call runs in the other process."""

    def __init__(self, url: str, clock: FakeClock) -> None:
        self._clock = clock
        self._pipe, theirs = PROCESSES.Pipe()
        self._process = PROCESSES.Process(target=serve, args=(theirs, url))
        self._process.start()
        theirs.close()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        assert callable(getattr(ConsentStore, name))

        def call(*arguments: object, **options: object) -> Any:
            self._pipe.send((name, arguments, options, self._clock.now))
            fine, result = self._pipe.recv()
            if not fine:
                raise result
            return result

        return call

    def close(self) -> None:
        """End the other process, which closes its store."""
        self._pipe.close()
        self._process.join()

    def kill(self) -> None:
        """End the other process at once."""
        self._process.kill()
        self.close()
