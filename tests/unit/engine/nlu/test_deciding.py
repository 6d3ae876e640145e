"""From what the classifier read to a decision."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.nlu.deciding import Evidence, FinerNeed, Thresholds, decide

THRESHOLDS = Thresholds(support=1.25, gap=0.25, finer=0.5, generic=0.3, of={"forget_me": 0.5})
NEAR = Evidence(nearness=0.75)
NAMES = ("need_a", "need_b", "need_c", "allow", "out_of_scope", "forget_me", "greet")
RANKINGS = (
    st.lists(st.floats(0.001, 1), min_size=len(NAMES), max_size=len(NAMES))
    .map(lambda numbers: [number / sum(numbers) for number in numbers])
    .map(lambda numbers: ranking(**dict(zip(NAMES, numbers, strict=True))))
)
EVIDENCE = st.builds(
    Evidence,
    nearness=st.floats(-1, 1),
    finer_needs=st.fixed_dictionaries(
        {"need_a": st.builds(FinerNeed, finer_need=st.just("a1"), share=st.floats(0, 1))}
    ),
)


def ranking(**confidences: float) -> list[dict[str, Any]]:
    return [{"name": name, "confidence": confidence} for name, confidence in confidences.items()]


def decided(evidence: Evidence = NEAR, **confidences: float) -> dict[str, Any]:
    return decide(ranking(**confidences), evidence, THRESHOLDS)


def test_a_clear_need_is_named_with_its_program() -> None:
    intent = decided(need_debt_payoff=0.7, need_lost_card=0.1, greet=0.2)
    assert intent == {"name": "need", "confidence": 0.7, "program": "debt_payoff"}


def test_the_finer_need_of_the_program_is_named_when_it_is_clear() -> None:
    finer = {"need_top_up": FinerNeed("by_card", 0.5), "need_fees": FinerNeed("cash_fee", 0.9)}
    intent = decided(Evidence(0.75, finer), need_top_up=0.7, need_fees=0.2, greet=0.1)
    assert intent == {"name": "need", "confidence": 0.7, "program": "top_up", "finer_need": "by_card"}


def test_no_finer_need_is_named_when_none_is_clear() -> None:
    evidence = Evidence(0.75, {"need_top_up": FinerNeed("by_card", 0.49)})
    assert "finer_need" not in decided(evidence, need_top_up=0.9, greet=0.1)


def test_two_close_needs_are_asked_about_in_the_order_of_their_strength() -> None:
    intent = decided(need_card_delivery=0.38, need_lost_card=0.45, greet=0.17)
    assert intent["name"] == "need_unclear"
    assert intent["candidates"] == ["lost_card", "card_delivery"]
    assert intent["confidence"] == pytest.approx(0.83)


def test_a_distance_of_exactly_the_gap_is_clear_enough() -> None:
    assert decided(need_a=0.5, need_b=0.25, greet=0.25)["name"] == "need"


def test_support_of_exactly_the_threshold_is_enough() -> None:
    assert decided(Evidence(0.5), need_a=0.75, greet=0.25)["name"] == "need"


def test_what_is_far_from_all_that_people_say_with_a_need_is_out_of_scope() -> None:
    assert decided(Evidence(0.2), need_a=0.9, greet=0.1)["name"] == "out_of_scope"
    assert decided(Evidence(0.2), need_a=0.45, need_b=0.45, greet=0.1)["name"] == "out_of_scope"


def test_a_weak_need_is_out_of_scope_although_near() -> None:
    assert decided(need_a=0.4, greet=0.3, allow=0.2, stop=0.1)["name"] == "out_of_scope"


def test_another_intent_stays_as_it_is_however_near_a_need_is() -> None:
    assert decided(Evidence(1.0), greet=0.6, need_a=0.4) == {"name": "greet", "confidence": 0.6}


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


@given(RANKINGS, EVIDENCE)
def test_the_order_of_the_ranking_does_not_matter(some: list[dict[str, Any]], evidence: Evidence) -> None:
    one, other = decide(some, evidence, THRESHOLDS), decide(some[::-1], evidence, THRESHOLDS)
    assert one.pop("confidence") == pytest.approx(other.pop("confidence"))
    assert one == other


@given(RANKINGS, EVIDENCE)
def test_every_decision_keeps_its_thresholds(some: list[dict[str, Any]], evidence: Evidence) -> None:
    intent = decide(some, evidence, THRESHOLDS)
    needs = sorted((each["confidence"] for each in some if each["name"].startswith("need_")), reverse=True)
    others = [each["confidence"] for each in some if not each["name"].startswith("need_")]
    if intent["name"] in ("need", "need_unclear"):
        assert sum(needs) > max(others)
        assert sum(needs) + evidence.nearness >= THRESHOLDS.support
        assert (needs[0] - needs[1] >= THRESHOLDS.gap) == (intent["name"] == "need")
    elif sum(needs) > max(others):
        assert sum(needs) + evidence.nearness < THRESHOLDS.support
    is_clear_a = intent.get("program") == "a" and evidence.finer_needs["need_a"].share >= THRESHOLDS.finer
    assert intent.get("finer_need") == ("a1" if is_clear_a else None)
