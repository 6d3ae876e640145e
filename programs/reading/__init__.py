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
from programs.reading import silence
from programs.reading.amounts import has_percent, names_currency, read_money, read_percent
from programs.reading.choices import read_choice, says_listed
from programs.reading.corrections import corrections, corrects, ends_corrected, last_number, unit_of
from programs.reading.countries import read_country
from programs.reading.counts import read_count
from programs.reading.currencies import read_amount
from programs.reading.dates import find_days, read_date
from programs.reading.durations import read_duration
from programs.reading.numbers import find_numbers, parse_number
from programs.reading.plain import MAX_LENGTH, plain
from programs.reading.result import NotUnderstood, Reason
from programs.reading.spoken import with_digits
from programs.reading.words import any_of, explanations, words
from programs.reading.yes_no import read_yes_no
from programs.saying.formatting import number
from programs.saying.values import Value, display

__all__ = ["NotUnderstood", "Reason", "explain", "looks_volunteered", "read_value", "says_listed"]

_WITH_EXPONENT = re.compile(r"(?<![^\W_])\d+(?:[.,]\d+)?e[-+−]?\d", re.IGNORECASE)
"""A number as machines write it, "1e-9": its parts are no numbers."""
MAY_BE_NONE = frozenset(
    {"unreadable", "ambiguous", "several", "not_exact", "wrong_unit", "no_currency", "no_unit"}
)
"""Reasons with which an answer may turn out to be none at all: "no idea", "one second"."""
_ANY_DAY = date(2026, 7, 1)
_AMOUNT_FROM = 100
"""A bare number counts as an amount from here on: "2 cards" is none, "2,000" is."""


def read_value(item: Item, text: str, *, today: date) -> Value | NotUnderstood:
    """
    The item's value in a typed answer, checked against its unit and range, or the reason why there is none.

    What a value of each type is: programs.saying.values.Value. A correction counts as the new value.
    """
    if text.lstrip().startswith("/"):
        return NotUnderstood("command")
    if not text.strip() or len(text) > MAX_LENGTH or _WITH_EXPONENT.search(text):
        return NotUnderstood("unreadable")
    said = plain(text)
    if item.type not in ("yes_no", "choice") and silence.rather_not(said):
        return NotUnderstood("rather_not")
    value = _as_corrected(item, text, today)
    if isinstance(value, NotUnderstood):
        may_be_none = {"unreadable"} if item.type == "choice" else MAY_BE_NONE
        return (value.reason in may_be_none and silence.why_none(said)) or value
    return value


def _as_corrected(item: Item, text: str, today: date) -> Value | NotUnderstood:
    """The value that was said last, if the answer corrects itself; else the one value that it holds."""
    if item.type == "yes_no":
        return _read(item, text, today)
    said = plain(text)
    for before, after in corrections(said):
        if after and _carries(item, before, today):
            return _read(item, _with_unit(item, before, after), today)
    ended = ends_corrected(said)
    last = last_number(ended) if ended and item.type not in ("date", "choice", "country") else None
    if ended and last:
        return _read(item, _with_unit(item, ended, last), today)
    return _read(item, text, today)


def _carries(item: Item, before: str, today: date) -> bool:
    """Whether there is something before a word of correction that it can correct."""
    if item.type in ("choice", "country", "date"):
        found = _read(item, before, today)
        return not isinstance(found, NotUnderstood) or found.reason not in ("unreadable", "does_not_know")
    return bool(find_numbers(with_digits(before, money=item.type in ("money", "amount"))))


def _with_unit(item: Item, before: str, after: str) -> str:
    """A length of time that was corrected keeps its unit: "16 months, sorry, 18"."""
    unit = unit_of(before)
    return f"{after} {unit}" if item.type == "duration" and unit and not unit_of(after) else after


def _read(item: Item, text: str, today: date) -> Value | NotUnderstood:
    if item.type == "date":
        return read_date(item, text, today=today)
    return _READERS[item.type](item, text)


_READERS: Mapping[ItemType, Callable[[Item, str], Value | NotUnderstood]] = {
    "money": read_money,
    "percent": read_percent,
    "country": read_country,
    "choice": read_choice,
    "duration": read_duration,
    "yes_no": read_yes_no,
    "count": read_count,
    "amount": read_amount,
}


def says_correction(text: str) -> bool:
    """True if the text corrects something that was said before: "sorry, I meant 2,300"."""
    return corrects(plain(text))


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
    finer = "converted" if problem.converted is not None else item.type
    template: str = sentences.get(f"{problem.reason}.{finer}") or sentences[problem.reason]
    shown = {"minimum": _limit(item, item.minimum, language), "maximum": _limit(item, item.maximum, language)}
    shown["find_it"] = item.find_it or ""
    shown["converted"] = _limit(item, problem.converted, language)
    return " ".join(template.format(example=item.examples[0], unit=item.unit or "", **shown).split())


def _limit(item: Item, limit: Decimal | None, language: str) -> str:
    """A limit of the item's range as the person reads it; of an amount, without a currency."""
    if limit is None or item.type == "date":
        return ""
    if item.type == "amount":
        return number(limit, language)
    return display(item, int(limit) if item.type in WHOLE else limit, language)
