"""
The numbers of a typed answer, each with what stands around it: an amount, a mere number in a sentence ("3
kids", "PIN 1234"), a bound ("over 2,000"), or one that the person says is past or beside the point.

Nothing is guessed: two numbers that may both be meant are two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from programs.reading.numbers import TOKEN, parse_number
from programs.reading.words import words

FEW_THINGS = 20
"""From here on, "150 gas" may be an amount beside another one; "3 kids" is none."""
BEFORE, AFTER = 40, 40
"""Characters around a number that are looked at."""


@dataclass(frozen=True)
class Mention:
    """One number in a plain text: as written, its value (None: not well-formed), and what is around it."""

    token: str
    value: Decimal | None
    before: str
    after: str

    def follows(self, *kinds: str) -> bool:
        """Whether one of the lists `kinds` of contexts.yml ends right before the number."""
        return any(_ends(kind).search(self.before) for kind in kinds)

    def leads(self, *kinds: str) -> bool:
        """Whether one of the lists `kinds` of contexts.yml begins right after the number."""
        return any(_begins(kind).match(self.after) for kind in kinds)


def mentions(spoken: str) -> tuple[Mention, ...]:
    """The numbers of a plain text with digits, in order."""
    spoken = re.sub(r"(?<![\w.,])\.(?=\d)", "0.", spoken)
    spoken = re.sub(r"(?<![\w.,:])\d{1,2}:\d\d(?::\d\d)?(?![\w:])", "#", spoken)  # times of day
    found = []
    end_before = 0
    for match in TOKEN.finditer(spoken):
        start = (
            match.start(2) if match[1] and re.search(r"\d\s?$", spoken[: match.start()]) else match.start()
        )
        token = spoken[start : match.end()].replace(" ", "")
        before = spoken[max(end_before, start - BEFORE) : start]
        found.append(Mention(token, parse_number(token), before, spoken[match.end() : match.end() + AFTER]))
        end_before = match.end()
    return tuple(found)


def perhaps_counted(mention: Mention) -> bool:
    """True if a number counts something that we do not know ("150 gas"), and may be an amount of its own."""
    return counts_things(mention) and (mention.value or 0) >= FEW_THINGS and not _no_value(mention)


def counts_things(mention: Mention) -> bool:
    """True if a word follows that does not follow amounts."""
    return not (mention.leads("may_follow") or not re.match(r"\s?[^\W\d_]", mention.after))


def mere_number(mention: Mention) -> bool:
    """True if a number without a unit is no answer: a PIN, a year, a time of day, a count of things."""
    return _no_value(mention) or counts_things(mention)


def _no_value(mention: Mention) -> bool:
    digits = re.sub(r"\D", "", mention.token)
    if re.match(r"0\d", mention.token.lstrip("-")) or len(digits) > 13:
        return True
    if mention.follows("no_value_before") or mention.leads("no_value_after"):
        return True
    year = re.fullmatch(r"(?:19|20)\d\d", mention.token)
    if year and mention.follows("year_before"):
        return True
    if re.fullmatch(r"\d{4,}", mention.token) and mention.follows("card_before"):
        return True
    small = mention.value is not None and abs(mention.value) <= 12 and mention.value % 1 == 0
    return small and mention.follows("few_before")


def the_one(found: Iterable[Mention]) -> Mention | None:
    """The one number that is meant, or None if several may be: not what was, not what is beside the point."""
    every = list(found)
    left = _distinct(every)
    if len(left) < len(every) and any(each.leads("sum_after") for each in every[:-1]):
        return None
    if any(each.leads("range") or each.follows("range_start") for each in left[:-1]) and len(left) > 1:
        return None
    for keep in (_not_past, _said_to_be_it):
        if len(left) > 1:
            left = keep(left) or left
    return left[0] if len(left) == 1 else None


def _distinct(found: Iterable[Mention]) -> list[Mention]:
    """The mentions with different values; of equal ones the last."""
    return list({each.value: each for each in found}.values())


def _not_past(found: list[Mention]) -> list[Mention]:
    return [each for each in found if not each.follows("beside_before") and not each.leads("beside_after")]


def _said_to_be_it(found: list[Mention]) -> list[Mention]:
    """The one said to be now, net or in all; before the last one only, and not of two that are added up."""
    if any(each.leads("sum_after") for each in found[:-1]):
        return []
    return [
        each
        for each in found
        if each.leads("meant_after") or (each is found[-1] and each.follows("meant_before"))
    ]


def bounded(mention: Mention) -> bool:
    """True for "over 2,000", "3000+", "max 5": a limit, not the number itself."""
    return mention.follows("bound_before") or mention.leads("bound_after")


def without_approximation(spoken: str) -> str:
    """A plain text without "just under", "a bit over", "give or take 50": that is the number itself."""
    for pattern in words()["numbers"]["near_enough"]:
        spoken = re.sub(rf"(?<!\w){pattern}(?!\w)", " ", spoken)
    spoken = re.sub(words()["numbers"]["give_or_take"], " ", spoken)
    return " ".join(spoken.split())


@cache
def _ends(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_edged(words()['contexts'][kind], before=True))})\W{{0,3}}$")


@cache
def _begins(kind: str) -> re.Pattern[str]:
    return re.compile(rf"\s?(?:{'|'.join(_edged(words()['contexts'][kind], before=False))})")


def _edged(patterns: Iterable[str], *, before: bool) -> Iterator[str]:
    """Each pattern as whole words where it has any."""
    for pattern in patterns:
        if before:
            yield rf"(?<!\w){pattern}" if pattern[0].isalpha() or pattern[0] == "(" else pattern
        else:
            word = (pattern[-1].isalpha() or pattern[-1] in ")?+") and not pattern.endswith(r"(?=\d)")
            yield rf"{pattern}(?!\w)" if word and pattern[-2:] not in (r"\d", r"\w") else pattern
