"""
Yes or no out of what people type to a question that has just these two answers. Both at once, or maybe:
neither.

Only what stands at the beginning or the end of a short answer counts, so that "I have it, but not here" is
asked about again; and so is an answer that holds the other word too.
"""

from __future__ import annotations

import re

from programs.reading.plain import plain
from programs.reading.result import NotUnderstood
from programs.reading.words import any_pattern, words

LONGEST = 12
"""Words. A longer answer says more than yes or no."""


def read_yes_no(text: str) -> bool | NotUnderstood:
    """True for yes, False for no, or the reason why neither."""
    lists = words()["yes_no"]
    said = " ".join(re.sub(r"[^\w']+", " ", plain(text)).split())
    if re.search(any_pattern(lists["rather_not_say"]), said) or len(said.split()) > LONGEST:
        return NotUnderstood("unreadable")
    if re.search(any_pattern(lists["unsure"]), said):
        return NotUnderstood("ambiguous")
    bare = re.sub(rf"^(?:{any_pattern(lists['fillers'])} ?)+", "", said)
    yes, no = (_says(said, lists[answer]) or _says(bare, lists[answer]) for answer in ("yes", "no"))
    other = lists["no" if yes else "yes"]["first_or_last"]
    if (yes or no) and re.search(any_pattern(other), said):
        return NotUnderstood("ambiguous")
    return yes if yes or no else NotUnderstood("unreadable")


def _says(said: str, patterns: dict[str, list[str]]) -> bool:
    edge = any_pattern(patterns["first_or_last"])
    at_an_edge = re.search(rf"^{edge}|{edge}$", said)
    return bool(at_an_edge or re.fullmatch(any_pattern(patterns["whole"]), said))
