"""Names of months and weekdays with their typos mended, and the patterns in which people write a date."""

from __future__ import annotations

import difflib
import re
from datetime import date
from functools import cache, lru_cache

from babel.dates import get_day_names, get_month_names

from programs.reading.words import words

LONGEST_WORD = 14
"""Letters. No name of a day or month with a typo is longer."""


def typos_mended(text: str) -> str:
    """Words that are nearly a month, a weekday or "yesterday", written out: "yestreday", "wendesday"."""
    return re.sub(r"[a-z]{5,}", lambda m: _meant(m[0]), text)


@lru_cache(maxsize=4096)
def _meant(word: str) -> str:
    if len(word) > LONGEST_WORD:
        return word
    known = [name for name in (*months(), *weekdays(), *words()["typos_towards"]) if len(name) > 4]
    return next(iter(difflib.get_close_matches(word, known, 1, 0.84)), word)


@cache
def months() -> tuple[str, ...]:
    """Names of months in small letters, whole and short."""
    names = [
        *get_month_names("wide", locale="en").values(),
        *get_month_names("abbreviated", locale="en").values(),
    ]
    return tuple(dict.fromkeys(name.lower() for name in [*names, "sept"]))


@cache
def weekdays() -> dict[str, int]:
    """Names of weekdays in small letters, whole and short; Monday is 0."""
    found: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        for number, name in get_day_names(width, locale="en").items():
            found[name.lower()] = number
    return found | {"tues": 1, "wednes": 2, "thur": 3, "thurs": 3}


def weekday_names() -> str:
    """A regular expression for any weekday."""
    return r"(?<!\w)(?:" + "|".join(sorted(weekdays(), key=len, reverse=True)) + ")"


def years_written_out(spoken: str, today: date) -> str:
    """Dates with hyphens as words, years of two digits as four, "this year" and "last year" as a number."""
    month = "(?:" + "|".join(sorted(months(), key=len, reverse=True)) + r")\.?"
    spoken = re.sub(
        rf"(?<![\w.,])(\d{{1,2}})[-/]({month})(?:[-/'](\d{{4}}|\d{{2}}))?(?!\w)", r"\1 \2 \3", spoken
    )
    spoken = re.sub(r"(?<![\w.,/-])(\d{1,2}([./-])\d{1,2}\2)(\d{2})(?![\w/-])", r"\g<1>20\3", spoken)
    spoken = re.sub(
        rf"({month},? (?:the )?\d{{1,2}}(?:st|nd|rd|th)?,? |\d(?:st|nd|rd|th)?(?: of)? {month},? )"
        r"'?(\d{2})(?=[.,!?)]*$)",
        r"\g<1>20\2",
        spoken,
    )
    for said, year in (("this", today.year), ("last", today.year - 1), ("next", today.year + 1)):
        spoken = re.sub(
            rf"((?:{month} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?|\d(?:st|nd|rd|th)?(?: of)? {month}),?)"
            rf" (?:of )?{said} year(?!\w)",
            rf"\g<1> {year}",
            spoken,
        )
    return " ".join(spoken.split())


@cache
def dated() -> tuple[str, ...]:
    """Patterns of full dates, each with groups `weekday` (may be empty) and `day`."""
    month = "(?:" + "|".join(sorted(months(), key=len, reverse=True)) + r")\.?"
    nth = r"\d{1,2}(?:st|nd|rd|th)?"
    year = r"(?:,? (?:19|20)\d{2}| '?\d{2}(?=[.,!?]*$)|)"
    said = r"(?:on )?(?:an? |it was (?:an? )?|which was (?:an? )?)?"
    after = rf"(?:,? \(?{said}(?P<after>{weekday_names()})\)?(?! week))?"
    before = rf"(?:(?P<weekday>{weekday_names()}),? (?:the )?)?"
    return tuple(
        rf"(?<![\w.,/]){before}(?P<day>{form})(?!\w){after}"
        for form in (
            r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}",
            r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})",
            rf"{nth}(?: of)? ?{month}{year}",
            rf"{month} (?:the )?{nth}{year}",
            r"\d{1,2}[./]\d{1,2}\.?",
        )
    )
