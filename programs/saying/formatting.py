"""
Values as a person reads them: money, percentages, rates, dates, countries, spans of time, counted things.

Babel knows the locales; this module only picks patterns. It never decides anything and never logs a value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from string import Formatter
from typing import Any, Protocol

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import (
    format_currency,
    format_decimal,
    format_percent,
    get_currency_precision,
    get_currency_symbol,
)
from babel.units import format_unit

CENTS = 2
LOCALES = {"en": "en_IE"}
"""
The regional form used for a language (day before month, € before the amount); others are used as they are.
"""

SPECS = (
    "",
    "money",
    "amount",
    "rate",
    "percent",
    "date",
    "weekday",
    "country",
    "span",
    "days",
    "list",
    "count",
)
RATE_DIGITS = 5
"""Significant digits of an exchange rate below 1; others have four decimals at most, as the ECB's."""


class Money(Protocol):
    """A sum in some currency (programs.saying.values.Amount)."""

    @property
    def value(self) -> Decimal:
        """The sum."""

    @property
    def currency(self) -> str:
        """Its ISO 4217 code."""


def locale_of(language: str) -> str:
    """The Babel locale in which values of this language are shown."""
    return LOCALES.get(language, language)


def money(amount: Decimal, language: str = "en") -> str:
    """An amount in EUR, "€1,200.50"; whole amounts without cents."""
    return _in_currency(amount, "EUR", language)


def amount(sum_: Money, language: str = "en") -> str:
    """A sum in its currency, "US$200", "CHF 49.50"; whole sums without cents."""
    return _in_currency(sum_.value, sum_.currency, language)


def _in_currency(value: Decimal, currency: str, language: str) -> str:
    locale = Locale.parse(locale_of(language))
    pattern = locale.currency_formats["standard"].pattern
    decimals = get_currency_precision(currency)
    if not value % 1 or decimals != CENTS:
        pattern = pattern.replace(".00", "." + "0" * decimals if value % 1 and decimals else "")
    symbol = get_currency_symbol(currency, locale)
    if symbol[-1:].isalpha():  # "CHF 200", as the Unicode standard spaces letters from digits
        pattern = re.sub(r"¤(?=[#0])", "¤\u00a0", pattern)
    return str(format_currency(value, currency, pattern, locale=locale, currency_digits=False))


def rate(value: Decimal, language: str = "en") -> str:
    """An exchange rate, "1.0842", "161.25", "0.0061234"."""
    decimals = 4 if value >= 1 else RATE_DIGITS - 1 - value.adjusted()
    return str(format_decimal(value, "#,##0." + "#" * decimals, locale=locale_of(language)))


def percent(points: Decimal, language: str = "en") -> str:
    """Percentage points, "19.5%"; at most three decimals."""
    return format_percent(points / 100, "#,##0.###%", locale=locale_of(language))


def day(value: date, language: str = "en") -> str:
    """A date, "3 May 2026"."""
    return format_date(value, "long", locale=locale_of(language))


def weekday(value: date, language: str = "en") -> str:
    """A date with its weekday, "Sunday 3 May 2026"."""
    return format_date(value, "EEEE d MMMM y", locale=locale_of(language))


def country(code: str, language: str = "en") -> str:
    """The name of a country, from its ISO 3166-1 alpha-2 code; the code itself if Babel does not know it."""
    return str(Locale.parse(locale_of(language)).territories.get(code, code))


def span(months: int, language: str = "en") -> str:
    """A number of months as years and months, "2 years and 3 months"; below two years in months."""
    if months < 24:
        return format_unit(months, "duration-month", locale=locale_of(language))
    years, rest = divmod(months, 12)
    parts = [format_unit(years, "duration-year", locale=locale_of(language))]
    if rest:
        parts.append(format_unit(rest, "duration-month", locale=locale_of(language)))
    return format_list(parts, locale=locale_of(language))


def number(value: int | Decimal, language: str = "en") -> str:
    """A number, "4", "1,200"."""
    return str(format_decimal(value, locale=locale_of(language)))


def days(value: int, language: str = "en") -> str:
    """A number of days, "1 day", "10 days"."""
    return format_unit(value, "duration-day", locale=locale_of(language))


def count(number: int, forms: str, language: str = "en") -> str:
    """A counted thing: forms "business day|business days" → "1 business day", "3 business days"."""
    one, _, other = forms.partition("|")
    locale = Locale.parse(locale_of(language))
    form = one if locale.plural_form(number) == "one" else other or one
    return f"{format_decimal(number, locale=locale)} {form}"


class _Words(Formatter):
    """str.format whose format specs are ours ({x:money}); no attribute or index access."""

    def __init__(self, language: str) -> None:
        self.language = language

    def get_field(self, field_name: str, _args: Any, kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        return kwargs[field_name], field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec.startswith("count "):
            return count(value, format_spec.removeprefix("count "), self.language)
        if format_spec == "list":
            return format_list(list(value), locale=locale_of(self.language))
        shown = {
            "money": money,
            "amount": amount,
            "rate": rate,
            "percent": percent,
            "date": day,
            "weekday": weekday,
            "country": country,
            "span": span,
            "days": days,
        }
        return shown[format_spec](value, self.language) if format_spec else str(value)  # type: ignore[operator]


def fill(template: str, params: Mapping[str, object], language: str = "en") -> str:
    """
    Fill a sentence's fields, formatted by their specs. Raises KeyError naming a field or spec that is
    missing.
    """
    return _Words(language).vformat(template, (), params)


def fields_of(template: str) -> tuple[tuple[str, str], ...]:
    """The (field, spec) pairs of a template. Raises ValueError if its braces do not match."""
    return tuple((name, spec or "") for _, name, spec, _ in Formatter().parse(template) if name is not None)
