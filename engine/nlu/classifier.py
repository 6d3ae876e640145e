"""
The graph component that ranks intents by what a message means, for Rasa.

It stands alone: no tokenizer and no featurizer comes before it, and its model carries the encoder that it was
trained with. It must never touch a button's payload (a text that starts with "/"), and never keep an example.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from threadpoolctl import threadpool_limits

from engine.nlu import sources
from engine.nlu.encoder.encoder import FILES, SentenceEncoder
from engine.nlu.encoder.prepare import encoder_folder, ensure_encoder
from engine.nlu.labels import Label
from engine.nlu.model import LONGEST_TEXT, NeedModel, Reading
from engine.nlu.need_decision import EVIDENCE
from engine.nlu.two_needs import two_needs

MODEL_FILE = "needs.npz"
ENCODER_FOLDER = "encoder"


class _Learned(NamedTuple):
    model: NeedModel
    encoder: SentenceEncoder

    def read(self, text: str) -> Reading:
        return self.model.read(text, self.encoder)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NeedClassifier(GraphComponent, IntentClassifier):
    """Ranks intents; a program's probability is that of its finer needs together."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """See fitting.Strength, and two_needs.two_needs for what a part of a message has to have."""
        return {
            "C": 20.0,
            "ngram_weight": 0.7,
            "directions": 400,
            "max_iter": 300,
            "part_confidence": 0.6,
            "part_support": 1.4,
        }

    @staticmethod
    def required_packages() -> list[str]:
        """Named by import, so that Rasa trains anew when one has another version."""
        return ["sklearn", "onnxruntime", "tokenizers"]

    @classmethod
    def fingerprint_addon(cls, _config: dict[str, Any]) -> str:
        """Everything in engine/nlu: Rasa by itself would look at this class only, and keep an old model."""
        return sources.fingerprint()

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        learned: _Learned | None = None,
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._learned = learned

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003, Rasa's name
    ) -> NeedClassifier:
        """Called by Rasa before training; `config` has the defaults in it."""
        return cls({**cls.get_default_config(), **config}, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003, Rasa's name
        **_: Any,
    ) -> NeedClassifier:
        """Called by Rasa with a model. Raises EncoderNotPrepared or OSError when a part is missing."""
        threadpool_limits(1, user_api="blas")  # products as small as ours take twice as long in two threads
        with model_storage.read_from(resource) as folder:
            encoder = SentenceEncoder(folder / ENCODER_FOLDER)
            learned = _Learned(NeedModel.load(folder / MODEL_FILE, encoder), encoder)
        return cls({**cls.get_default_config(), **config}, model_storage, resource, learned)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples of intents. Raises EncoderError when the encoder cannot be built."""
        from engine.nlu import fitting  # with scikit-learn, which who only reads does without

        examples = [each for each in training_data.intent_examples if each.get(TEXT) and each.get(INTENT)]
        labels = [Label.of_example(each.get(INTENT), each.get(METADATA)) for each in examples]
        encoder = SentenceEncoder(ensure_encoder(encoder_folder()))
        strength = fitting.Strength(
            **{name: self._config[name] for name in fitting.Strength.__dataclass_fields__}
        )
        model = fitting.fit([each.get(TEXT) for each in examples], labels, encoder, strength)
        self._learned = _Learned(model, encoder)
        with self._storage.write_to(self._resource) as folder:
            model.save(folder / MODEL_FILE)
            _copy(encoder.folder, folder / ENCODER_FOLDER)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the intents of each message; the strongest is its intent until NeedDecision has decided."""
        for message in messages:
            text = message.get(TEXT)
            if self._learned is None or not isinstance(text, str) or text.startswith("/"):
                continue
            reading = self._learned.read(text)
            two = two_needs(
                text[:LONGEST_TEXT],
                self._learned.read,
                confidence=self._config["part_confidence"],
                support=self._config["part_support"],
            )
            message.set(INTENT, dict(reading.ranking[0]), add_to_output=True)
            message.set(INTENT_RANKING_KEY, reading.ranking, add_to_output=True)
            message.set(EVIDENCE, replace(reading.evidence, two_needs=two))
        return messages


def _copy(prepared: Path, target: Path) -> None:
    target.mkdir()
    for name in FILES:
        shutil.copyfile(prepared / name, target / name)
