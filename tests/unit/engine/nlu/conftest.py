"""The sentence encoder is built once for all of these tests, and one small model is learned with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.nlu.encoder.encoder import SentenceEncoder
from engine.nlu.encoder.prepare import ensure_encoder
from engine.nlu.fitting import Strength, fit
from engine.nlu.labels import Label
from engine.nlu.model import NeedModel

STRENGTH = Strength(C=10, ngram_weight=0.7, directions=20, max_iter=200)
EXAMPLES = {
    Label("need_bike", "brakes"): (
        "my bike does not brake",
        "the brakes squeak",
        "brake pads are worn",
        "front brake is loose",
    ),
    Label("need_bike", "tyre"): (
        "my bike has a flat tyre",
        "the tyre loses air",
        "puncture in the back wheel",
        "tyre is flat again",
    ),
    Label("need_garden", "watering"): (
        "how often do I water roses",
        "the lawn is dry",
        "watering my plants",
        "my plants are thirsty",
    ),
    Label("need_garden", "weeds"): (
        "weeds grow everywhere",
        "how do I get rid of weeds",
        "dandelions in my lawn",
        "pull the weeds",
    ),
    Label("greet"): ("hello", "hi there", "good morning", "hey you"),
}


@pytest.fixture(scope="session")
def encoder_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ensure_encoder(tmp_path_factory.mktemp("var") / "encoder")


@pytest.fixture(scope="session")
def encoder(encoder_folder: Path) -> SentenceEncoder:
    return SentenceEncoder(encoder_folder)


@pytest.fixture(scope="session")
def texts_and_labels() -> tuple[list[str], list[Label]]:
    pairs = [(text, label) for label, texts in EXAMPLES.items() for text in texts]
    return [text for text, _ in pairs], [label for _, label in pairs]


@pytest.fixture(scope="session")
def model(encoder: SentenceEncoder, texts_and_labels: tuple[list[str], list[Label]]) -> NeedModel:
    return fit(*texts_and_labels, encoder, STRENGTH)
