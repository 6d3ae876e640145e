"""The age that a message states of its writer: "I'm fifteen", "im 15yo", "I turn 16 in May"."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from programs.reading.plain import plain
from programs.reading.spoken import with_digits
from programs.reading.words import words

LONGEST = 300
"""Characters that are looked at: who tells a story does not begin it with their age behind these."""


def stated_age(text: str, *, today: date) -> int | None:
    """The age in years, the lower one where two are possible; None if the message says none of its writer."""
    said = with_digits(plain(text[:LONGEST]))
    found = _first("now", said)
    if found is not None:
        return found
    soon = _first("not_yet", said)
    if soon is not None:
        return soon - 1
    born = _first("born", said)
    if born is not None and 0 <= today.year - born <= 120:
        return today.year - born - 1 if today.year > born else 0
    return 0 if _matches("too_young", said) else None


def corrected_age(text: str, *, today: date) -> int | None:
    """The age in a message of somebody whose age was noted: also "I meant 50", "sorry, 51"."""
    return stated_age(text, today=today) or _first("corrected", with_digits(plain(text[:LONGEST])))


def _first(kind: str, said: str) -> int | None:
    found = next((match for one in _patterns(kind) if (match := one.search(said))), None)
    return int(found["age"]) if found else None


def _matches(kind: str, said: str) -> bool:
    return any(one.search(said) for one in _patterns(kind))


@cache
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    listed = words()["stated_ages"]
    parts = {name: f"(?:{'|'.join(listed[name])})" for name in ("me", "years", "after", "month")}
    return tuple(re.compile(_filled(one, parts)) for one in listed[kind])


def _filled(pattern: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(f"<{name}>", part)
    return pattern.replace("<age>", r"(?P<age>\d{1,2})").replace("<year>", r"(?P<age>(?:19|20)\d\d)")
