"""Reading takes steps in proportion to the length of what was typed, whatever its shape."""

from __future__ import annotations

import re
import re._constants as kind
import re._parser as parser
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import yaml

from actions.reading.phrases import Phrases, load_phrases
from programs import load_catalogue, looks_volunteered, read_value
from programs.reading.calendar_words import dated
from programs.reading.phrased_days import _by_number, _phrases

FOLDER = Path(__file__).parents[3] / "programs" / "reading"
DAY = date(2026, 5, 6)
ITEMS = load_catalogue().items
LISTED = load_phrases("en")
SHAPES = (
    "no thanks ", "yes no ", "not now please ", "a", "1", "1 ", "1,", "1.", "1 200 ", "two hundred and ",
    "half a ", "one ", "3 may ", "3/5/", "monday ", "week ago ", "last ", "not ", "sorry ", "no, ", "1 sec ",
    "don't know ", "€", "% ", "k ", "-", "(", "'", "…", "👍", "in the app ", "card ", "from spain ",
    "é", "\u200b", "#", "1-2-", "5 to ", "and ", "the 5th ",
)  # fmt: skip
LENGTHS = (500, 1000, 2000)


class Counting(dict[Any, Any]):
    """A dictionary that counts how often it is asked."""

    asked = 0

    def __contains__(self, key: object) -> bool:
        Counting.asked += 1
        return super().__contains__(key)


def _steps(call: Callable[[], object]) -> int:
    """How many functions, of Python and of C, are called."""
    count = 0

    def note(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        call()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("shape", SHAPES)
def test_phrases_are_looked_up_in_proportion_to_the_words(shape: str) -> None:
    phrases = Phrases(Counting(LISTED.meanings), LISTED.fillers, LISTED.everything)
    for length in LENGTHS:
        Counting.asked = 0
        text = (shape * length)[:length] + " xyzzy"
        phrases.read(text)
        assert Counting.asked <= (len(text.split()) + 2) * phrases.longest


def test_forty_refusals_and_a_word_that_means_nothing_are_read_at_once() -> None:
    assert LISTED.read("no thanks " * 40 + "xyzzy") is None


@pytest.mark.parametrize("shape", SHAPES)
def test_volunteered_data_is_looked_for_in_proportion_to_the_length(shape: str) -> None:
    looks_volunteered(shape)  # patterns are made once
    steps = [_steps(lambda n=n: looks_volunteered((shape * n)[:n])) for n in LENGTHS]  # type: ignore[misc]
    assert steps[2] <= 3 * steps[1] + 2000
    assert steps[1] <= 3 * steps[0] + 2000


@pytest.mark.parametrize("shape", SHAPES)
def test_a_value_is_never_looked_for_in_a_story(shape: str) -> None:
    for name in ("debt_balance_eur", "card_order_date", "fee_kind", "paid_amount", "loan_term_months"):
        text = (shape * 2000)[:2000]
        read_value(ITEMS[name], shape, today=DAY)
        assert _steps(lambda t=text, n=name: read_value(ITEMS[n], t, today=DAY)) < 50  # type: ignore[misc]


def _patterns() -> Iterator[str]:
    """Every pattern of the word lists, and those of dates, as they are searched for."""

    def strings(node: object) -> Iterator[str]:
        if isinstance(node, dict):
            for value in node.values():
                yield from strings(value)
        elif isinstance(node, list):
            for value in node:
                yield from strings(value)
        elif isinstance(node, str):
            yield node

    yield from dated()
    yield from (pattern.pattern for pattern, _ in (*_phrases(), *_by_number()))
    for name in ("numbers.yml", "silence.yml", "words.yml"):
        lists = yaml.safe_load((FOLDER / name).read_text())
        lists.pop("currencies", None)  # plain words with signs in them
        yield from strings(lists)


def _unbounded_in_unbounded(tree: Any, inside: bool = False) -> bool:
    for operation, arguments in tree:
        repeats = operation in (kind.MAX_REPEAT, kind.MIN_REPEAT)
        unbounded = repeats and arguments[1] is kind.MAXREPEAT
        if unbounded and inside:
            return True
        parts: list[Any] = []
        if repeats:
            parts = [arguments[2]]
        elif operation is kind.SUBPATTERN:
            parts = [arguments[3]]
        elif operation is kind.BRANCH:
            parts = arguments[1]
        elif operation in (kind.ASSERT, kind.ASSERT_NOT):
            parts = [arguments[1]]
        if any(_unbounded_in_unbounded(part, inside or unbounded) for part in parts):
            return True
    return False


def test_no_pattern_repeats_without_end_inside_a_repetition_without_end() -> None:
    """Nothing else makes a regular expression take exponential time."""
    unread, nested = [], []
    for pattern in _patterns():
        try:
            nested += [pattern] if _unbounded_in_unbounded(parser.parse(pattern)) else []
        except re.error:
            unread.append(pattern)
    assert nested == []
    assert unread == [], "these are plain words, and must not look like patterns"
    assert _unbounded_in_unbounded(parser.parse("(a+ ?)+b"))
