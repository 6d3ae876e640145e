"""
The outcome of reading an answer that could not be used. It names the reason and never repeats what was
typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reason = Literal[
    "unreadable",
    "several",
    "ambiguous",
    "before_or_after",
    "not_exact",
    "too_low",
    "too_high",
    "in_future",
    "too_far_ahead",
    "too_long_ago",
    "not_whole",
    "other_currency",
    "no_currency",
    "ambiguous_currency",
    "wrong_unit",
    "other_period",
    "command",
]


@dataclass(frozen=True)
class NotUnderstood:
    """No value was read. `reason` says why, so that the person can be asked again with an example."""

    reason: Reason
