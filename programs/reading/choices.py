"""
One of a few choices out of what people type: key, label or synonym, with small typos. Two or a negation:
none. Whoever does not know gets the choice that lists such words among its synonyms, if there is one.
"""

from __future__ import annotations

import difflib
import re

from programs.catalogue.items import Item
from programs.reading.plain import plain
from programs.reading.result import NotUnderstood
from programs.reading.words import any_of, any_pattern, words

NEAR = 0.8


def read_choice(item: Item, text: str) -> str | NotUnderstood:
    """The key of the one choice that is named, or the reason why not."""
    said = " ".join(re.sub(r"[^\w']+", " ", plain(text)).split())
    listed = {plain(word): key for key, word in _words(item)}
    if _unsure(said):
        return next((key for word, key in listed.items() if _unsure(word)), NotUnderstood("unreadable"))
    named = {key for word, key in listed.items() if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said)}
    if not named:
        near = difflib.get_close_matches(said, listed, 1, NEAR)
        named = {listed[word] for word in near}
    if re.search(any_of(words()["nothing_said"]), said):
        return NotUnderstood("unreadable")
    if re.search(r"\b(not|neither|n't|don't|isn't)\b", said):
        return NotUnderstood("ambiguous")
    if len(named) > 1:
        return NotUnderstood("several")
    return named.pop() if named else NotUnderstood("unreadable")


def _unsure(said: str) -> bool:
    """True if the whole phrase says that one does not know: "not sure", "well, I don't know"."""
    before = any_pattern([*words()["yes_no"]["fillers"], "i'm", "i am", "sorry", "really"])
    after = any_pattern(["sorry", "really", "yet", "which( one)?", "what( it is)?"])
    return bool(re.fullmatch(rf"(?:{before} )*{any_of(words()['nothing_said'])}(?: {after})*", said))


def _words(item: Item) -> list[tuple[str, str]]:
    return [
        (key, word) for key, choice in item.choices.items() for word in (key, choice.label, *choice.synonyms)
    ]
