"""
How many times, out of what people type: "4", "four", "twice", "about 10 times", "never".

A count for another period than the item's is told apart, never converted: "twice a week" is no number of
times a month.
"""

from __future__ import annotations

import re

from programs.catalogue.items import Item
from programs.reading.amounts import names_currency, other_period
from programs.reading.numbers import find_numbers, parse_number
from programs.reading.plain import plain, with_digits
from programs.reading.ranges import whole_in_range
from programs.reading.result import NotUnderstood
from programs.reading.words import any_of, any_pattern, words


def read_count(item: Item, text: str) -> int | NotUnderstood:
    """A whole number of times within the item's range, or the reason why not."""
    spoken = with_digits(_said_in_numbers(plain(text)))
    numbers = {
        parse_number(token)
        for token in find_numbers(re.sub(r"(?<=\d) ?(?:x|times?)(?!\w)|(?<!\w)x ?(?=\d)", " ", spoken))
    }
    if other_period(spoken, item):
        return NotUnderstood("other_period")
    if not numbers and item.period and re.search(any_pattern(words()["periods"][item.period]), spoken):
        numbers = {parse_number("1")}  # "every month", "monthly"
    if not numbers or None in numbers:
        return NotUnderstood("unreadable")
    if len(numbers) > 1:
        return NotUnderstood("several")
    if re.search(any_of(set(words()["not_exact"]) - set(words()["counts"]["times"])), spoken):
        return NotUnderstood("not_exact")
    if names_currency(text) or re.search(rf"\d ?(?:[%‰]|{any_of(words()['durations'])})", spoken):
        return NotUnderstood("wrong_unit")
    number = numbers.pop()
    return NotUnderstood("unreadable") if number is None else whole_in_range(item, number)


def _said_in_numbers(spoken: str) -> str:
    """Digits for words: once → 1, twice → 2, never → 0."""
    for number, names in words()["counts"]["numbers"].items():
        spoken = re.sub(any_of(names), str(number), spoken)
    return spoken
