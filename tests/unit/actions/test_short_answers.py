"""What people type when they are asked for a permission: 600 phrasings by what they must mean."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from actions.flow.hearing import hear
from actions.reading.phrases import Reading, load_phrases
from actions.reading.wordings import wordings
from actions.turn import Turn
from tests.tables import each

TABLE: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "short_answers.yml").read_text(encoding="utf-8")
)
PHRASES = load_phrases("en")
CLEAR = {reading: phrases for reading, phrases in TABLE.items() if reading != "unclear"}
NEVER_YES = [text for reading, phrases in TABLE.items() if reading != "yes" for text in phrases]


def _heard(text: str, intent: str = "", confidence: float = 0.0) -> Reading | None:
    return hear(PHRASES, Turn("person", "rest", text, intent, confidence)).reading


def _clear() -> Iterator[tuple[str, str]]:
    return ((reading, text) for reading, phrases in CLEAR.items() for text in phrases)


def test_the_table_is_large_and_says_each_phrasing_once() -> None:
    texts = [text for phrases in TABLE.values() for text in phrases]
    assert len(texts) >= 600
    assert len(set(texts)) == len(texts)
    assert set(TABLE) == {reading.value for reading in Reading}


def test_the_clear_answers_are_understood() -> None:
    wrong = [(text, reading) for reading, text in _clear() if _heard(text) != reading]
    assert len(wrong) <= 0.03 * sum(map(len, CLEAR.values())), wrong


@each("text, intent", product(NEVER_YES, ["", "allow", "need", "tell_value", "deny"]))
def test_no_unclear_or_negative_phrasing_is_a_yes_whatever_the_classifier_says(
    text: str, intent: str
) -> None:
    assert _heard(text, intent, 1.0) is not Reading.YES


@given(st.sampled_from(CLEAR["no"] + CLEAR["stop"] + CLEAR["later"]), st.sampled_from(CLEAR["yes"]))
def test_a_yes_beside_a_no_is_no_yes(other: str, yes: str) -> None:
    assert _heard(f"{other} {yes}") is not Reading.YES
    assert _heard(f"{yes} {other}") is not Reading.YES


def test_a_wording_may_have_alternatives_and_parts_that_may_be_left_out() -> None:
    assert set(wordings("(ok|fine) <with me>")) == {"ok", "ok with me", "fine", "fine with me"}
    assert set(wordings("use {it}")) == {"use it", "use this", "use that"}
    assert set(wordings("go <on <then|now>>")) == {"go", "go on", "go on then", "go on now"}
    assert list(wordings("plain words")) == ["plain words"]


@pytest.mark.parametrize("phrase", ["(ok", "ok)", "<ok", "a|b", "{that}", "(a|b>"])
def test_brackets_that_do_not_match_are_named(phrase: str) -> None:
    with pytest.raises(ValueError, match="do not match"):
        list(wordings(phrase))
