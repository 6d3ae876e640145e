"""The decision inside Rasa's pipeline."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from engine.nlu.deciding import Evidence, FinerNeed
from engine.nlu.need_decision import EVIDENCE, NeedDecision

RANKING = [{"name": "need_lost_card", "confidence": 0.8}, {"name": "greet", "confidence": 0.2}]

TWO_NEEDS = [{"name": "need_lost_card", "confidence": 0.6}, {"name": "need_fees", "confidence": 0.4}]
NEAR = Evidence(0.6, {"need_lost_card": FinerNeed("card_stolen", 0.9)})


def processed(text: str, ranking: list[dict[str, Any]] | None, **config: Any) -> Message:
    untouched = {"name": "as it was", "confidence": 1.0}
    message = Message({"text": text, "intent": untouched, "intent_ranking": ranking, EVIDENCE: NEAR})
    component = NeedDecision.create({**NeedDecision.get_default_config(), **config}, None, None, None)
    return component.process([message])[0]


def test_the_intent_becomes_the_need_and_the_ranking_stays() -> None:
    message = processed("my card is gone", RANKING)
    decided = {"name": "need", "confidence": 0.8, "program": "lost_card", "finer_need": "card_stolen"}
    assert message.get("intent") == decided
    assert message.get("intent_ranking") == RANKING
    assert "intent" in message.output_properties
    assert message.get("entities") is None


def test_the_thresholds_of_config_yml_are_used() -> None:
    assert processed("my card is gone", RANKING, need_support=1.5).get("intent")["name"] == "out_of_scope"
    assert processed("my card", TWO_NEEDS, need_gap=0.5).get("intent")["name"] == "need_unclear"
    assert "finer_need" not in processed("my card is gone", RANKING, finer_share=0.95).get("intent")
    weak = [{"name": "allow", "confidence": 0.6}]
    assert processed("ok", weak, thresholds={"allow": 0.7}).get("intent")["name"] == "out_of_scope"


def test_only_the_strongest_of_the_ranking_is_kept_but_all_of_it_decides() -> None:
    message = processed("my card", TWO_NEEDS, need_gap=0.5, ranking_length=1)
    assert message.get("intent")["candidates"] == ["lost_card", "fees"]
    assert message.get("intent_ranking") == TWO_NEEDS[:1]


UNTOUCHED = [('/allow{"r":"7f3k9q"}', RANKING), ("hello", None), ("hello", [])]


@pytest.mark.parametrize(("text", "ranking"), UNTOUCHED)
def test_buttons_and_messages_without_a_ranking_are_left_alone(
    text: str, ranking: list[dict[str, Any]] | None
) -> None:
    assert processed(text, ranking).get("intent") == {"name": "as it was", "confidence": 1.0}
