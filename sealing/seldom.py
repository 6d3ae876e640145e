"""
Keeps what strangers can cause out of a server's log, but for one line of a kind and a second.

Must never hold more than a few kinds in memory, nor hide an error of ours: only warnings are counted.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

SECONDS = 1.0
MOST_KINDS = 1_000
LOUD = ("actions", "engine.channels.apps.webhook", "sanic.error", "sanic.root", "uvicorn.error")
"""Loggers that write a line for a request which is refused."""


class Seldom(logging.Filter):
    """Lets one warning of the same words through in a second."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """clock: seconds, monotonic."""
        super().__init__()
        self._clock = clock
        self._latest: OrderedDict[str, float] = OrderedDict()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written."""
        if record.levelno > logging.WARNING:
            return True
        words, now = record.getMessage(), self._clock()
        if now - self._latest.get(words, now - SECONDS) < SECONDS:
            return False
        self._latest[words] = now
        self._latest.move_to_end(words)
        if len(self._latest) > MOST_KINDS:
            self._latest.popitem(last=False)
        return True


def install() -> None:
    """From now on in this process."""
    for name in LOUD:
        logger = logging.getLogger(name)
        if not any(isinstance(one, Seldom) for one in logger.filters):
            logger.addFilter(Seldom())
