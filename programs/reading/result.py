"""
The outcome of reading an answer that could not be used. It names the reason and never repeats what was
typed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
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
    "no_unit",
    "before_tax",
    "does_not_know",
    "rather_not",
    "wait",
    "command",
]


@dataclass(frozen=True)
class NotUnderstood:
    """
    No value was read. `reason` says why, so that the person can be asked again with an example.

    `converted` is what it would be for the item's period, where that is exact: a year's sum as a month's.
    """

    reason: Reason
    converted: Decimal | None = field(default=None, compare=False)
