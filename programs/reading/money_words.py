"""How sums of money are put into words: "1200 euros and 50 cents", "1.200,-", "nothing at the moment"."""

from __future__ import annotations

import re

from programs.reading.numbers import parse_number
from programs.reading.words import any_of, any_pattern, words


def tidy_money(spoken: str) -> str:
    """Spaces around "eur", and no ",-" after the amount."""
    spoken = re.sub(r"(?<=\d)[.,]-+(?!\d)", "", spoken)
    spoken = re.sub(r"(?<=\d)(?=eur)", " ", spoken)
    spoken = re.sub(r"\beur(?=\d)", "eur ", spoken)
    return " ".join(spoken.split())


def cents_joined(spoken: str) -> str:
    """Joined amounts: "1200 euros and 50 cents" → "1200.50"; "50 cents" → "0.50"."""
    euro, cents = any_of(words()["money"]["euro"]), any_of(words()["money"]["cents"])
    spoken = re.sub(
        rf"(?<![.,\d])(\d[\d.,']*) ?{euro},? (?:and )?(\d{{1,2}}) ?{cents}",
        lambda m: f"{parse_number(m[1].strip())}.{int(m[2]):02d} eur",
        spoken,
    )
    spoken = re.sub(rf"(?<![.,\d])(\d+) {euro} (\d{{2}})(?! ?[\d.,]*\d| ?%|\w)(?=\W*$)", r"\1.\2 eur", spoken)
    return re.sub(rf"(?<![.,\d])(\d{{1,2}})(?: ?{cents}|c(?!\w))", lambda m: f"0.{int(m[1]):02d} eur", spoken)


def says_nothing(said: str) -> bool:
    """True if the whole answer, or what stands before its first dash or comma, says that it is nothing."""
    fillers = [
        *words()["yes_no"]["fillers"],
        "i( pay| spend| have| owe)?",
        "it'?s",
        "about",
        "that'?s",
        "i'm",
    ]
    before = any_pattern(fillers)
    pattern = rf"(?:{before} ){{0,6}}{any_pattern(words()['money']['nothing'])}(?: {before}){{0,2}}"
    whole, first = (_bare(part) for part in (said, re.split(r"[,;]| - |\.(?!\d)", said, maxsplit=1)[0]))
    return bool(
        re.fullmatch(pattern, whole) or (re.fullmatch(pattern, first) and not re.search(r"[1-9]", said))
    )


def _bare(said: str) -> str:
    return " ".join(re.sub(r"[^\w']+", " ", said).split())
