"""
Reads a misspelt word as the word that our own examples know it by: "crad" as "card".

For the classifier only: what a person typed stays as it is everywhere else. A word changes only when it is no
word at all (to the encoder and to our examples) and one slip away from one that we know. Must never change a
number, a short word, or a word that exists.

One slip is a letter left out, doubled, wrong, or swapped with the next: most misspellings are just that
(Damerau 1964, "A Technique for Computer Detection and Correction of Spelling Errors").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping

WORD = re.compile(r"[^\W\d_]+")
KNOWN_TIMES = 3  # a word that stands so often in our examples is one
SHORTEST = 4  # letters; below that everything is one slip from everything


def count_words(texts: Iterable[str]) -> Counter[str]:
    """How often each word stands in the texts, in small letters."""
    return Counter(word.lower() for text in texts for word in WORD.findall(text))


class Speller:
    """Knows words; may be used by several threads at once."""

    def __init__(self, counts: Mapping[str, int], is_word: Callable[[str], bool]) -> None:
        """counts: of our examples' words. is_word: whether something in small letters is an English word."""
        self.counts = {word: times for word, times in counts.items() if times >= KNOWN_TIMES}
        self._is_word = is_word
        self._near: dict[str, list[str]] = {}
        for word in sorted(self.counts):
            if len(word) >= SHORTEST - 1 and is_word(word):
                for form in shortened(word):
                    self._near.setdefault(form, []).append(word)

    def read(self, text: str) -> str:
        """The text with what is misspelt put right."""
        return WORD.sub(lambda found: self._put_right(found.group()), text)

    def _put_right(self, typed: str) -> str:
        word = typed.lower()
        if len(word) < SHORTEST or word in self.counts or self._is_word(word):
            return typed
        candidates = {near for form in shortened(word) for near in self._near.get(form, ())}
        meant = [near for near in candidates if is_one_slip(word, near)]
        return max(meant, key=lambda near: (self.counts[near], near), default=typed)


def shortened(word: str) -> Collection[str]:
    """The word, and the word without each of its letters: two words one slip apart share one of these."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def is_one_slip(one: str, other: str) -> bool:
    """Whether one letter left out, added, wrong, or swapped with the next makes one word of the other."""
    if len(one) > len(other):
        one, other = other, one
    same = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return one[same:] == other[same + 1 :]
    rest, other_rest = one[same:], other[same:]
    swapped = rest[:2] == other_rest[1::-1] and len(rest) > 1
    return rest[1:] == other_rest[1:] or (swapped and rest[2:] == other_rest[2:])
