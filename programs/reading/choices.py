"""
One of a few choices out of what people type: key, label or synonym, with small typos. Two or a negation:
none.
"""

from __future__ import annotations

import difflib
import re

from programs.items import Item
from programs.reading.plain import plain
from programs.reading.result import NotUnderstood

NEAR = 0.8


def read_choice(item: Item, text: str) -> str | NotUnderstood:
    """The key of the one choice that is named, or the reason why not."""
    said = " ".join(re.sub(r"[^\w']+", " ", plain(text)).split())
    words = {plain(word): key for key, word in _words(item)}
    named = {key for word, key in words.items() if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said)}
    if not named:
        near = difflib.get_close_matches(said, words, 1, NEAR)
        named = {words[word] for word in near}
    if re.search(r"\b(not|neither|n't|don't|isn't)\b", said):
        return NotUnderstood("ambiguous")
    if len(named) > 1:
        return NotUnderstood("several")
    return named.pop() if named else NotUnderstood("unreadable")


def _words(item: Item) -> list[tuple[str, str]]:
    return [
        (key, word) for key, choice in item.choices.items() for word in (key, choice.label, *choice.synonyms)
    ]
