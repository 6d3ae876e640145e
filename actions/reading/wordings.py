"""
A short notation for phrases that are said in many ways: "(ok|fine) <with me>" stands for four wordings.

Pure. It must never stand for a wording that its text does not spell out.
"""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORTHAND = {"{it}": "(it|this|that)"}
_INNERMOST = re.compile(r"<([^()<>]*)>|\(([^()<>]*)\)")


def wordings(phrase: str) -> Iterator[str]:
    """
    Every wording of a phrase: (a|b) is either, <a|b> is either or nothing, {it} is it, this or that.

    Brackets may stand inside each other. Raises ValueError naming the phrase if they do not match.
    """
    text = phrase
    for short, long in SHORTHAND.items():
        text = text.replace(short, long)
    for wording in _expand(text):
        if re.search(r"[()<>{}|]", wording):
            raise ValueError(f"the brackets of “{phrase}” do not match")
        yield " ".join(wording.split())


def _expand(text: str) -> Iterator[str]:
    """Outermost last: the innermost brackets are replaced by each of their alternatives in turn."""
    pieces: list[list[str]] = []
    rest = text
    while found := _INNERMOST.search(rest):
        optional, either = found.groups()
        pieces.append(["", *optional.split("|")] if either is None else either.split("|"))
        rest = f"{rest[: found.start()]}\x00{len(pieces) - 1}\x00{rest[found.end() :]}"
    for choice in product(*pieces):
        yield _filled(rest, choice)


def _filled(text: str, choice: tuple[str, ...]) -> str:
    while "\x00" in text:
        text = re.sub(r"\x00(\d+)\x00", lambda found: choice[int(found[1])], text)
    return text
