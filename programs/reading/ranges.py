"""Whether a number or a day that was read lies within the item's range, and is whole where it has to be."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from programs.catalogue.items import Item
from programs.reading.named_days import Days
from programs.reading.result import NotUnderstood

HALF_A_YEAR = timedelta(days=183)
"""A day without its year is never meant farther away than this."""


def in_range(item: Item, number: Decimal) -> Decimal | NotUnderstood:
    """The number, or why it is none of the item's."""
    if item.minimum is not None and number < item.minimum:
        return NotUnderstood("too_low")
    if item.maximum is not None and number > item.maximum:
        return NotUnderstood("too_high")
    return number


def whole_in_range(item: Item, number: Decimal) -> int | NotUnderstood:
    """The number as a whole one; nothing is rounded."""
    found = in_range(item, number)
    if isinstance(found, NotUnderstood):
        return found
    return NotUnderstood("not_whole") if found % 1 else int(found)


def day_in_range(item: Item, meant: Days, today: date) -> date | NotUnderstood:
    """The day; of several that may be meant the only one that the item allows, if it is not far away."""
    possible = [day for day in meant if _outside(item, day, today) is None]
    if not possible:
        day = nearest(meant, today)
        return _outside(item, day, today) or day
    day, *others = possible
    if others or (len(meant) > 1 and abs(day - today) > HALF_A_YEAR):
        return NotUnderstood("before_or_after")
    return day


def nearest(days: Days, today: date) -> date:
    """The day that is least far from today."""
    return min(days, key=lambda day: abs(day - today))


def _outside(item: Item, day: date, today: date) -> NotUnderstood | None:
    distance = (day - today).days
    if item.maximum is not None and distance > item.maximum:
        return NotUnderstood("too_far_ahead" if item.maximum > 0 else "in_future")
    if item.minimum is not None and distance < item.minimum:
        return NotUnderstood("too_long_ago")
    return None
