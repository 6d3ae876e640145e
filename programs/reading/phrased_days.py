"""
Days that are said by counting, or by name: "a week ago yesterday", "two Fridays ago", "the 18th".

Each phrase gives the days that it can mean; none, if it is no whole number of days.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import cache

from dateutil.relativedelta import relativedelta

from programs.reading.calendar_words import weekday_names, weekdays
from programs.reading.named_days import Days, Reader, named_days

UNITS = {"day": "days", "week": "weeks", "fortnight": "weeks", "month": "months", "year": "years"}
_LENGTH = r"(?<![\w.,])(an?|\d{1,12}(?:\.\d+)?|half an?) (day|week|fortnight|month|year)s?"
_ORDINAL = r"(?<![\w.,/])(?:(?:on )?the )?(\d{1,2})(?:st|nd|rd|th)"
_BEFORE_NOTHING = (
    r"(?= ?(?:$|[.,;:!?)]|(?:and|or|at|around|about|i|it|in the|please|pls|when|so|but|of|for|this|last|again"
    r"|maybe|after|before|to|the|by|with|from)(?!\w)))"
)


def phrased_days(spoken: str, today: date, *, ahead: bool, by_number: bool = False) -> tuple[list[Days], str]:
    """
    The days of each phrase in a plain text with digits, and the text without the phrases.

    by_number: only phrases like "the 18th", to be looked for where no full date is left.
    """
    found: list[Days] = []
    for pattern, read in _by_number() if by_number else _phrases():

        def taken(match: re.Match[str], read: Reader = read) -> str:
            found.append(read(match, today, ahead))
            return " # "

        spoken = pattern.sub(taken, spoken)
    return found, spoken


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], Reader], ...]:
    """Patterns with what they mean, those first that hold others."""
    week = rf"({weekday_names()})"
    length = _LENGTH
    joined = rf"{length}(?:,? and|,| &)? {length}"
    patterns: list[tuple[str, Reader]] = [
        (rf"{joined} ago(?! (?:last|on|this) )(?: (today|yesterday))?(?!\w)", _ago),
        (rf"{length} and (?:a|1|one) (half|quarter) ago(?!\w)", _none),
        (rf"{length} ago (?:on |last |this )?{week}(?!\w)", _ago_on_a_weekday),
        (rf"{length} ago(?: (today|yesterday))?(?!\w)", _ago),
        (rf"{length} (?:last|past|back last) {week}(?!\w)", _before_last_weekday),
        (rf"{length} (?:yesterday|today|tomorrow)(?!\w)", _none),
        (rf"(?<!\w)(?:the )?{week} before last(?!\w)", lambda m, today, _: _weekdays_ago(m[1], 2, today)),
        (rf"(?<!\w)(\d{{1,2}}) {week}s? (?:ago|back)(?!\w)", _nth_weekday_ago),
        (rf"(?<!\w)(?:last {week} week|week last {week})(?!\w)", _none),
        (
            rf"(?<!\w){week} (?:of )?(last|this|next) week(?!\w)",
            lambda m, today, _: _of_week(m[1], m[2], today),
        ),
        (
            rf"(?<!\w)(last|next) week(?:,| on)? (?:the )?{week}(?!\w)",
            lambda m, today, _: _of_week(m[2], m[1], today),
        ),
        (rf"(?<!\w)(today|tomorrow|{weekday_names()}) week(?!\w)", _week_after),
        (r"(?<!\w)this (?:day|time) (last|next) (week|month|year)(?!\w)", _this_day),
        (
            rf"(?<!\w){week} (?:last|gone|past)(?! (?:week|month|year))(?!\w)",
            lambda m, today, _: _weekdays_ago(m[1], 1, today),
        ),
    ]
    return tuple((re.compile(pattern), read) for pattern, read in [*named_days(), *patterns])


@cache
def _by_number() -> tuple[tuple[re.Pattern[str], Reader], ...]:
    week = rf"({weekday_names()})"
    patterns: list[tuple[str, Reader]] = [
        (
            rf"(?<!\w){week},? (?:the )?(\d{{1,2}})(?:st|nd|rd|th)(?! (?:of )?(?:this|last|next) )(?!\w)",
            _weekday_and_day,
        ),
        (rf"{_ORDINAL},? (?:of )?(?:(this|last|next) month|the month)(?!\w)", _day_of_month),
        (rf"{_ORDINAL}{_BEFORE_NOTHING}(?! ?(?:of|this|last) )", _latest_day),
    ]
    return tuple((re.compile(pattern), read) for pattern, read in patterns)


def _none(_match: re.Match[str], _today: date, _ahead: bool) -> Days:
    return frozenset()


def _minus(day: date, count: str, unit: str) -> date | None:
    """The day so long before, or None if the length is no whole number of days."""
    number = 1.0 if count in ("a", "an") else 0.5 if count.startswith("half") else float(count)
    if number % 1:
        return None
    try:
        before: date = day - relativedelta(**{UNITS[unit]: int(number) * (2 if unit == "fortnight" else 1)})
        return before  # noqa: TRY300
    except (OverflowError, ValueError):
        return None


def _ago(match: re.Match[str], today: date, _ahead: bool) -> Days:
    *lengths, when = match.groups()
    day: date | None = today - timedelta(days=1) if when == "yesterday" else today
    for count, unit in zip(lengths[::2], lengths[1::2], strict=True):
        day = _minus(day, count, unit) if day else None
    return frozenset({day} if day else ())


def _ago_on_a_weekday(match: re.Match[str], today: date, _ahead: bool) -> Days:
    """The day if it is that weekday: "a week ago Friday" is said of two days otherwise."""
    day = _minus(today, match[1], match[2])
    return frozenset({day} if day and day.weekday() == weekdays()[match[3]] else ())


def _before_last_weekday(match: re.Match[str], today: date, _ahead: bool) -> Days:
    last = _weekdays_ago(match[3], 1, today)
    day = _minus(next(iter(last)), match[1], match[2])
    return frozenset({day} if day else ())


def _weekdays_ago(name: str, which: int, today: date) -> Days:
    until = (weekdays()[name] - today.weekday()) % 7
    return frozenset({today + timedelta(days=until - 7 * which)})


def _nth_weekday_ago(match: re.Match[str], today: date, _ahead: bool) -> Days:
    return (
        _weekdays_ago(match[2], int(match[1]), today) if match[1].isdigit() and int(match[1]) else frozenset()
    )


def _of_week(name: str, which: str, today: date) -> Days:
    monday = (
        today - timedelta(days=today.weekday()) + timedelta(weeks={"last": -1, "this": 0, "next": 1}[which])
    )
    return frozenset({monday + timedelta(days=weekdays()[name])})


def _week_after(match: re.Match[str], today: date, _ahead: bool) -> Days:
    name = match[1]
    if name in ("today", "tomorrow"):
        return frozenset({today + timedelta(days=7 + (name == "tomorrow"))})
    until = (weekdays()[name] - today.weekday()) % 7 or 7
    return frozenset({today + timedelta(days=until + 7)})


def _this_day(match: re.Match[str], today: date, _ahead: bool) -> Days:
    length = relativedelta(**{match[2] + "s": 1})
    return frozenset({today - length if match[1] == "last" else today + length})


def _weekday_and_day(match: re.Match[str], today: date, ahead: bool) -> Days:
    days = _months_days(int(match[2]), today, ahead=ahead, reach=11)
    return frozenset(day for day in days if day.weekday() == weekdays()[match[1]]) & _nearest_two(days, today)


def _nearest_two(days: Days, today: date) -> Days:
    past = max((day for day in days if day <= today), default=None)
    coming = min((day for day in days if day > today), default=None)
    return frozenset(day for day in (past, coming) if day)


def _day_of_month(match: re.Match[str], today: date, _ahead: bool) -> Days:
    month = today + relativedelta(day=1, months={"last": -1, "next": 1}.get(match[2] or "this", 0))
    return _day(month.year, month.month, int(match[1]))


def _latest_day(match: re.Match[str], today: date, ahead: bool) -> Days:
    return _nearest_two(_months_days(int(match[1]), today, ahead=ahead, reach=2), today)


def _months_days(number: int, today: date, *, ahead: bool, reach: int) -> Days:
    """The days with that number in the months around, not after today unless `ahead`."""
    first = today.replace(day=1)
    months = (first + relativedelta(months=step) for step in range(-reach, reach + 1 if ahead else 1))
    days = (day for month in months for day in _day(month.year, month.month, number))
    return frozenset(day for day in days if ahead or day <= today)


def _day(year: int, month: int, number: int) -> Days:
    fits = 1 <= number <= calendar.monthrange(year, month)[1]
    return frozenset({date(year, month, number)} if fits else ())
