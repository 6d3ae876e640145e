"""
Typed values out of what people type, and kind words when that fails.

A value is read or it is not: nothing is rounded, converted or guessed. Nothing that was typed is kept,
logged or put into a result. Payloads ("/…") are never values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from programs.catalogue.items import WHOLE, Item, ItemType
from programs.reading.amounts import has_percent, names_currency, read_money, read_percent
from programs.reading.choices import read_choice
from programs.reading.countries import read_country
from programs.reading.counts import read_count
from programs.reading.currencies import read_amount
from programs.reading.dates import find_days, read_date
from programs.reading.durations import read_duration
from programs.reading.numbers import find_numbers, parse_number
from programs.reading.plain import MAX_LENGTH, plain, with_digits
from programs.reading.result import NotUnderstood, Reason
from programs.reading.words import any_of, explanations, words
from programs.reading.yes_no import read_yes_no
from programs.saying.formatting import number
from programs.saying.values import Value, display

__all__ = ["NotUnderstood", "Reason", "explain", "looks_volunteered", "read_value"]

_WITH_EXPONENT = re.compile(r"(?<![^\W_])\d+(?:[.,]\d+)?e[-+−]?\d", re.IGNORECASE)
"""A number as machines write it, "1e-9": its parts are no numbers."""
_ANY_DAY = date(2026, 7, 1)
_AMOUNT_FROM = 100
"""A bare number counts as an amount from here on: "2 cards" is none, "2,000" is."""


def read_value(item: Item, text: str, *, today: date) -> Value | NotUnderstood:
    """
    The item's value in a typed answer, checked against its unit and range, or the reason why there is none.

    What a value of each type is: programs.saying.values.Value.
    """
    if text.lstrip().startswith("/"):
        return NotUnderstood("command")
    if not text.strip() or len(text) > MAX_LENGTH or _WITH_EXPONENT.search(text):
        return NotUnderstood("unreadable")
    if item.type != "choice" and re.search(any_of(words()["nothing_said"]), plain(text)):
        return NotUnderstood("unreadable")
    if item.type == "date":
        return read_date(item, text, today=today)
    return _READERS[item.type](item, text)


_READERS: Mapping[ItemType, Callable[[Item, str], Value | NotUnderstood]] = {
    "money": read_money,
    "percent": read_percent,
    "country": lambda _item, text: read_country(text),
    "choice": read_choice,
    "duration": read_duration,
    "yes_no": lambda _item, text: read_yes_no(text),
    "count": read_count,
    "amount": read_amount,
}


def looks_volunteered(text: str) -> bool:
    """
    True if the text carries an amount, a percentage or a past day ("I owe 2,000"): data given without being
    asked.
    """
    text = re.sub(any_of(words()["dates"]["not_a_date"]), " ", text[:2000])
    spoken = with_digits(plain(text))
    numbers = [found for token in find_numbers(spoken) if (found := parse_number(token)) is not None]
    if numbers and (
        names_currency(text) or has_percent(spoken) or any(abs(n) >= _AMOUNT_FROM for n in numbers)
    ):
        return True
    return bool(find_days(text, today=_ANY_DAY) - {_ANY_DAY, None})


def explain(item: Item, problem: NotUnderstood, *, language: str = "en") -> str:
    """
    A kind sentence that says what was wrong with an answer, with an example. It never repeats the answer.
    """
    sentences = explanations().get(language) or explanations()["en"]
    template: str = sentences.get(f"{problem.reason}.{item.type}") or sentences[problem.reason]
    shown = {"minimum": _limit(item, item.minimum, language), "maximum": _limit(item, item.maximum, language)}
    return template.format(example=item.examples[0], unit=item.unit or "", **shown)


def _limit(item: Item, limit: Decimal | None, language: str) -> str:
    """A limit of the item's range as the person reads it; of an amount, without a currency."""
    if limit is None or item.type == "date":
        return ""
    if item.type == "amount":
        return number(limit, language)
    return display(item, int(limit) if item.type in WHOLE else limit, language)
