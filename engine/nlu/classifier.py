"""
Rasa's logistic regression with what Rasa leaves fixed: its strength, class weights, and features of equal
length.

Rasa's own has C = 1 on raw counts, which lets long messages outweigh short ones. Nothing else may differ.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix
from sklearn.preprocessing import normalize


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TunedLogisticRegression(LogisticRegressionClassifier):
    """LogisticRegressionClassifier with `C`, `class_weight` and `ranking_length: 0` (the whole ranking)."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Rasa's defaults and ours."""
        return {
            **LogisticRegressionClassifier.get_default_config(),
            "C": 1.0,
            "class_weight": "balanced",
            "ranking_length": 0,
        }

    def __init__(
        self, config: dict[str, Any], name: str, model_storage: ModelStorage, resource: Resource
    ) -> None:
        super().__init__(config, name, model_storage, resource)
        self.clf.set_params(C=self.config["C"], class_weight=self.config["class_weight"])

    def _create_X(self, messages: list[Message]) -> csr_matrix:  # noqa: N802, Rasa's name
        return normalize(super()._create_X(messages))
