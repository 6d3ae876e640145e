"""
One day out of what people type: "yesterday", "3 May", "last Monday", "03/05/2026", "two weeks ago", "in
3 days".

Candidates are found by pattern, then read by dateparser with English and day-before-month forced; so "1200"
is no year, and two days in one answer are noticed. What has neither a year nor a direction ("3 May", "on
Friday") lies in the past; only where the item allows days to come may it be either, and then it is asked
about again if both are possible. `today` is always given; the clock is never read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Literal

import dateparser

from programs.catalogue.items import Item
from programs.reading.calendar_words import (
    dated,
    months,
    typos_mended,
    weekday_names,
    weekdays,
    years_written_out,
)
from programs.reading.named_days import Days
from programs.reading.phrased_days import phrased_days
from programs.reading.plain import plain
from programs.reading.ranges import day_in_range, nearest
from programs.reading.result import NotUnderstood
from programs.reading.silence import without_not_knowing
from programs.reading.spoken import with_digits
from programs.reading.words import any_of, any_pattern, words

_BEFORE_YESTERDAY = r"(?:the )?day before yesterday"
_AFTER_TOMORROW = r"(?:the )?day after tomorrow"
_LENGTH = r"(?:a|an|\d+) (?:day|week|month|year)s?"
_AHEAD = (
    rf"(?<!\w)(?:in (?P<in>{_LENGTH})(?:(?:'s|')? time)?|(?P<from>{_LENGTH}) from (?:now|today)"
    rf"|{_AFTER_TOMORROW})(?!\w)"
)
_WEEKDAY = rf"(?:(last|past|this|on|next|(?:this )?coming) )?({weekday_names()})(?!\w)"


def read_date(item: Item, text: str, *, today: date) -> date | NotUnderstood:
    """A day within the item's range (days from today), or the reason why not."""
    spoken = _spoken(text, today)
    ahead = item.maximum is not None and item.maximum > 0
    spoken = _what_is_meant(spoken)
    named = set(_days(spoken, today, ahead=ahead))
    if ahead or not named:
        named |= set(_days_ahead(spoken, today))
    if not named:
        vague = re.search(any_pattern(words()["dates"]["not_one_day"]), spoken)
        month_only = re.search(any_of(months()), spoken)
        return NotUnderstood("ambiguous" if vague or month_only else "unreadable")
    if frozenset() in named:
        return NotUnderstood("ambiguous")
    meant = _in_tense(frozenset.intersection(*named), spoken, today)
    if not meant:
        return NotUnderstood("several")
    if _not_exact(without_not_knowing(phrased_days(spoken, today, ahead=ahead)[1])):
        return NotUnderstood("ambiguous")
    return day_in_range(item, meant, today)


def find_days(text: str, *, today: date) -> set[date | None]:
    """
    All days that a text names, none of those that lie ahead by a length of time ("in 3 days"); None stands
    for one that is named but is not one day (31 April, a wrong weekday).
    """
    return {next(iter(days), None) for days in _days(_spoken(text, today), today, ahead=False)}


def _spoken(text: str, today: date) -> str:
    spoken = typos_mended(with_digits(plain(text)).replace("a fortnight", "2 weeks"))
    return years_written_out(spoken, today)


def _what_is_meant(spoken: str) -> str:
    """The text from "expires" or "valid until" on, if there is such a word and a number after it."""
    found = re.search(rf"{any_pattern(words()['dates']['from_here'])}(?= .{{0,40}}\d)", spoken)
    return spoken[found.end() :] if found else spoken


def _in_tense(meant: Days, spoken: str, today: date) -> Days:
    """Of a day before and one to come, the one that "it went" or "I will" says."""
    went = re.search(any_pattern(words()["dates"]["past_tense"]), spoken)
    will = re.search(any_pattern(words()["dates"]["future_tense"]), spoken)
    if len(meant) < 2 or bool(went) == bool(will):
        return meant
    return frozenset(day for day in meant if (day <= today) == bool(went))


