"""
A length of time out of what people type: "2 years", "18 mths", "a year and a half", "6 weeks", "half a year".

Years make months and weeks make days, exactly; months are never made of days, nor days of months. A length
that is no whole number of the item's unit is asked about again.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from programs.catalogue.items import Item
from programs.reading.mentions import mentions, mere_number, without_approximation
from programs.reading.numbers import parse_number
from programs.reading.plain import plain
from programs.reading.ranges import whole_in_range
from programs.reading.result import NotUnderstood
from programs.reading.slips import SHORTEST, mended
from programs.reading.spoken import with_digits
from programs.reading.words import any_of, any_pattern, words

UNITS: dict[str, dict[str, int]] = {
    "month": {"year": 12, "month": 1},
    "day": {"fortnight": 14, "week": 7, "day": 1},
}
"""What one of each unit is in the item's unit. Source: the Gregorian calendar."""
_PART = r"(?<![\w.,])(-?\d[\d.,]*) ?{unit}(?!\w)"
FRACTIONS = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "quarters": Decimal("0.25")}


def read_duration(item: Item, text: str) -> int | NotUnderstood:
    """A whole number of the item's unit (months or days) within its range, or the reason why not."""
    said = _mended(plain(text))
    if item.question.startswith("Over "):  # "over 3 years" answers it
        said = re.sub(r"^over(?! \w+ than)(?!\w)", " ", said)
    spoken = _spelt_out(with_digits(without_approximation(said)))
    parts = list(re.finditer(_PART.format(unit=_any_unit()), spoken))
    rest = re.sub(_PART.format(unit=_any_unit()), "#", spoken)
    bare = [each for each in mentions(rest) if not mere_number(each)]
    if re.search(any_of(words()["not_exact"]), rest) or re.search(
        any_pattern(words()["not_a_length"]), spoken
    ):
        return NotUnderstood("not_exact")
    if re.search(r"[%‰]|\d ?x|€", rest):
        return NotUnderstood("wrong_unit")
    if bare and (parts or len(bare) > 1):
        return NotUnderstood("several")
    if not parts:
        number = bare[0].value if bare else None
        return NotUnderstood("unreadable") if number is None else _without_unit(item, number)
    units = [_unit(part[2]) for part in parts]
    factors = UNITS[str(item.unit)]
    if not set(units) <= set(factors):
        return NotUnderstood("wrong_unit")
    numbers = [parse_number(part[1].rstrip(".,")) for part in parts]
    lengths = [
        number * factors[unit] for number, unit in zip(numbers, units, strict=True) if number is not None
    ]
    if len(lengths) < len(parts):
        return NotUnderstood("unreadable")
    if len(parts) > 1 and _is_one_length(rest, units, lengths, factors):
        lengths = [sum(lengths, Decimal(0))]
    return whole_in_range(item, lengths[0]) if len(set(lengths)) == 1 else NotUnderstood("several")


def _without_unit(item: Item, number: Decimal) -> int | NotUnderstood:
    """A bare number in the item's unit, if in no longer unit it would fit as well."""
    found = whole_in_range(item, number)
    if (isinstance(found, NotUnderstood) and found.reason in ("too_high", "not_whole")) or number <= 0:
        return found
    longer = [factor for factor in UNITS[str(item.unit)].values() if factor > 1]
    fits = [
        factor for factor in longer if not isinstance(whole_in_range(item, number * factor), NotUnderstood)
    ]
    return NotUnderstood("no_unit") if fits else found


def _mended(said: str) -> str:
    names = [name for forms in words()["units_of_time"].values() for name in forms if len(name) >= SHORTEST]
    return mended(said, names)


def _is_one_length(rest: str, units: list[str], lengths: list[Decimal], factors: dict[str, int]) -> bool:
    """True for "2 years and 3 months", not for "2 years or 24 months" and "2 years, 24 months"."""
    joined = re.search(r"#(?:,? and |, ?| )#", rest)
    bigger, smaller = units[0], units[-1]
    return bool(
        len(units) == 2 and joined and factors[bigger] > factors[smaller] and lengths[1] < factors[bigger]
    )


def _spelt_out(spoken: str) -> str:
    """Every length as a number and a unit: "a year and a half" → "1.5 year", "half a year" → "0.5 year"."""
    unit = _any_unit()
    spoken = re.sub(r"(?<=\d)-(?=[a-z])", " ", spoken).replace("&", "and")
    spoken = re.sub(
        rf"(?<!\w)(a|an|\d+) ?{unit} and (?:a|1) (half|quarter)(?!\w)",
        lambda m: f"{_one(m[1]) + FRACTIONS[m[3]]} {m[2]}",
        spoken,
    )
    spoken = re.sub(
        rf"(?<!\w)(?:(a|1|\d+) )?(half|quarters?)(?: of)?(?: an?| 1|) ?{unit}(?!\w)",
        lambda m: f"{_one(m[1] or 'a') * FRACTIONS[m[2]]} {m[3]}",
        spoken,
    )
    return re.sub(rf"(?<!\w)(?:an?|the) {unit}(?!\w)", r"1 \1", spoken)


def _one(word: str) -> Decimal:
    return Decimal(1) if word in ("a", "an") else Decimal(word)


def _unit(word: str) -> str:
    return next(str(unit) for unit, names in words()["units_of_time"].items() if word in names)


@cache
def _any_unit() -> str:
    """A group that matches any name of a unit of time, the longest first."""
    names = [name for forms in words()["units_of_time"].values() for name in forms]
    return "(" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")\.?"
