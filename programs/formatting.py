"""
Values as a person reads them: money, percentages, dates, countries, spans of months, counted things.

Babel knows the locales; this module only picks patterns. It never decides anything and never logs a value.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from string import Formatter
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit

LOCALES = {"en": "en_IE"}
"""
The regional form used for a language (day before month, € before the amount); others are used as they are.
"""

SPECS = ("", "money", "percent", "date", "weekday", "country", "span", "list", "count")


def locale_of(language: str) -> str:
    """The Babel locale in which values of this language are shown."""
    return LOCALES.get(language, language)


def money(amount: Decimal, language: str = "en") -> str:
    """An amount in EUR, "€1,200.50"; whole amounts without cents."""
    locale = Locale.parse(locale_of(language))
    pattern = locale.currency_formats["standard"].pattern
    if not amount % 1:
        pattern = pattern.replace(".00", "")
    return str(format_currency(amount, "EUR", pattern, locale=locale, currency_digits=False))


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
            "percent": percent,
            "date": day,
            "weekday": weekday,
            "country": country,
            "span": span,
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
