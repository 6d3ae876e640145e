"""The decision inside Rasa's pipeline."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from engine.nlu.need_decision import NeedDecision

RANKING = [{"name": "need_lost_card", "confidence": 0.8}, {"name": "greet", "confidence": 0.2}]


def processed(text: str, ranking: list[dict[str, Any]] | None, **config: Any) -> Message:
    untouched = {"name": "as it was", "confidence": 1.0}
    message = Message({"text": text, "intent": untouched, "intent_ranking": ranking})
    component = NeedDecision.create({**NeedDecision.get_default_config(), **config}, None, None, None)
    return component.process([message])[0]


def test_the_intent_becomes_the_need_and_the_ranking_stays() -> None:
    message = processed("my card is gone", RANKING)
    assert message.get("intent") == {"name": "need", "confidence": 0.8, "program": "lost_card"}
    assert message.get("intent_ranking") == RANKING
    assert "intent" in message.output_properties
    assert message.get("entities") is None


def test_the_thresholds_of_config_yml_are_used() -> None:
    assert processed("my card is gone", RANKING, need_threshold=0.9).get("intent")["name"] == "out_of_scope"
    assert processed("hello", RANKING[::-1], need_gap=0.9).get("intent")["name"] == "need_unclear"
    weak = [{"name": "allow", "confidence": 0.6}]
    assert processed("ok", weak, thresholds={"allow": 0.7}).get("intent")["name"] == "out_of_scope"


UNTOUCHED = [('/allow{"r":"7f3k9q"}', RANKING), ("hello", None), ("hello", [])]


@pytest.mark.parametrize(("text", "ranking"), UNTOUCHED)
def test_buttons_and_messages_without_a_ranking_are_left_alone(
    text: str, ranking: list[dict[str, Any]] | None
) -> None:
    assert processed(text, ranking).get("intent") == {"name": "as it was", "confidence": 1.0}
