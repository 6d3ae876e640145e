"""
The graph component that puts the decision about the need into Rasa's message, after the classifier.

It keeps the classifier's ranking, adds no entity, and must never touch a button's payload (a text that
starts with "/").
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from engine.nlu.deciding import Thresholds, decide


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class NeedDecision(GraphComponent, IntentClassifier):
    """Turns need_<program> intents into one `need`, asks when two are close, and says when none is near."""

    @classmethod
    def required_components(cls) -> list[type]:
        """A classifier has to come first."""
        return [IntentClassifier]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Probabilities from 0 to 1; config.yml says what they were measured on."""
        return {"need_threshold": 0.3, "need_gap": 0.1, "generic_threshold": 0.3, "thresholds": {}}

    def __init__(self, config: dict[str, Any]) -> None:
        self._thresholds = Thresholds(
            need=config["need_threshold"],
            gap=config["need_gap"],
            generic=config["generic_threshold"],
            of=config["thresholds"] or {},
        )

    @classmethod
    def create(
        cls, config: dict[str, Any], _storage: ModelStorage, _resource: Resource, _context: ExecutionContext
    ) -> NeedDecision:
        """Called by Rasa; `config` has the defaults in it."""
        return cls({**cls.get_default_config(), **config})

    def process(self, messages: list[Message]) -> list[Message]:
        """Decide for each message; its ranking stays as the classifier made it."""
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY)
            if ranking and not (message.get(TEXT) or "").startswith("/"):
                message.set(INTENT, decide(ranking, self._thresholds), add_to_output=True)
        return messages
