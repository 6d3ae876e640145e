"""
Yes or no out of what people type to a question that has just these two answers. Both at once, or maybe:
neither.

Only what stands at the beginning or the end of a short answer counts, so that "I have it, but not here" is
asked about again; and so is an answer that holds the other word too.
"""

from __future__ import annotations

import re

from programs.catalogue.items import Item
from programs.reading.plain import plain
from programs.reading.result import NotUnderstood
from programs.reading.silence import does_not_know, without_not_knowing
from programs.reading.slips import mended
from programs.reading.words import any_of, any_pattern, words

LONGEST = 12
"""Words. A longer answer says more than yes or no."""


def read_yes_no(item: Item, text: str) -> bool | NotUnderstood:
    """True for yes, False for no, or the reason why neither."""
    lists = words()["yes_no"]
    said = mended(plain(text), lists["slips"])
    for typed, meant in lists["short_slips"].items():
        said = re.sub(any_of([typed]), meant, said)
    said = re.sub(any_pattern(lists["no_is_no_no"]), "yes", _bare(said))
    if does_not_know(said):
        found = _read(item, without_not_knowing(said), asks="?" in text)
        return NotUnderstood("does_not_know") if isinstance(found, NotUnderstood) else found
    return _read(item, said, asks="?" in text)


def _read(item: Item, said: str, *, asks: bool) -> bool | NotUnderstood:
    lists = words()["yes_no"]
    if asks or len(said.split()) > LONGEST:
        return NotUnderstood("unreadable")
    own = _own(item, said)
    if own is not None:
        return own
    if re.search(any_pattern(lists["rather_not_say"]), said):
        return NotUnderstood("rather_not")
    if re.search(any_pattern(lists["unsure"]), said):
        return NotUnderstood("ambiguous")
    bare = re.sub(rf"^(?:{any_pattern(lists['fillers'])} ?){{1,6}}", "", said)
    yes, no = (_says(said, lists[answer]) or _says(bare, lists[answer]) for answer in ("yes", "no"))
    other = lists["no" if yes else "yes"]["first_or_last"]
    if (yes or no) and re.search(any_pattern(other), said):
        return NotUnderstood("ambiguous")
    return yes if yes or no else NotUnderstood("unreadable")


def _own(item: Item, said: str) -> bool | NotUnderstood | None:
    """What the item's own words in the answer say, the longest first; None if there are none."""
    answers = {_bare(plain(each)): False for each in item.says_no}
    answers |= {_bare(plain(each)): True for each in item.says_yes}
    if not answers:
        return None
    found = list(re.finditer(any_of(answers), said))
    if not found:
        return None
    denied = any(
        re.search(r"(?:\bnot|n't|\bnever|\bno longer|\bhardly)\b", said[: each.start()]) for each in found
    )
    unsure = re.search(any_pattern(words()["yes_no"]["unsure"]), re.sub(any_of(answers), " ", said))
    meant = {answers[each[0]] for each in found}
    if denied or unsure or len(meant) > 1:
        return NotUnderstood("ambiguous")
    return meant.pop()


def _bare(said: str) -> str:
    return " ".join(re.sub(r"[^\w'👍👎👌✅]+", " ", said).split())


def _says(said: str, patterns: dict[str, list[str]]) -> bool:
    edge = any_pattern(patterns["first_or_last"])
    at_an_edge = re.search(rf"^{edge}|{edge}$", said)
    return bool(at_an_edge or re.fullmatch(any_pattern(patterns["whole"]), said))
