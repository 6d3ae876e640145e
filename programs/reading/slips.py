"""
Typing slips in words: letters swapped, left out, doubled or hit beside. One a word, never in short ones.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from programs.reading.words import words

SHORTEST = 5
"""Letters of a word that may be meant; of four letters only two may have changed places."""


def mended(text: str, meant: Collection[str], *, kept: Collection[str] = ()) -> str:
    """The plain text with each word that is one slip away from a word of `meant` written as that word."""
    targets, alone = frozenset(meant), frozenset(kept) | frozenset(words()["not_slips"])
    return re.sub(
        r"(?<![\w'])[^\W\d_]{4,20}(?![\w'])",
        lambda m: m[0] if m[0] in targets or m[0] in alone else _meant(m[0], targets),
        text,
    )


@lru_cache(maxsize=4096)
def _meant(word: str, targets: frozenset[str]) -> str:
    found = {target for target in targets if one_slip(word, target)}
    return found.pop() if len(found) == 1 else word


def one_slip(typed: str, meant: str) -> bool:
    """Whether one slip makes `typed` of `meant`. The first letter is right, unless it changed places."""
    if len(meant) == len(typed):
        unlike = [i for i, (a, b) in enumerate(zip(typed, meant, strict=True)) if a != b]
        swapped = len(unlike) == 2 and unlike[1] == unlike[0] + 1
        if swapped and len(meant) >= SHORTEST - 1:
            return typed[unlike[0]] == meant[unlike[1]] and typed[unlike[1]] == meant[unlike[0]]
        return len(unlike) == 1 and unlike[0] > 0 and len(meant) > SHORTEST
    shorter, longer = sorted((typed, meant), key=len)
    if len(longer) - len(shorter) != 1 or len(meant) < SHORTEST or typed[0] != meant[0]:
        return False
    place = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    return shorter[place:] == longer[place + 1 :]
