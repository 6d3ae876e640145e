"""
The clock of all that runs in this process. It goes as the machine's does, and a test may set it forward.

Never back: nothing of ours expects that of it, but for the tests that are about it.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from unittest.mock import patch

READERS = ("actions.bootstrap", "consent_store.clock", "engine.conversations.kept")
"""The modules of ours that read the date; seconds since 1970 are asked of `time.time` by everybody."""

_seconds = time.time


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
        return _seconds() + self._ahead.total_seconds()

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Everything of ours, and of Rasa's, reads this clock within the block."""
        with ExitStack() as patches:
            patches.enter_context(patch("time.time", self.seconds))
            for name in READERS:
                if importlib.util.find_spec(name) is None:
                    continue
                importlib.import_module(name)
                patches.enter_context(patch(f"{name}.datetime", _Dates(self)))
            yield


class _Dates:
    """Stands in for the class `datetime` where only `now` may differ."""

    def __init__(self, clock: Clock) -> None:
        self.now = clock.now

    def __getattr__(self, name: str) -> Any:
        return getattr(datetime, name)
