"""
The clock is handed in; nothing inside the consent store reads the wall clock.

Instants are aware and in UTC. A naive instant is a bug and is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The machine's clock, for the processes that put the store together (never for the domain)."""
    return datetime.now(UTC)


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
