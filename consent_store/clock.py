"""
The clock is handed in; nothing inside the consent store reads the wall clock, and none of its parts sees
time go back.

Instants are aware and in UTC. A naive instant is a bug and is refused.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

LEAP = timedelta(minutes=1)
"""A clock that is further ahead than this since it was last read, is read again."""

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The machine's clock, for the processes that put the store together (never for the domain)."""
    return datetime.now(UTC)


class SteadyClock:
    """
    A clock that stands still while the one behind it was set back, so that what ended stays ended.

    It knows what this process has seen, and nothing of other processes or of the time before a restart.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._guard = threading.Lock()
        self._latest = datetime.min.replace(tzinfo=UTC)

    def __call__(self) -> datetime:
        """
        The latest instant that was ever read from the clock behind. Raises ValueError for a naive one.

        A leap is believed only if a second reading confirms it.
        """
        now = utc(self._clock())
        if now - self._latest > LEAP:
            now = self.confirmed(now)
        with self._guard:
            self._latest = max(self._latest, now)
            return self._latest

    def confirmed(self, reading: datetime | None = None) -> datetime:
        """
        An instant that two readings of the clock behind agree has come, whatever was read before them; what
        is deleted for good is deleted up to it.
        """
        first = utc(self._clock()) if reading is None else reading
        return min(first, utc(self._clock()))


def utc(instant: datetime) -> datetime:
    """The same instant in UTC. Raises ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("an instant must be aware (UTC)")
    return instant.astimezone(UTC)


def to_text(instant: datetime) -> str:
    """The one way an instant is written into records: 2026-05-03T10:00:00.000000Z."""
    return utc(instant).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def from_text(text: str) -> datetime:
    """The instant that `to_text` wrote."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
