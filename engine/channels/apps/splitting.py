"""
Cuts a text where an app's limit wants it: at the end of a paragraph, a line or a sentence, else between
words.

Must never lose, add or reorder a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_ENDS = (r"\n\n+", r"\n", r"(?<=[.!?…])[”\"’')]*\s+")
"""Where a text may be cut, the best place first."""

_BETWEEN_WORDS = (r"\s+",)
"""Where it is cut if no sentence ends."""

Length = Callable[[str], int]


def utf16_length(text: str) -> int:
    """Length as Telegram and browsers count it: characters beyond the first 65,536 count twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, most: int, length: Length = len) -> list[str]:
    """
    The text in parts of at most `most`, measured by `length`; none for a text of blanks.

    most: at least 2, so that any one character fits.
    """
    parts: list[str] = []
    rest = text.strip()
    while length(rest) > most:
        end, begin = _cut(rest, _fitting(rest, most, length))
        parts.append(rest[:end].rstrip())
        rest = rest[begin:].strip()
    return [*parts, rest] if rest else parts


def split_before(text: str, last: str, most: int, length: Length = len) -> list[str]:
    """
    The text in parts with `last` below its end, in the last part if it fits there, else as a part of its own.

    last: lines that stay together; a longer one is split all the same.
    """
    parts = split(text, most, length)
    if not last:
        return parts
    joined = f"{parts[-1]}\n{last}" if parts else last
    if length(joined) <= most:
        return [*parts[:-1], joined]
    return [*parts, *split(last, most, length)]


def shortened(text: str, most: int) -> str:
    """At most that many characters, with "…" in place of the rest."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _fitting(text: str, most: int, length: Length) -> int:
    """How many characters fit; never within a character that takes two places."""
    if length is len:
        return most
    places = 0
    for number, character in enumerate(text):
        places += length(character)
        if places > most:
            return number
    return len(text)


def _cut(text: str, fits: int) -> tuple[int, int]:
    """Where the part ends and the rest begins. Not in the first half, unless there is no other place."""
    for least, patterns in ((fits // 2, _ENDS), (1, _ENDS), (1, _BETWEEN_WORDS)):
        for pattern in patterns:
            found = _last(pattern, text, least, fits)
            if found is not None:
                return found
    return fits, fits


def _last(pattern: str, text: str, least: int, fits: int) -> tuple[int, int] | None:
    """The last place of that kind whose part is long enough and fits."""
    places: Sequence[re.Match[str]] = list(re.finditer(pattern, text[: fits + 1]))
    for place in reversed(places):
        end = place.start() + len(place.group().rstrip())
        if least <= end <= fits:
            return end, place.end()
    return None
