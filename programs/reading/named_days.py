"""Days with a name, from named_days.yml: "Halloween", "Good Friday"; of this year or the last."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from dateutil.easter import easter

from programs.catalogue.yaml_files import load_yaml
from programs.reading.words import any_of

Days = frozenset[date]
Reader = Callable[[re.Match[str], date, bool], Days]
"""What was found, today, and whether days to come are meant too → the days that it can mean."""


@cache
def named_days() -> tuple[tuple[str, Reader], ...]:
    """Patterns with what they mean, the longest names first."""
    days: Any = load_yaml(Path(__file__).with_name("named_days.yml"))
    named = [(any_of(names), _fixed(day)) for day, names in days["fixed"].items()]
    named += [(any_of(names), _from_easter(int(days_after))) for days_after, names in days["easter"].items()]
    named += [(any_of([name]), _nth(*rule)) for name, rule in days["nth"].items()]
    named.sort(key=lambda pair: -len(pair[0]))
    return tuple(
        (rf"(?:last |this |on |the )?{pattern}(?: (last|this) year)?", read) for pattern, read in named
    )


def _of_years(on: Callable[[int], date]) -> Reader:
    """The last day of that name, with `ahead` the next one too; or that of the year that is said."""

    def read(match: re.Match[str], today: date, ahead: bool) -> Days:
        said = match.groups()[-1]
        if said:
            return frozenset({on(today.year - (said == "last"))})
        years = [on(today.year + step) for step in (-1, 0, 1)]
        last = max(day for day in years if day <= today)
        return frozenset({last, min(day for day in years if day > today)} if ahead else {last})

    return read


def _fixed(day: str) -> Reader:
    month, number = map(int, day.split("-"))
    return _of_years(lambda year: date(year, month, number))


def _from_easter(days: int) -> Reader:
    return _of_years(lambda year: easter(year) + timedelta(days=days))


def _nth(month: int, weekday: int, which: int, after: int) -> Reader:
    def on(year: int) -> date:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1) + after)

    return _of_years(on)
