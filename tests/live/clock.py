"""
The clock of the assistant in this process. It goes as the machine's does, and a test may set it forward.

Never back: nothing of ours expects that of it, but for the tests that are about it. What else runs in this
process keeps the machine's clock, and so does the age of a request, which is a matter of its way.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from unittest.mock import patch

ASK_THE_DATE = ("actions.bootstrap", "consent_store.clock")
ASK_THE_SECONDS = (
    "engine.channels.one_message",
    "engine.channels.rest",
    "engine.channels.widget_turns",
    "rasa.core.lock",
    "rasa.core.processor",
    "rasa.shared.core.events",
    "rasa.shared.core.trackers",
    "sealing.token",
    "tests.channels.webhooks",
)
"""The modules that read a clock by `datetime.now`, and those that do by `time.time`."""
ANY_AHEAD = 10**9
"""Seconds: Messenger's events carry the set clock, beside requests that carry the machine's."""


class Clock:
    """Says what time it is."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def forward(self, by: timedelta) -> None:
        """It is later now. Raises ValueError for a step back."""
        if by < timedelta():
            raise ValueError("the clock does not go back")
        self._ahead += by

    def now(self, tz: tzinfo | None = UTC) -> datetime:
        """The instant, aware."""
        return datetime.now(tz) + self._ahead

    def seconds(self) -> float:
        """The same in seconds since 1970."""
        return time.time() + self._ahead.total_seconds()

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Rasa, the actions, the store and the channels read this clock within the block."""
        with ExitStack() as patches:
            for module in ASK_THE_DATE:
                importlib.import_module(module)
                patches.enter_context(patch(f"{module}.datetime", _Instead(datetime, now=self.now)))
            for module in ASK_THE_SECONDS:
                importlib.import_module(module)
                patches.enter_context(patch(f"{module}.time", _Instead(time, time=self.seconds)))
            patches.enter_context(patch("engine.channels.messenger.reading.EARLIEST_SECONDS", ANY_AHEAD))
            yield


class _Instead:
    """Stands in for a class or module in which a few things differ."""

    def __init__(self, stock: Any, **others: Any) -> None:
        vars(self).update(others)
        self._stock = stock

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stock, name)
