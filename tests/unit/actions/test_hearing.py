"""What a message means inside a question. A classifier never makes a yes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from actions.flow.hearing import DIGRESSIONS, digresses, hear
from actions.reading.phrases import Reading, load_phrases
from actions.turn import Turn

PHRASES = load_phrases("en")
ROOT = Path(__file__).parents[3]


def typed(text: str, intent: str = "unclear", confidence: float = 1.0, **more: object) -> Turn:
    return Turn("p", "rest", text, intent, confidence, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["I guess", "if you must", "well, my wife would say yes", "sounds like a trap"]
)
def test_a_classifier_that_is_sure_of_a_yes_makes_none(text: str) -> None:
    assert hear(PHRASES, typed(text, "allow", 1.0)).reading is not Reading.YES


@given(st.text(), st.sampled_from(["allow", "deny", "unclear", "need", "greet"]), st.floats(0, 1))
def test_typed_words_are_a_yes_only_by_the_lists(text: str, intent: str, confidence: float) -> None:
    heard = hear(PHRASES, typed(text, intent, confidence))
    assert (heard.reading is Reading.YES) == (PHRASES.read(text) is Reading.YES)


def test_a_no_is_understood_in_free_text_when_the_classifier_is_sure() -> None:
    assert hear(PHRASES, typed("my salary is my own affair", "deny", 0.9)).reading is Reading.NO
    assert hear(PHRASES, typed("my salary is my own affair", "deny", 0.3)).reading is None


def test_a_button_carries_the_request_that_it_belongs_to() -> None:
    heard = hear(PHRASES, typed("/allow", "allow", pressed=True, named={"r": "abc"}))
    assert (heard.reading, heard.request_id, heard.button) == (Reading.YES, "abc", "allow")


def test_the_need_that_is_being_helped_is_no_digression() -> None:
    assert not digresses(typed("my debt", "need", program="debt_payoff"), "debt_payoff")
    assert digresses(typed("my card", "need", program="lost_card"), "debt_payoff")


def test_every_digression_has_a_rule_that_brings_the_question_back_or_ends_it() -> None:
    with_rule = set()
    for path in (ROOT / "data" / "rules").glob("*.yml"):
        for rule in yaml.safe_load(path.read_text())["rules"]:
            if {"active_loop": "help_form"} in rule.get("condition", ()):
                with_rule |= {step["intent"] for step in rule["steps"] if "intent" in step}
    assert with_rule == DIGRESSIONS


@pytest.mark.parametrize("text", ["allow", "yes please", "ok"])
def test_words_that_were_typed_like_a_command_are_no_yes(text: str) -> None:
    assert hear(PHRASES, typed(text)).reading is Reading.YES
    assert hear(PHRASES, typed(text, is_command=True)).reading is Reading.UNCLEAR
    assert hear(PHRASES, typed(f"\uff0f{text}")).reading is not Reading.YES
