"""
A country out of what people type: names in several languages, common aliases, codes, and kind reading of
typos.

The names come from Babel (Unicode CLDR). Two countries in one answer, or two that are equally near, are not
decided.
"""

from __future__ import annotations

import difflib
import re
from functools import cache

from babel import Locale
from babel.core import get_global

from programs.catalogue.items import Item
from programs.reading.foreign_names import LONG_NAME, folded, foreign_names
from programs.reading.plain import plain
from programs.reading.result import NotUnderstood
from programs.reading.words import any_of, any_pattern, country_aliases, places, words

NEAR = 0.83
"""Likeness (difflib ratio) from which a misspelt name is taken for a country's."""
CLEARLY_NEARER = 0.04


def read_country(item: Item, text: str) -> str | NotUnderstood:
    """The ISO 3166-1 alpha-2 code of the one country that is named, or the reason why not."""
    about_oneself = re.search(r"\byou\b", item.name) is not None
    return country_in(text, about_oneself=about_oneself)


def country_in(text: str, *, about_oneself: bool = False) -> str | NotUnderstood:
    """
    The one country of a text, or the reason why not.

    about_oneself: where the person is or lives; then one that others live in, or that lies ahead, is none.
    """
    code = _code(text.strip()) or _flag(text)
    if code:
        return code
    said = plain(text)
    for pattern in words()["countries"]["beside_the_point"]:
        said = re.sub(rf"(?<!\w){pattern}(?!\w)", " # ", said)
    clauses = [
        folded(clause)
        for clause in re.split(r"[,;()#]|(?<=\w\w)\. |(?<!\w)(?:but)(?!\w)", said)
        if clause.strip()
    ]
    none = [any_of(words()["countries"]["not"])]
    none += [any_pattern(words()["countries"]["of_others"])] if about_oneself else []
    denied = [clause for clause in clauses if any(re.search(pattern, clause) for pattern in none)]
    codes: set[str | None] = {_names()[whole]} if (whole := folded(said)) in _names() else set()
    for clause in clauses:
        if clause not in denied and whole not in _names():
            codes |= _named(clause)
    if denied and not codes - {None}:
        return NotUnderstood("ambiguous")
    if None in codes:
        return NotUnderstood("ambiguous")
    if len(codes) > 1:
        return NotUnderstood("several")
    return next((code for code in codes if code), None) or _near(folded(said))


def _named(said: str) -> set[str | None]:
    """The codes of the countries that a folded text names; None for a name that is no one country."""
    bare = " ".join(re.sub(any_of(map(folded, words()["countries"]["fillers"])), " ", said).split())
    if bare in country_aliases():
        return {country_aliases()[bare]}
    named = {_names()[match.group()] for match in _any_name().finditer(said)}
    without = _any_name().sub(" ", said)
    of_these = any_of(places()["of_a_country"])
    owned = re.findall(rf"({any_of(_adjectives())})(?: \w+)? {of_these}", without)
    return named | {_adjectives()[word] for word in owned}


def _flag(text: str) -> str | None:
    """The country of the one flag in a text, if no word in it says another."""
    letters = [chr(ord(sign) - 0x1F1E6 + ord("A")) for sign in text if 0x1F1E6 <= ord(sign) <= 0x1F1FF]
    code = "".join(letters)
    rest = folded("".join(sign for sign in text if not 0x1F1E6 <= ord(sign) <= 0x1F1FF))
    return code if len(code) == 2 and code in english_names() and not rest else None


def _code(text: str) -> str | None:
    """A code that stands alone; words like "NO" and "in" are not taken for one."""
    not_codes = words()["countries"]["not_a_code" if text.isupper() else "not_a_code_in_small_letters"]
    if not re.fullmatch(r"[A-Z]{2,3}|[a-z]{2}", text) or text in not_codes:
        return None
    aliases = get_global("territory_aliases").get(text.upper(), ())
    code = text.upper() if len(text) == 2 else next(iter(aliases), "")
    return code if code in english_names() else None


def _near(said: str) -> str | NotUnderstood:
    """The country whose name is clearly nearest to the answer, or to a run of up to three words in it."""
    parts = said.split()
    runs = {" ".join(parts[i : i + n]) for n in (1, 2, 3) for i in range(len(parts) - n + 1)} | {said}
    best: dict[str, float] = {}
    for run in runs:
        if len(run) <= LONG_NAME:
            continue
        for name, code in _spelt().items():
            likeness = difflib.SequenceMatcher(None, run, name)
            if likeness.quick_ratio() >= NEAR and likeness.ratio() >= NEAR:
                best[code] = max(best.get(code, 0), likeness.ratio())
    ranked = sorted(best.items(), key=lambda pair: -pair[1])
    if not ranked:
        return NotUnderstood("unreadable")
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < CLEARLY_NEARER:
        return NotUnderstood("ambiguous")
    return ranked[0][0]


@cache
def english_names() -> dict[str, str]:
    """ISO code → English name, of countries and territories only (no EU, UN, test codes)."""
    groups = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
    named = {str(code): str(name) for code, name in Locale("en").territories.items()}
    return {
        code: name for code, name in named.items() if re.fullmatch(r"[A-Z]{2}", code) and code not in groups
    }


@cache
def _spelt() -> dict[str, str]:
    """Folded English names and long aliases → code: what a typo is compared with."""
    names = {folded(name): code for code, name in english_names().items()}
    return names | {alias: code for alias, code in country_aliases().items() if len(alias) > LONG_NAME}


@cache
def _names() -> dict[str, str | None]:
    """
    Every name to be looked for inside an answer → its code, or None if it is not one country. English goes
    first.
    """
    found: dict[str, str | None] = dict(_spelt())
    found |= {
        alias: code for alias, code in country_aliases().items() if alias not in ("us", "u s", "states")
    }
    found |= dict.fromkeys(words()["countries"]["not_one_country"])
    for code, names in places()["places"].items():
        for name in names:
            found.setdefault(name, code)
    for name, code in foreign_names().items():
        found.setdefault(name, code)
    return found


@cache
def _adjectives() -> dict[str, str]:
    return {word: code for code, adjectives in places()["adjectives"].items() for word in adjectives}


@cache
def _any_name() -> re.Pattern[str]:
    """Any of the names, the longest first, so that Guinea is not found in Equatorial Guinea."""
    return re.compile(any_of(_names()))
