"""
Typing errors as fingers make them: letters swapped, left out, doubled, or hit beside. One word in three.

Always the same for the same sentence, so that two runs measure the same.
"""

from __future__ import annotations

import random

WORDS_PER_TYPO = 3
SHORTEST = 3  # letters; shorter words are typed right
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {
    letter: row[max(place - 1, 0) : place] + row[place + 1 : place + 2]
    for row in _ROWS
    for place, letter in enumerate(row)
}


def with_typos(text: str) -> str:
    """The sentence with one typing error in every third word that is long enough; at least one if it can."""
    chance = random.Random(text)  # noqa: S311, nothing secret
    words = text.split(" ")
    long_enough = [place for place, word in enumerate(words) if sum(map(str.isalpha, word)) >= SHORTEST]
    count = -(-len(words) // WORDS_PER_TYPO)
    for place in chance.sample(long_enough, min(count, len(long_enough))):
        words[place] = _typo(words[place], chance)
    return " ".join(words)


def _typo(word: str, chance: random.Random) -> str:
    place = chance.choice([i for i, letter in enumerate(word) if letter.isalpha()])
    before, letter, after = word[:place], word[place], word[place + 1 :]
    kind = chance.choice(("swap", "leave_out", "double", "beside"))
    if kind == "swap" and after:
        return before + after[0] + letter + after[1:]
    if kind == "leave_out":
        return before + after
    beside = _BESIDE.get(letter.lower(), "")
    if kind == "beside" and beside:
        return before + chance.choice(beside) + after
    return before + letter + letter + after