def _not_exact(spoken: str) -> bool:
    """True for "before 3 May" and "3 or 4 May", not for "the day before yesterday"."""
    rest = re.sub(f"{_BEFORE_YESTERDAY}|{_AFTER_TOMORROW}", " ", spoken)
    return bool(
        re.search(any_of(words()["dates"]["not_exact"]), rest) or re.search(r"\d ?- ?\d+ [a-z]", rest)
    )


def _days(spoken: str, today: date, *, ahead: bool) -> Iterator[Days]:
    """
    Dates first, each with the weekday before it; then relative words; then weekdays that stand alone. With
    `ahead`, what has no year or direction may also be a day to come.
    """
    spoken = re.sub(_AHEAD, " ", spoken)
    phrased, spoken = phrased_days(spoken, today, ahead=ahead)
    yield from phrased
    for pattern in dated():
        for match in re.finditer(pattern, spoken):
            yield _dated_days(match, today, ahead=ahead)
        spoken = re.sub(pattern, " ", spoken)
    phrased, spoken = phrased_days(spoken, today, ahead=ahead, by_number=True)
    yield from phrased
    if re.search(_BEFORE_YESTERDAY, spoken):
        yield frozenset({today - timedelta(days=2)})
    spoken = re.sub(_BEFORE_YESTERDAY, " ", spoken)
    if re.search(any_of(words()["dates"]["yesterday"]), spoken):
        yield frozenset({today - timedelta(days=1)})
    if re.search(any_of(["today", *words()["dates"]["now"]]), spoken):
        yield frozenset({today})
    if re.search(any_of(["tomorrow"]), spoken):
        yield frozenset({today + timedelta(days=1)})
    for match in re.finditer(_WEEKDAY, spoken):
        yield _weekday(match[1] or "", match[2], today, ahead=ahead)


def _days_ahead(spoken: str, today: date) -> Iterator[Days]:
    """The days that lie a length of time ahead: "in 3 days", "a week from now"."""
    for match in re.finditer(_AHEAD, spoken):
        length = match["in"] or match["from"]
        yield _parse(f"in {length}", today) if length else frozenset({today + timedelta(days=2)})


def _dated_days(match: re.Match[str], today: date, *, ahead: bool) -> Days:
    day = re.sub(r"^(\d{1,2})\.(\d{1,2})\.?$", r"\1/\2", match["day"])
    days = _parse(day, today)
    if ahead:
        days |= _parse(day, today, prefer="future")
    named = match["weekday"] or match["after"]
    if not days or not named:
        return days
    fits = frozenset(day for day in days if day.weekday() == weekdays()[named])
    return fits if nearest(days, today) in fits else frozenset()


def _parse(candidate: str, today: date, *, prefer: Literal["past", "future"] = "past") -> Days:
    """The one day, or none. Where no year is named, it is the last one or, if preferred, the next one."""
    found = dateparser.parse(
        candidate,
        languages=["en"],
        settings={
            "RELATIVE_BASE": datetime.combine(today, time(12)),
            "DATE_ORDER": "DMY",
            "PREFER_DATES_FROM": prefer,
            "REQUIRE_PARTS": ["day", "month"],
        },
    )
    return frozenset({found.date()} if found else ())


def _weekday(which: str, name: str, today: date, *, ahead: bool) -> Days:
    """
    The day of that name before today, "next" after it; with `ahead`, either. Said on that very weekday
    without "last": not one day.
    """
    until = (weekdays()[name] - today.weekday()) % 7
    before, after = today + timedelta(days=until - 7), today + timedelta(days=until or 7)
    if which == "next" or which.endswith("coming"):
        return frozenset({after})
    if which in ("last", "past"):
        return frozenset({before})
    if until == 0:
        return frozenset()
    if ahead:
        return frozenset({after} if which == "this" else {before, after})
    return frozenset({before})
