"""
Typed values out of what people type, and kind words when that fails.

A value is read or it is not: nothing is rounded, converted or guessed. Nothing that was typed is kept,
logged or put into a result. Payloads ("/…") are never values.
"""

from __future__ import annotations

import re
from datetime import date

from programs.model import Item
from programs.reading.amounts import has_percent, names_currency, read_money, read_percent
from programs.reading.choices import read_choice
from programs.reading.countries import read_country
from programs.reading.dates import find_days, read_date
from programs.reading.numbers import find_numbers, parse_number
from programs.reading.plain import MAX_LENGTH, plain, with_digits
from programs.reading.result import NotUnderstood, Reason
from programs.reading.words import any_of, explanations, words
from programs.values import Value, display

__all__ = ["NotUnderstood", "Reason", "explain", "looks_volunteered", "read_value"]

_ANY_DAY = date(2026, 7, 1)
_AMOUNT_FROM = 100
"""A bare number counts as an amount from here on: "2 cards" is none, "2,000" is."""


def read_value(item: Item, text: str, *, today: date) -> Value | NotUnderstood:
    """
    The item's value in a typed answer, checked against its unit and range, or the reason why there is none.

    Decimal for money (EUR) and percent (points), date, ISO country code, choice key.
    """
    if text.lstrip().startswith("/"):
        return NotUnderstood("command")
    if not text.strip() or len(text) > MAX_LENGTH or re.search(any_of(words()["nothing_said"]), plain(text)):
        return NotUnderstood("unreadable")
    if item.type == "money":
        return read_money(item, text)
    if item.type == "percent":
        return read_percent(item, text)
    if item.type == "date":
        return read_date(item, text, today=today)
    return read_country(text) if item.type == "country" else read_choice(item, text)


def looks_volunteered(text: str) -> bool:
    """
    True if the text carries an amount, a percentage or a past day ("I owe 2,000"): data given without being
    asked.
    """
    text = re.sub(any_of(words()["dates"]["not_a_date"]), " ", text[:2000])
    spoken = with_digits(plain(text))
    numbers = [number for token in find_numbers(spoken) if (number := parse_number(token)) is not None]
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
    limits = {"minimum": item.minimum, "maximum": item.maximum}
    shown = {
        name: "" if limit is None or item.type == "date" else display(item, limit, language)
        for name, limit in limits.items()
    }
    return template.format(example=item.examples[0], **shown)
