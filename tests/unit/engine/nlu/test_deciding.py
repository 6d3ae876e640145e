"""From a ranking to a decision."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.nlu.deciding import Thresholds, decide

THRESHOLDS = Thresholds(need=0.35, gap=0.2, generic=0.3, of={"forget_me": 0.5})
NAMES = ("need_a", "need_b", "need_c", "allow", "out_of_scope", "forget_me", "greet")
RANKINGS = st.lists(st.floats(0, 1), min_size=len(NAMES), max_size=len(NAMES)).map(
    lambda numbers: ranking(**dict(zip(NAMES, numbers, strict=True)))
)


def ranking(**confidences: float) -> list[dict[str, Any]]:
    return [{"name": name, "confidence": confidence} for name, confidence in confidences.items()]


def decided(**confidences: float) -> dict[str, Any]:
    return decide(ranking(**confidences), THRESHOLDS)


def test_a_clear_need_is_named_with_its_program() -> None:
    intent = decided(need_debt_payoff=0.7, need_lost_card=0.1, greet=0.2)
    assert intent == {"name": "need", "confidence": 0.7, "program": "debt_payoff"}


def test_two_close_needs_are_asked_about_in_the_order_of_their_strength() -> None:
    intent = decided(need_card_delivery=0.38, need_lost_card=0.45, greet=0.17)
    assert intent["name"] == "need_unclear"
    assert intent["candidates"] == ["lost_card", "card_delivery"]
    assert intent["confidence"] == pytest.approx(0.83)


def test_a_distance_of_exactly_the_gap_is_clear_enough() -> None:
    assert decided(need_a=0.5, need_b=0.25, greet=0.25)["name"] == "need"


def test_a_weak_need_is_out_of_scope() -> None:
    assert decided(need_a=0.3, greet=0.2, allow=0.2, stop=0.2)["name"] == "out_of_scope"


def test_many_weak_needs_are_not_one_need() -> None:
    assert decided(need_a=0.34, need_b=0.1, greet=0.2, stop=0.2)["name"] == "out_of_scope"


def test_another_intent_stays_as_it_is() -> None:
    assert decided(greet=0.6, need_a=0.4) == {"name": "greet", "confidence": 0.6}


def test_another_weak_intent_is_out_of_scope() -> None:
    assert decided(greet=0.29, stop=0.28, allow=0.27, need_a=0.16)["name"] == "out_of_scope"


def test_what_has_consequences_wants_more() -> None:
    assert decided(forget_me=0.45, greet=0.3, need_a=0.25)["name"] == "out_of_scope"
    assert decided(forget_me=0.55, greet=0.2, need_a=0.25)["name"] == "forget_me"


def test_needs_that_are_strong_together_win_over_a_middling_intent() -> None:
    assert decided(need_a=0.3, need_b=0.3, greet=0.4)["candidates"] == ["a", "b"]


def test_an_intent_of_ours_is_never_taken_for_a_program() -> None:
    assert decided(need_unclear=0.9, greet=0.1) == {"name": "need_unclear", "confidence": 0.9}


def test_a_single_need_in_the_whole_catalogue_works() -> None:
    assert decided(need_a=1.0) == {"name": "need", "confidence": 1.0, "program": "a"}


@given(RANKINGS)
def test_the_order_of_the_ranking_does_not_matter(some: list[dict[str, Any]]) -> None:
    one, other = decide(some, THRESHOLDS), decide(some[::-1], THRESHOLDS)
    assert one.pop("confidence") == pytest.approx(other.pop("confidence"))
    assert one == other


@given(RANKINGS)
def test_only_a_strong_need_far_from_the_next_is_a_need(some: list[dict[str, Any]]) -> None:
    intent = decide(some, THRESHOLDS)
    needs = sorted((each["confidence"] for each in some if each["name"].startswith("need_")), reverse=True)
    if intent["name"] == "need":
        assert needs[0] >= THRESHOLDS.need
        assert needs[0] - needs[1] >= THRESHOLDS.gap
    if intent["name"] == "need_unclear":
        assert needs[0] - needs[1] < THRESHOLDS.gap
