"""
Business days, counted in one way only: of a country's banks, of several at once, and of payments in euro.

From the `holidays` library. Countries that it does not know count Monday to Friday. No clock is read here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays
from holidays import HolidayBase
from holidays.constants import OPTIONAL, PUBLIC

ENGLISH = "en_US"
"""The English in which the library names holidays of most countries."""
TARGET = "XECB"
"""The library's name for the closing days of T2, the Eurosystem's settlement service (once TARGET2)."""
A_DAY = timedelta(days=1)
OpenOn = Callable[[date], bool]
"""True on the days that count."""


@dataclass(frozen=True)
class _Custom:
    """On which days the banks of a country are closed beside its public holidays."""

    categories: tuple[str, ...]
    """Of the library; its OPTIONAL days of Ireland are Good Friday alone."""
    moves: bool
    """A public holiday on a Saturday or Sunday closes them on the next day that is open otherwise."""


BANKS = {"IE": _Custom((PUBLIC, OPTIONAL), moves=True)}
"""Good Friday is no public holiday in Ireland, but no bank opens (programs/transfer_timing/README.md)."""
AS_THE_LAW = _Custom((PUBLIC,), moves=False)


def knows_holidays(country: str) -> bool:
    """True if the public holidays of this country (ISO 3166-1 alpha-2) are known."""
    return country in holidays.list_supported_countries(include_aliases=False)


def is_business_day(day: date, country: str) -> bool:
    """True unless the day is a weekend day, or one on which the country's banks are closed."""
    if not knows_holidays(country):
        return day.weekday() < 5
    if day in _closed(country, day.year):
        return False
    return _calendar(country, day.year).is_working_day(day)


def is_target_day(day: date) -> bool:
    """
    True if payments in euro are settled on this day: Monday to Friday except 1 January, Good Friday, Easter
    Monday, 1 May, 25 and 26 December (Guideline (EU) 2022/912, Annex I, Part III).
    """
    return day.weekday() < 5 and day not in _target(day.year, day.year)


def open_in(*countries: str) -> OpenOn:
    """True on the days that are business days in all of these countries."""
    return lambda day: all(is_business_day(day, country) for country in countries)


def first_open(day: date, open_on: OpenOn) -> date:
    """
    The day itself if it is open, else the next one that is: when an order counts as received (PSD2, Article
    78(1)).
    """
    while not open_on(day):
        day += A_DAY
    return day


def open_day_after(day: date, count: int, open_on: OpenOn) -> date:
    """
    The open day number `count` after a day, which itself does not count, open or not (Regulation (EEC,
    Euratom) No 1182/71, Article 3): one after a Saturday is Monday. 0: `first_open`.
    """
    if count == 0:
        return first_open(day, open_on)
    for _ in range(count):
        day = first_open(day + A_DAY, open_on)
    return day


def open_day_before(day: date, count: int, open_on: OpenOn) -> date:
    """The open day number `count` before a day, which itself does not count."""
    for _ in range(count):
        day -= A_DAY
        while not open_on(day):
            day -= A_DAY
    return day


def holidays_between(first: date, last: date, country: str) -> tuple[tuple[date, str], ...]:
    """
    The days from `first` to `last` on which the country's banks are closed though it is no weekend, with
    names.
    """
    if not knows_holidays(country):
        return ()
    closed = {day: name for year in range(first.year, last.year + 1) for day, name in _named(country, year)}
    return tuple((day, closed[day]) for day in sorted(closed) if first <= day <= last)


def target_closings_between(first: date, last: date) -> tuple[tuple[date, str], ...]:
    """The days from `first` to `last` on which payments in euro rest though it is no weekend, with names."""
    calendar = _target(first.year, last.year)
    days = sorted(day for day in calendar if first <= day <= last and not calendar.is_weekend(day))
    return tuple((day, str(calendar.get(day))) for day in days)


def _named(country: str, year: int) -> list[tuple[date, str]]:
    calendar = _calendar(country, year)
    return [(day, name) for day, name in _closed(country, year).items() if not calendar.is_weekend(day)]


@cache
def _closed(country: str, year: int) -> Mapping[date, str]:
    """The days on which the country's banks are closed, with their names; weekend days are not all there."""
    calendar = _calendar(country, year)
    closed = {day: str(calendar.get(day)) for day in sorted(calendar) if day.year == year}
    if BANKS.get(country, AS_THE_LAW).moves:
        for day, name in tuple(closed.items()):
            if calendar.is_weekend(day):
                instead = first_open(day, lambda d: not calendar.is_weekend(d) and d not in closed)
                closed[instead] = name
    return closed


@cache
def _calendar(country: str, year: int) -> HolidayBase:
    """Filled before it is kept, so that it never changes while somebody reads it."""
    categories = BANKS.get(country, AS_THE_LAW).categories
    known = holidays.country_holidays(country, years=year, expand=False, categories=categories)
    if known.default_language != ENGLISH and ENGLISH in known.supported_languages:
        return holidays.country_holidays(
            country, years=year, expand=False, categories=categories, language=ENGLISH
        )
    return known


@cache
def _target(first_year: int, last_year: int) -> HolidayBase:
    """Filled before it is kept, so that it never changes while somebody reads it."""
    return holidays.financial_holidays(TARGET, years=range(first_year, last_year + 1))
