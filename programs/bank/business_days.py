"""
Business days: of a country (weekends and public holidays), of several at once, and of payments in euro.

From the `holidays` library. Countries that it does not know count Monday to Friday. No clock is read here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

import holidays
from holidays import HolidayBase

ENGLISH = "en_US"
"""The English in which the library names holidays of most countries."""
TARGET = "XECB"
"""The library's name for the closing days of T2, the Eurosystem's settlement service (once TARGET2)."""
OpenOn = Callable[[date], bool]
"""True on the days that count."""


def knows_holidays(country: str) -> bool:
    """True if the public holidays of this country (ISO 3166-1 alpha-2) are known."""
    return country in holidays.list_supported_countries(include_aliases=False)


def is_business_day(day: date, country: str) -> bool:
    """True unless the day is a weekend day or a public holiday of the country."""
    return day.weekday() < 5 if not knows_holidays(country) else _calendar(country).is_working_day(day)


def is_target_day(day: date) -> bool:
    """
    True if payments in euro are settled on this day: Monday to Friday except 1 January, Good Friday, Easter
    Monday, 1 May, 25 and 26 December (Guideline (EU) 2022/912, Annex I, Part III).
    """
    return day.weekday() < 5 and day not in _target(day.year, day.year)


def open_in(*countries: str) -> OpenOn:
    """True on the days that are business days in all of these countries."""
    return lambda day: all(is_business_day(day, country) for country in countries)


def add_days(start: date, count: int, open_on: OpenOn) -> date:
    """
    The open day that lies `count` open days after `start` (count ≥ 0; 0: the first one from `start` on).
    """
    day = _first_open(start, open_on)
    for _ in range(count):
        day = _first_open(day + timedelta(days=1), open_on)
    return day


def add_business_days(start: date, count: int, country: str) -> date:
    """
    The business day that lies `count` business days after `start` (count ≥ 0; 0: the first one from `start`
    on).
    """
    return add_days(start, count, open_in(country))


def holidays_between(first: date, last: date, country: str) -> tuple[tuple[date, str], ...]:
    """
    Public holidays of the country from `first` to `last` that are no weekend days anyway, with their names.
    """
    return _named(first, last, _calendar(country)) if knows_holidays(country) else ()


def target_closings_between(first: date, last: date) -> tuple[tuple[date, str], ...]:
    """The days from `first` to `last` on which payments in euro rest though it is no weekend, with names."""
    return _named(first, last, _target(first.year, last.year))


def _named(first: date, last: date, calendar: HolidayBase) -> tuple[tuple[date, str], ...]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(
        (day, str(calendar.get(day))) for day in days if day in calendar and not calendar.is_weekend(day)
    )


def _first_open(day: date, open_on: OpenOn) -> date:
    while not open_on(day):
        day += timedelta(days=1)
    return day


def _calendar(country: str) -> HolidayBase:
    known = holidays.country_holidays(country)
    if known.default_language != ENGLISH and ENGLISH in known.supported_languages:
        return holidays.country_holidays(country, language=ENGLISH)
    return known


@cache
def _target(first_year: int, last_year: int) -> HolidayBase:
    """Filled before it is kept, so that it never changes while somebody reads it."""
    return holidays.financial_holidays(TARGET, years=range(first_year, last_year + 1))
