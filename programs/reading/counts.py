"""
How many times, out of what people type: "4", "four", "twice", "about 10 times", "never".

A count for another period than the item's is told apart, never converted: "twice a week" is no number of
times a month.
"""

from __future__ import annotations

import re
from decimal import Decimal

from programs.catalogue.items import Item
from programs.reading.amounts import names_currency
from programs.reading.mentions import (
    Mention,
    bounded,
    mentions,
    mere_number,
    the_one,
    without_approximation,
)
from programs.reading.periods import other_period
from programs.reading.plain import plain
from programs.reading.ranges import whole_in_range
from programs.reading.result import NotUnderstood
from programs.reading.spoken import with_digits
from programs.reading.words import any_of, any_pattern, words


def read_count(item: Item, text: str) -> int | NotUnderstood:
    """A whole number of times within the item's range, or the reason why not."""
    said = re.sub("€", " eur ", plain(text))
    if re.search(any_pattern(words()["counts"]["no_number"]), said):
        return NotUnderstood("unreadable")
    spoken = with_digits(_said_in_numbers(without_approximation(said)))
    spoken = re.sub(r"(?<!\w)x ?(?=\d)", "", re.sub(r"(?<=\d)x(?!\w)", " times", spoken))
    if other_period(spoken, item):
        return NotUnderstood("other_period")
    found = [each for each in mentions(spoken) if not _wrong_unit(each)]
    times = [each for each in found if each.leads("times")]
    meant = [each for each in found if each in times or not mere_number(each)]
    if not meant:
        return _without_number(item, text, spoken)
    one = the_one(meant)
    if any(each.value is None for each in meant):
        return NotUnderstood("unreadable")
    if one is None or one.value is None:
        return NotUnderstood("several")
    return NotUnderstood("not_exact") if bounded(one) else whole_in_range(item, one.value)


def _without_number(item: Item, text: str, spoken: str) -> int | NotUnderstood:
    if re.search(r"\d", spoken):
        unit = names_currency(text) or any(_wrong_unit(each) for each in mentions(spoken))
        return NotUnderstood("wrong_unit" if unit else "unreadable")
    if item.period and re.search(any_pattern(words()["periods"][item.period]), spoken):
        return whole_in_range(item, Decimal(1))  # "every month", "monthly"
    return NotUnderstood("unreadable")


def _wrong_unit(mention: Mention) -> bool:
    """Money, a share or a length of time, not a number of times."""
    unit = any_of([*words()["durations"], *words()["money"]["euro"], *words()["money"]["cents"]])
    sign = re.search(r"(?:\beur|[^\w\s.,+<>~≤≥-]) ?$", mention.before)
    return bool(re.match(rf" ?(?:[%‰$£]|{unit})", mention.after) or (sign and names_currency(sign[0])))


def _said_in_numbers(spoken: str) -> str:
    """Digits for words: once → 1, twice → 2, never → 0."""
    for number, names in words()["counts"]["numbers"].items():
        spoken = re.sub(any_pattern(names), f"{number} times", spoken)
    return spoken
