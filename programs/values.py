"""
Values of items: their canonical text for the vault, lossless both ways, and how a person sees them.

Never rounds, never guesses: what is not of the item's type is refused, without the value in the error.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from programs import formatting
from programs.errors import ValueUnusable
from programs.model import Item

Value = Decimal | date | str
"""money (EUR) and percent (points): Decimal; date: date; country: ISO 3166-1 alpha-2; choice: its key."""


def to_text(item: Item, value: Value) -> str:
    """The canonical text of a value. Raises ValueUnusable if it is not of the item's type."""
    if item.type in ("money", "percent") and isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    if item.type == "date" and isinstance(value, date):
        return value.isoformat()
    if item.type in ("country", "choice") and isinstance(value, str):
        return value
    raise ValueUnusable(f"{item.id}: not a {item.type}")


def from_text(item: Item, text: str) -> Value:
    """The value of a canonical text, the inverse of to_text. Raises ValueUnusable if it is none."""
    try:
        if item.type in ("money", "percent"):
            return Decimal(text)
        if item.type == "date":
            return date.fromisoformat(text)
    except (InvalidOperation, ValueError):
        raise ValueUnusable(f"{item.id}: not a {item.type}") from None
    if item.type == "choice" and text not in item.choices:
        raise ValueUnusable(f"{item.id}: no such choice")
    return text


def display(item: Item, value: Value, language: str = "en") -> str:
    """A value as the person reads it: "€1,200.50", "19.5%", "3 May 2026", "Germany", a choice's label."""
    if isinstance(value, Decimal):
        return (
            formatting.money(value, language) if item.type == "money" else formatting.percent(value, language)
        )
    if isinstance(value, date):
        return formatting.day(value, language)
    if item.type == "country":
        return formatting.country(value, language)
    if value not in item.choices:
        raise ValueUnusable(f"{item.id}: no such choice")
    return item.choices[value].label
