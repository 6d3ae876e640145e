"""
Two needs in one message: "I lost my card, and how do I pay off my debt?"

The message is cut where people begin something new, neighbouring parts are read on their own, and the two
that say different needs most clearly are taken; what is not clear in its part is no second need.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from engine.nlu.deciding import is_need, program_of

if TYPE_CHECKING:
    from engine.nlu.model import Reading

_CUT = re.compile(
    r"[.?!;:\n]+\s+|\.\.+\s*|\s+-+\s+|\s*,\s*(?:(?:and|but|also|plus|so)\s+)?"
    r"|\s+(?:and|but|also|plus|then|or|because|since|cause|when|while|if|so)\s+",
    re.IGNORECASE,
)
FEWEST_WORDS = 3
"""Fewer say no need of their own; they belong to their neighbour."""
MOST_PARTS = 6
"""Of a message; what comes later in a long story is not looked at, so that its length costs nothing more."""
TOGETHER = 2
"""So many neighbouring parts are read as one, at most."""


class _Found(NamedTuple):
    program: str
    confidence: float
    clearness: float


def two_needs(
    text: str, read: Callable[[str], Reading], *, confidence: float, support: float
) -> tuple[str, str] | None:
    """
    The programs of two needs in the order in which they are said, or None.

    read: what the model makes of a part. confidence: least probability of the need in its part, 0 to 1.
    support: as `deciding.Thresholds.support`, for a part.
    """
    parts = parts_of(text)
    found = {
        (first, last): need
        for first in range(len(parts))
        for last in range(first, min(first + TOGETHER, len(parts)))
        if last - first + 1 < len(parts)
        if (need := _need(read(text[parts[first][0] : parts[last][1]]), confidence, support))
    }
    return _clearest(found)


def parts_of(text: str) -> list[tuple[int, int]]:
    """Where each part begins and ends."""
    parts: list[tuple[int, int]] = []
    began = 0
    for begin, end in [*(match.span() for match in _CUT.finditer(text)), (len(text), len(text))]:
        if parts and min(_words(text, (began, begin)), _words(text, parts[-1])) < FEWEST_WORDS:
            parts[-1] = (parts[-1][0], begin)
        else:
            parts.append((began, begin))
        began = end
        if len(parts) > MOST_PARTS:
            break
    return parts[:MOST_PARTS]


def _words(text: str, part: tuple[int, int]) -> int:
    return len(text[part[0] : part[1]].split())


def _need(reading: Reading, confidence: float, support: float) -> _Found | None:
    needs = [each for each in reading.ranking if is_need(each)]
    together = sum(each["confidence"] for each in needs)
    other = max((each["confidence"] for each in reading.ranking if not is_need(each)), default=0.0)
    nearness = reading.evidence.nearness
    if not needs or other >= together or together + nearness < support or needs[0]["confidence"] < confidence:
        return None
    return _Found(program_of(needs[0]), needs[0]["confidence"], nearness)


def _clearest(found: Mapping[tuple[int, int], _Found]) -> tuple[str, str] | None:
    pairs = [
        (one.confidence * other.confidence * (one.clearness + other.clearness), one.program, other.program)
        for place, one in found.items()
        for later, other in found.items()
        if later[0] > place[1] and one.program != other.program
    ]
    return max(pairs)[1:] if pairs else None
