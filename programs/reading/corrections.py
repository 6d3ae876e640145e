"""
Answers that correct themselves: "2000, no wait, 2500", "3 years, sorry, 4".

Says what is left to be read; what counts is what the person said last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from programs.reading.words import any_of, any_pattern, words


def corrections(said: str) -> Iterator[tuple[str, str]]:
    """What stands before and after each word of correction in a plain text, the last one first."""
    found = list(_marker().finditer(said))
    for match in reversed(found):
        yield said[: match.start()], said[match.end() :].strip(" ,.;:-")


def corrects(said: str) -> bool:
    """Whether a plain text says that something before was wrong: "I mistyped, it is 2,300"."""
    return _marker().search(said) is not None or ends_corrected(said) is not None


def ends_corrected(said: str) -> str | None:
    """What stands before a "sorry" that ends the text ("8 months - 18 sorry"), or None."""
    match = re.search(rf"[\s,.;:-]+{any_pattern(words()['corrections']['at_the_end'])}[\s.!]*$", said)
    return said[: match.start()] if match else None


def last_number(said: str) -> str | None:
    """The text from its last number on; None if it has none before that."""
    found = list(re.finditer(r"(?<![\w.,])\d[\d.,' ]*", said))
    return said[found[-1].start() :] if len(found) > 1 else None


def unit_of(said: str) -> str:
    """The unit of time that a plain text names last, or nothing."""
    names = [name for forms in words()["units_of_time"].values() for name in forms]
    found = re.findall(rf"\d ?({any_of(names)})|{any_of(names)}", said)
    return next((unit for unit in reversed(found) if unit), "")


@cache
def _marker() -> re.Pattern[str]:
    return re.compile(
        rf"[\s,.;:!-]*(?:{any_pattern(words()['corrections']['between'])}"
        rf"|(?<=[,.;:!-])\s*{any_pattern(words()['corrections']['after_a_pause'])}(?=[\s,.;:!-]))[\s,.;:!-]*"
    )
