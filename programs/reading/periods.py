"""
For which period an amount, a rate or a count is said: "a month", "p.w.", "every fortnight".

A year is exactly twelve months; weeks and months have no exact relation.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from programs.catalogue.items import Item
from programs.reading.ranges import in_range
from programs.reading.result import NotUnderstood
from programs.reading.words import any_pattern, words

MONTHS_IN_A_YEAR = 12
LONGEST_FIRST = ("fortnight", "quarter", "hour", "day", "week", "month", "year")


def other_period(spoken: str, item: Item) -> str | None:
    """The period that a plain text names and the item is not for, or None."""
    named = periods(spoken)
    if not named or item.period in named:
        return None
    return next(iter(named))


def for_another(spoken: str, item: Item, number: Decimal) -> NotUnderstood | None:
    """The reason if a number is said for another period than the item's, with what is exact for its own."""
    named = other_period(spoken, item)
    if named is None:
        return None
    if (named, item.period) != ("year", "month") or item.type == "percent":
        return NotUnderstood("other_period")
    share = number / MONTHS_IN_A_YEAR
    places = Decimal(1) if item.type == "count" else Decimal("0.01")
    fits = share == share.quantize(places) and not isinstance(in_range(item, share), NotUnderstood)
    return NotUnderstood("other_period", share.quantize(places) if fits else None)


def periods(spoken: str) -> tuple[str, ...]:
    """The periods that a plain text names; a longer name goes before a shorter one within it."""
    spoken = re.sub(r"(?<=[\dr€k])/", " /", spoken)
    found = []
    for period in LONGEST_FIRST:
        spoken, times = _pattern(period).subn(" ", spoken)
        found += [period] if times else []
    return tuple(found)


@cache
def _pattern(period: str) -> re.Pattern[str]:
    return re.compile(any_pattern(words()["periods"][period]))
