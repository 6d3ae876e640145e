"""
Values of items: their canonical text for the vault, lossless both ways, and how a person sees them.

Never rounds, never guesses: what is not of the item's type is refused, without the value in the error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from babel.numbers import list_currencies

from programs.catalogue.errors import ValueUnusable
from programs.catalogue.items import Item, ItemType
from programs.catalogue.yaml_files import load_yaml
from programs.saying import formatting


@dataclass(frozen=True)
class Amount:
    """A sum of money in a currency (ISO 4217 code)."""

    value: Decimal
    currency: str


Value = Decimal | date | str | int | bool | Amount
"""
money (EUR) and percent (points): Decimal; date: date; country: ISO 3166-1 alpha-2; choice: its key; duration
(in the item's unit) and count: int; yes_no: bool; amount: Amount.
"""


def to_text(item: Item, value: Value) -> str:
    """The canonical text of a value. Raises ValueUnusable if it is not of the item's type."""
    if _is_of_type(item, value):
        if isinstance(value, Amount):
            return f"{value.value:f} {value.currency}"
        if isinstance(value, bool):
            return "yes" if value else "no"
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    raise ValueUnusable(f"{item.id}: not a {item.type}")


def from_text(item: Item, text: str) -> Value:
    """The value of a canonical text, the inverse of to_text. Raises ValueUnusable if it is none."""
    try:
        value = _READ[item.type](text)
    except (ArithmeticError, KeyError, ValueError):
        raise ValueUnusable(f"{item.id}: not a {item.type}") from None
    if not _is_of_type(item, value):
        raise ValueUnusable(f"{item.id}: not a {item.type}")
    return value


def display(item: Item, value: Value, language: str = "en") -> str:
    """
    A value as the person reads it: "€1,200.50", "19.5%", "3 May 2026", "Germany", a choice's label, "2 years
    and 3 months", "Yes", "4", "US$200".
    """
    if not _is_of_type(item, value):
        raise ValueUnusable(f"{item.id}: not a {item.type}")
    named = answers(item, language)
    if named:
        return named[to_text(item, value)]
    return _shown(item)(value, language)


def answers(item: Item, language: str = "en") -> Mapping[str, str]:
    """
    The few possible answers of an item, for buttons: what a press answers → the words on the button. Empty
    for an item whose value is typed.
    """
    if item.type == "yes_no":
        return dict(_words().get(language) or _words()["en"])
    return {key: choice.label for key, choice in item.choices.items()}


def is_currency(code: str) -> bool:
    """True for an ISO 4217 code that Babel knows."""
    return code in list_currencies()


def _shown(item: Item) -> Callable[[Any, str], str]:
    if item.type == "duration":
        return formatting.span if item.unit == "month" else formatting.days
    shown: Mapping[ItemType, Callable[[Any, str], str]] = {
        "money": formatting.money,
        "percent": formatting.percent,
        "date": formatting.day,
        "country": formatting.country,
        "count": formatting.number,
        "amount": formatting.amount,
    }
    return shown[item.type]


def _is_of_type(item: Item, value: object) -> bool:
    if isinstance(value, bool) or item.type == "yes_no":
        return isinstance(value, bool) and item.type == "yes_no"
    if item.type == "choice":
        return value in item.choices if isinstance(value, str) else False
    if isinstance(value, Decimal):
        return item.type in ("money", "percent") and value.is_finite()
    if isinstance(value, Amount):
        return item.type == "amount" and value.value.is_finite() and is_currency(value.currency)
    of: Mapping[type, tuple[ItemType, ...]] = {date: ("date",), str: ("country",), int: ("duration", "count")}
    return item.type in of.get(type(value), ())


def _int(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]+", text):
        raise ValueError
    return int(text)


def _amount(text: str) -> Amount:
    value, currency = text.split(" ")
    return Amount(Decimal(value), currency)


_READ: Mapping[ItemType, Callable[[str], Value]] = {
    "money": Decimal,
    "percent": Decimal,
    "date": date.fromisoformat,
    "country": str,
    "choice": str,
    "duration": _int,
    "yes_no": {"yes": True, "no": False}.__getitem__,
    "count": _int,
    "amount": _amount,
}


@cache
def _words() -> Any:
    return load_yaml(Path(__file__).with_suffix(".yml"))
