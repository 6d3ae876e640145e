"""
A country out of what people type: names in several languages, common aliases, codes, and kind reading of typos.

The names come from Babel (Unicode CLDR). Two countries in one answer, or two that are equally near, are not decided.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import cache

from babel import Locale
from babel.core import get_global

from programs.reading.plain import plain
from programs.reading.result import NotUnderstood
from programs.reading.words import country_aliases, words

NEAR = 0.83
"""Likeness (difflib ratio) from which a misspelt name is taken for a country's."""
CLEARLY_NEARER = 0.04


def read_country(text: str) -> str | NotUnderstood:
    """The ISO 3166-1 alpha-2 code of the one country that is named, or the reason why not."""
    code = _code(text.strip())
    if code:
        return code
    said = _folded(text)
    if said in country_aliases():
        return country_aliases()[said]
    found = _named(said)
    if len(found) == 1:
        return found.pop()
    return NotUnderstood("several") if found else _near(said)


def _code(text: str) -> str | None:
    """A code in capitals that stands alone; words like "NO" and "IN" are not taken for one."""
    if not re.fullmatch(r"[A-Z]{2,3}", text) or text in words()["countries"]["not_a_code"]:
        return None
    aliases = get_global("territory_aliases").get(text, ())
    code = text if len(text) == 2 else next(iter(aliases), "")
    return code if code in _english() else None


def _named(said: str) -> set[str]:
    """All countries whose whole name occurs, longest names first, so that Guinea is not found in Equatorial Guinea."""
    found: set[str] = set()
    rest = said
    for name, code in _names():
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", rest):
            rest = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", rest)
            if code:
                found.add(code)
    return found


def _near(said: str) -> str | NotUnderstood:
    """The country whose name is clearly nearest to the answer, or to a run of up to three words in it."""
    parts = said.split()
    runs = {" ".join(parts[i : i + n]) for n in (1, 2, 3) for i in range(len(parts) - n + 1)} | {said}
    best: dict[str, float] = {}
    for run in runs:
        if len(run) < 5:
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


def _folded(text: str) -> str:
    """Plain text without accents and punctuation, so that "Côte d’Ivoire" and "cote d ivoire" are one."""
    decomposed = unicodedata.normalize("NFKD", plain(text))
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w]+", " ", bare).split())


@cache
def _english() -> dict[str, str]:
    """ISO code → English name, of countries and territories only (no EU, UN, test codes)."""
    territories = Locale("en").territories
    groups = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
    return {
        code: territories[code]
        for code in territories
        if re.fullmatch(r"[A-Z]{2}", code) and code not in groups
    }


@cache
def _spelt() -> dict[str, str]:
    """Folded English names and long aliases → code: what a typo is compared with."""
    names = {_folded(name): code for code, name in _english().items()}
    return names | {alias: code for alias, code in country_aliases().items() if len(alias) > 4}


@cache
def _names() -> tuple[tuple[str, str | None], ...]:
    """Every name to be looked for inside an answer with its code, longest first; English goes before other languages."""
    found: dict[str, str | None] = {name: None for name in words()["countries"]["not_a_country"]}
    found |= _spelt()
    for language in words()["countries"]["also_named_in"]:
        for code, name in Locale(language).territories.items():
            if code in _english() and len(name) > 3:
                found.setdefault(_folded(name), code)
    for alias, code in country_aliases().items():
        if alias not in ("us", "states"):
            found[alias] = code
    return tuple(sorted(found.items(), key=lambda pair: -len(pair[0])))
