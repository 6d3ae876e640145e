"""
Yes or no out of what people type to a question that has just these two answers. Both at once, or maybe:
neither.

Only what stands at the beginning or the end of a short answer counts, so that "I have it, but not here" is
asked about again.
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
    said = re.sub(rf"^(?:{any_pattern(lists['fillers'])} ?)+", "", said)
    yes, no = (_says(said, lists[answer]) for answer in ("yes", "no"))
    if yes and no:
        return NotUnderstood("ambiguous")
    return yes if yes or no else NotUnderstood("unreadable")


def _says(said: str, patterns: dict[str, list[str]]) -> bool:
    anywhere_at_the_edge, whole = any_pattern(patterns["first_or_last"]), any_pattern(patterns["whole"])
    edges = re.search(rf"^{anywhere_at_the_edge}|{anywhere_at_the_edge}$", said)
    return bool(edges or re.fullmatch(whole, said))
