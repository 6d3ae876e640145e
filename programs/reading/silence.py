"""
Answers that are none: who does not know, who would rather not say, and who needs a moment.

Called where no value was read; a value beside "I am not sure" is a value.
"""

from __future__ import annotations

import re
from functools import cache

from programs.reading.result import NotUnderstood, Reason
from programs.reading.words import any_pattern, words


def rather_not(said: str) -> bool:
    """True if a plain text says that one would rather not answer."""
    return bool(_pattern("rather_not").search(said))


def does_not_know(said: str) -> bool:
    """True if a plain text says that one does not know."""
    return bool(_pattern("does_not_know").search(said))


def without_not_knowing(said: str) -> str:
    """A plain text without the words that say that one does not know."""
    return " ".join(_pattern("does_not_know").sub(" ", said).split())


def why_none(said: str) -> NotUnderstood | None:
    """Which of the three a plain text is, or None."""
    reasons: tuple[Reason, ...] = ("rather_not", "does_not_know", "wait")
    return next((NotUnderstood(reason) for reason in reasons if _pattern(reason).search(said)), None)


@cache
def _pattern(which: str) -> re.Pattern[str]:
    return re.compile(any_pattern(words()[which]))
