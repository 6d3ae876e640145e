"""
The graph component that puts the decision about the need into Rasa's message, after the classifier.

It keeps the strongest of the classifier's ranking, adds no entity, and must never touch a button's payload (a
text that starts with "/").
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

from engine.nlu.deciding import Evidence, Thresholds, decide

EVIDENCE = "need_evidence"  # of a message, from the classifier: an Evidence; not part of Rasa's output
NO_EVIDENCE = Evidence(nearness=0.0)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class NeedDecision(GraphComponent, IntentClassifier):
    """Turns need_<program> intents into one `need`, asks when two are close, and says when none is near."""

    @classmethod
    def required_components(cls) -> list[type]:
        """A classifier has to come first."""
        return [IntentClassifier]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """
        See deciding.Thresholds; config.yml says what they were measured on.

        ranking_length: how many intents of the ranking stay (every message keeps them for ever), 0 for all.
        """
        return {
            "need_support": 1.0,
            "need_gap": 0.1,
            "finer_share": 0.5,
            "generic_threshold": 0.3,
            "thresholds": {},
            "ranking_length": 10,
        }

    def __init__(self, config: dict[str, Any]) -> None:
        self._thresholds = Thresholds(
            support=config["need_support"],
            gap=config["need_gap"],
            finer=config["finer_share"],
            generic=config["generic_threshold"],
            of=config["thresholds"] or {},
        )
        self._ranking_length = config["ranking_length"] or None

    @classmethod
    def create(
        cls, config: dict[str, Any], _storage: ModelStorage, _resource: Resource, _context: ExecutionContext
    ) -> NeedDecision:
        """Called by Rasa; `config` has the defaults in it."""
        return cls({**cls.get_default_config(), **config})

    def process(self, messages: list[Message]) -> list[Message]:
        """Decide for each message on the whole of its ranking, then keep the strongest of it."""
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY)
            if ranking and not (message.get(TEXT) or "").startswith("/"):
                decided = decide(ranking, message.get(EVIDENCE, NO_EVIDENCE), self._thresholds)
                message.set(INTENT, decided, add_to_output=True)
                message.set(INTENT_RANKING_KEY, ranking[: self._ranking_length], add_to_output=True)
        return messages
