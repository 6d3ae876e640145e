"""
Spoken numbers as digits: "twelve hundred" → "1200", "two grand" → "2000", "half a mil" → "500000".

What it cannot turn into one exact number it leaves as words, and `vague` says that some are left.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from text_to_num import alpha2digit

from programs.reading.numbers import is_grouped, parse_number
from programs.reading.slips import mended
from programs.reading.words import any_of, any_pattern, words

FRACTIONS = {"half": "0.5", "quarter": "0.25", "3 quarters": "0.75", "third": None}
_FRACTION = r"(half|quarter|3 quarters)"
_NO_AMOUNT = re.compile(
    r"(?<![\w.,])(?:\+\d{1,3}(?:[ -]\d{2,4}){2,4}|0\d{1,3}(?:[ -]\d{3,4}){2}|\d{4}(?:[ -]\d{4}){2,3})"
    r"(?![\w.,]\d)"
)
"""Telephone numbers and numbers of cards."""
_NUMBER = r"(?<![\w.,])(\d[\d.,]*)"


def with_digits(text: str, *, money: bool = False) -> str:
    """The plain text with its spoken numbers as digits. `money`: "2m" is two million, not two metres."""
    text = _NO_AMOUNT.sub("#", text)
    text = re.sub(r"(?<![\d.,])(\d{1,3}(?: \d{3})+)(?![\d])", lambda m: m[1].replace(" ", ""), text)
    text = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text)
    text = re.sub(any_of(words()["numbers"]["vague_plurals"]), "lots", text)
    text = mended(text, _number_words())
    for number, names in words()["numbers"]["names"].items():
        text = re.sub(any_pattern(names), str(number), text)
    text = _scaled(_fractions_joined(text), money=money)
    text = _ones_that_count(text)
    text = re.sub(r"(?<!\w)(hundred|thousand|million), (?=[a-z])", r"\1 ", text)
    text = re.sub(r"(?<!\w)(hundred|thousand) (?:n|&) (?=[a-z])", r"\1 and ", text)
    text = str(alpha2digit(text, "en", 0))
    text = re.sub(r"(?<=\d)(?: ?-? ?)(?:ish|odd)(?!\w)", "", text)
    return _scaled(_fractions_joined(text), money=money)


def vague(spoken: str) -> bool:
    """True if a text with digits still holds words that multiply or divide: no number there is exact."""
    return bool(re.search(any_pattern(words()["numbers"]["leftovers"]), spoken))


def _ones_that_count(text: str) -> str:
    """The text with "one" only where it is a number: "one euro", "one", not "that one"."""
    alone = rf"^(?:{any_pattern(words()['numbers']['before_one'])} )*one\W*$"
    if re.search(alone, text):
        return text
    follows = any_pattern([*words()["numbers"]["after_one"], *map(re.escape, _number_words())])
    before = "|".join(sorted(_number_words(), key=len, reverse=True))
    return re.sub(
        rf"(?<!\w)((?:{before})(?: and)? )?one(?! {follows})(?![\w'])",
        lambda m: m[0] if m[1] else "it",
        text,
    )


def _fractions_joined(text: str) -> str:
    """Whole numbers and fractions as one: "2 1/2" → "2.5", "a grand and a half" → "1.5 grand"."""
    scale = rf"({_scale_words()})"
    text = re.sub(rf"(?<!\w)(?:a|an) (?=(?:{_scale_words()})(?!\w))", "one ", text)
    text = re.sub(
        rf"(?<!and )(?<!and a )(?<!\w)(?:a )?half (?:of )?(?:an? |one |1 )?{scale}(?!\w)", r"0.5 \1", text
    )
    text = re.sub(
        rf"{_NUMBER} ?{scale} and (?:a|1) half(?!\w)", lambda m: f"{_plus(m[1], 'half')} {m[2]}", text
    )
    text = re.sub(rf"(?<![\w.,/])(\d+) and (?:an? |1 )?{_FRACTION}(?!\w)", lambda m: _plus(m[1], m[2]), text)
    text = re.sub(r"(?<![\w.,/])(\d+) ([1-3])/([24])(?![\w/.,])", _with_fraction, text)
    return re.sub(rf"(?<![\w.,/])1/2 (?=(?:{_scale_words()})(?!\w))", "0.5 ", text)


def _plus(whole: str, fraction: str) -> str:
    number = parse_number(whole)
    return whole if number is None else format((number + Decimal(FRACTIONS[fraction] or 0)).normalize(), "f")


def _with_fraction(match: re.Match[str]) -> str:
    over, under = int(match[2]), int(match[3])
    if over >= under:
        return match[0]
    return format((Decimal(match[1]) + Decimal(over) / Decimal(under)).normalize(), "f")


def _scaled(text: str, *, money: bool) -> str:
    """Numbers with what multiplies them as one number: "2 grand" → "2000", "2 grand 500" → "2500"."""
    for name, factor in (("hundred", 100), ("thousand", 1_000), ("million", 1_000_000)):
        names = [*words()["numbers"]["scales"][name], *(["m"] if money and name == "million" else [])]
        scale = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
        rest = rf"(?: ({'and ' if factor == 100 else ''}\d{{1,{len(str(factor)) - 1}}})(?![\w.,/%-]\w?))?"
        text = re.sub(
            rf"{_NUMBER} ?(?:{scale})(?!\w){rest}",
            lambda m, f=factor: _product(m, f),  # type: ignore[misc]
            text,
        )
    return re.sub(r"(?<![\w.,])(\d+\.\d+) (10{2,6})(?![\w.,])", lambda m: _product(m, int(m[2]), ""), text)


def _product(match: re.Match[str], factor: int, rest: str | None = None) -> str:
    number = parse_number(match[1])
    if number is None or (is_grouped(match[1]) and number < 10 * factor):
        return match[0]  # "1.234k": thousands, or decimals?
    added = Decimal(((match[2] if rest is None else rest) or "0").removeprefix("and "))
    return format((number * factor + added).normalize(), "f")


@cache
def _scale_words() -> str:
    names = [name for names in words()["numbers"]["scales"].values() for name in names]
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


@cache
def _number_words() -> frozenset[str]:
    """Every plain word of which spoken numbers, and what counts in them, are made."""
    scales = [name for names in words()["numbers"]["scales"].values() for name in names]
    return frozenset([*words()["numbers"]["words"], *(name for name in scales if len(name) > 1)])
