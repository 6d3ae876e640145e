"""Whether a number that was read lies within the item's range, and is whole where it has to be."""

from __future__ import annotations

from decimal import Decimal

from programs.catalogue.items import Item
from programs.reading.result import NotUnderstood


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
