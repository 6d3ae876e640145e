"""
One day out of what people type: "yesterday", "3 May", "last Monday", "03/05/2026", "two weeks ago".

Candidates are found by pattern, then read by dateparser with English and day-before-month forced; so "1200"
is no year, and two days in one answer are noticed. `today` is always given; the clock is never read here.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache

import dateparser
from babel.dates import get_day_names, get_month_names

from programs.items import Item
from programs.reading.plain import plain, with_digits
from programs.reading.result import NotUnderstood
from programs.reading.words import any_of, any_pattern, words

_BEFORE_YESTERDAY = r"(?:the )?day before yesterday"
_RELATIVE = rf"(?<!\w)(?:(?:a|an|\d+) (?:day|week|month|year)s? ago|{_BEFORE_YESTERDAY})"


def read_date(item: Item, text: str, *, today: date) -> date | NotUnderstood:
    """A day within the item's range (days from today), or the reason why not."""
    days = find_days(text, today=today)
    if not days:
        vague = re.search(any_pattern(words()["dates"]["not_one_day"]), _spoken(text))
        month_only = re.search(any_of(_months()), _spoken(text))
        return NotUnderstood("ambiguous" if vague or month_only else "unreadable")
    if None in days:
        return NotUnderstood("ambiguous")
    if len(days) > 1:
        return NotUnderstood("several")
    if _not_exact(_spoken(text)):
        return NotUnderstood("ambiguous")
    return _in_range(item, next(day for day in days if day), today)


def find_days(text: str, *, today: date) -> set[date | None]:
    """
    All days that a text names; None stands for one that is named but is not one day (31 April, a wrong
    weekday).
    """
    return set(_days(_spoken(text), today))


def _spoken(text: str) -> str:
    spoken = with_digits(plain(text)).replace("a fortnight", "2 weeks")
    return _typos_mended(spoken)


def _not_exact(spoken: str) -> bool:
    """True for "before 3 May" and "3 or 4 May", not for "the day before yesterday"."""
    rest = re.sub(_BEFORE_YESTERDAY, " ", spoken)
    return bool(
        re.search(any_of(words()["dates"]["not_exact"]), rest) or re.search(r"\d ?- ?\d+ [a-z]", rest)
    )


def _days(spoken: str, today: date) -> Iterator[date | None]:
    """Dates first, each with the weekday before it; then relative words; then weekdays that stand alone."""
    for pattern in _dated():
        for match in re.finditer(pattern, spoken):
            yield _dated_day(match, today)
        spoken = re.sub(pattern, " ", spoken)
    for match in re.finditer(_RELATIVE, spoken):
        yield _parse(match.group(), today)
    spoken = re.sub(_RELATIVE, " ", spoken)
    if re.search(any_of(words()["dates"]["yesterday"]), spoken):
        yield today - timedelta(days=1)
    if re.search(any_of(["today", *words()["dates"]["now"]]), spoken):
        yield today
    if re.search(any_of(["tomorrow"]), spoken):
        yield today + timedelta(days=1)
    for match in re.finditer(rf"(?:(last|past|this|on|next) )?({_weekday_names()})(?!\w)", spoken):
        yield _weekday(match[1] or "", match[2], today)


def _dated_day(match: re.Match[str], today: date) -> date | None:
    day = _parse(match["day"], today)
    named = match["weekday"]
    return None if day and named and day.weekday() != _weekdays()[named] else day


def _parse(candidate: str, today: date) -> date | None:
    found = dateparser.parse(
        candidate,
        languages=["en"],
        settings={
            "RELATIVE_BASE": datetime.combine(today, time(12)),
            "DATE_ORDER": "DMY",
            "PREFER_DATES_FROM": "past",
            "REQUIRE_PARTS": ["day", "month"],
        },
    )
    return found.date() if found else None


def _weekday(which: str, name: str, today: date) -> date | None:
    """
    The day of that name before today, "next" after it. Said on that very weekday without "last": not one
    day.
    """
    ahead = (_weekdays()[name] - today.weekday()) % 7
    if which == "next":
        return today + timedelta(days=ahead or 7)
    if ahead == 0:
        return today - timedelta(days=7) if which in ("last", "past") else None
    return today + timedelta(days=ahead - 7)


def _in_range(item: Item, day: date, today: date) -> date | NotUnderstood:
    distance = (day - today).days
    if item.maximum is not None and distance > item.maximum:
        return NotUnderstood("in_future")
    if item.minimum is not None and distance < item.minimum:
        return NotUnderstood("too_long_ago")
    return day


def _typos_mended(text: str) -> str:
    """Words that are nearly a month, a weekday or "yesterday", written out: "yestreday", "wendesday"."""
    known = [name for name in (*_months(), *_weekdays(), *words()["typos_towards"]) if len(name) > 4]
    return re.sub(
        r"[a-z]{5,}", lambda m: next(iter(difflib.get_close_matches(m[0], known, 1, 0.84)), m[0]), text
    )


@cache
def _months() -> tuple[str, ...]:
    names = [
        *get_month_names("wide", locale="en").values(),
        *get_month_names("abbreviated", locale="en").values(),
    ]
    return tuple(dict.fromkeys(name.lower() for name in [*names, "sept"]))


@cache
def _weekdays() -> dict[str, int]:
    found: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        for number, name in get_day_names(width, locale="en").items():
            found[name.lower()] = number
    return found | {"tues": 1, "wednes": 2, "thur": 3, "thurs": 3}


def _weekday_names() -> str:
    return r"(?<!\w)(?:" + "|".join(sorted(_weekdays(), key=len, reverse=True)) + ")"


@cache
def _dated() -> tuple[str, ...]:
    """Patterns of full dates, each with groups `weekday` (may be empty) and `day`."""
    month = "(?:" + "|".join(sorted(_months(), key=len, reverse=True)) + r")\.?"
    nth = r"\d{1,2}(?:st|nd|rd|th)?"
    year = r"(?:,? (?:19|20)\d{2}| '?\d{2}(?=[.,!?]*$)|)"
    before = rf"(?:(?P<weekday>{_weekday_names()}),? (?:the )?)?"
    return tuple(
        rf"(?<![\w.,/]){before}(?P<day>{form})(?!\w)"
        for form in (
            r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}",
            r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})",
            rf"{nth}(?: of)? ?{month}{year}",
            rf"{month} (?:the )?{nth}{year}",
            r"\d{1,2}[./]\d{1,2}\.?",
        )
    )
