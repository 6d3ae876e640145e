"""
Business days of a country: weekends and public holidays, from the `holidays` library.

Countries that the library does not know count Monday to Friday. No clock is read here.
"""

from __future__ import annotations

from datetime import date, timedelta

import holidays
from holidays import HolidayBase

ENGLISH = "en_US"
"""The English in which the library names holidays of most countries."""


def knows_holidays(country: str) -> bool:
    """True if the public holidays of this country (ISO 3166-1 alpha-2) are known."""
    return country in holidays.list_supported_countries(include_aliases=False)


def is_business_day(day: date, country: str) -> bool:
    """True unless the day is a weekend day or a public holiday of the country."""
    return day.weekday() < 5 if not knows_holidays(country) else _calendar(country).is_working_day(day)


def add_business_days(start: date, count: int, country: str) -> date:
    """
    The business day that lies `count` business days after `start` (count ≥ 0; 0: the first one from `start`
    on).
    """
    day = start
    while not is_business_day(day, country):
        day += timedelta(days=1)
    for _ in range(count):
        day += timedelta(days=1)
        while not is_business_day(day, country):
            day += timedelta(days=1)
    return day


def holidays_between(first: date, last: date, country: str) -> tuple[tuple[date, str], ...]:
    """
    Public holidays of the country from `first` to `last` that are no weekend days anyway, with their names.
    """
    if not knows_holidays(country):
        return ()
    calendar = _calendar(country)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(
        (day, str(calendar.get(day))) for day in days if day in calendar and not calendar.is_weekend(day)
    )


def _calendar(country: str) -> HolidayBase:
    known = holidays.country_holidays(country)
    if known.default_language != ENGLISH and ENGLISH in known.supported_languages:
        return holidays.country_holidays(country, language=ENGLISH)
    return known
