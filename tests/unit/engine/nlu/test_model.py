"""What is learned from examples: it understands, keeps, and gives the same again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.nlu.encoder.encoder import SentenceEncoder
from engine.nlu.fitting import Strength, fit
from engine.nlu.labels import Label
from engine.nlu.model import NEAREST, NeedModel

Examples = tuple[list[str], list[Label]]

MEANT = {
    "my bicycle will not stop": ("need_bike", "brakes"),
    "there is no air left in my wheel": ("need_bike", "tyre"),
    "should I give my roses water today": ("need_garden", "watering"),
    "dandelions everywhere in the grass": ("need_garden", "weeds"),
    "my brakse squaek": ("need_bike", "brakes"),
}
ODD = ["", "   ", "😀" * 100, "\ud83d", "Где мой велосипед", "x" * 100_000, "1234", "'\"<>&;"]


@pytest.mark.parametrize("text", MEANT)
def test_new_words_for_the_same_need_are_understood(
    model: NeedModel, encoder: SentenceEncoder, text: str
) -> None:
    reading = model.read(text, encoder)
    intent, finer = MEANT[text]
    assert reading.ranking[0]["name"] == intent
    assert reading.evidence.finer_needs[intent].finer_need == finer


@pytest.mark.parametrize("text", [*MEANT, *ODD])
def test_probabilities_add_up_whatever_the_text(
    model: NeedModel, encoder: SentenceEncoder, text: str
) -> None:
    reading = model.read(text, encoder)
    assert sum(each["confidence"] for each in reading.ranking) == pytest.approx(1.0)
    assert {each["name"] for each in reading.ranking} == {"need_bike", "need_garden", "greet"}
    assert -1 <= reading.evidence.nearness <= 1.0001


def test_nearness_is_the_mean_cosine_to_the_nearest_examples_of_needs(
    model: NeedModel, encoder: SentenceEncoder, texts_and_labels: Examples
) -> None:
    of_needs = [text for text, label in zip(*texts_and_labels, strict=True) if label.intent != "greet"]
    one = encoder.encode("how do I mend my bike")
    cosines = sorted((float(one @ encoder.encode(text)) for text in of_needs), reverse=True)
    found = model.read("how do I mend my bike", encoder).evidence.nearness
    assert found == pytest.approx(np.mean(cosines[:NEAREST]), abs=1e-5)
    assert found > model.read("who won the chess match", encoder).evidence.nearness


def test_the_same_examples_give_the_same_model(
    model: NeedModel, encoder: SentenceEncoder, texts_and_labels: Examples
) -> None:
    again = fit(*texts_and_labels, encoder, Strength(C=10, ngram_weight=0.7, directions=20, max_iter=200))
    for text in MEANT:
        assert again.read(text, encoder) == model.read(text, encoder)


def test_what_is_kept_reads_the_same(model: NeedModel, encoder: SentenceEncoder, tmp_path: Path) -> None:
    model.save(tmp_path / "model.npz")
    loaded = NeedModel.load(tmp_path / "model.npz", encoder)
    for text in (*MEANT, *ODD):
        assert loaded.read(text, encoder) == model.read(text, encoder)


def test_no_sentence_of_the_training_data_is_kept(
    model: NeedModel, tmp_path: Path, texts_and_labels: Examples
) -> None:
    model.save(tmp_path / "model.npz")
    with np.load(tmp_path / "model.npz", allow_pickle=False) as kept:
        words = [str(word) for name in kept for word in kept[name].ravel() if kept[name].dtype.kind == "U"]
    assert words
    assert not set(words) & set(texts_and_labels[0])


def test_two_labels_are_enough(encoder: SentenceEncoder) -> None:
    labels = [Label("need_a"), Label("need_a"), Label("greet"), Label("greet")]
    model = fit(
        ["my bike broke", "the bike is broken", "hello", "hello you"],
        labels,
        encoder,
        Strength(C=10, ngram_weight=0.7, directions=300, max_iter=100),
    )
    assert model.read("a broken bike", encoder).ranking[0]["name"] == "need_a"
    assert model.read("hello there", encoder).ranking[0]["name"] == "greet"


def test_a_program_is_as_likely_as_its_finer_needs_together(
    model: NeedModel, encoder: SentenceEncoder
) -> None:
    """Against the same regression written out: the softmax over labels, summed by hand."""
    text = "my bike in the garden"
    embedding, pieces = encoder.encode(text), model.ngrams.weigh(text)
    scores = model.meaning @ embedding + model.bias
    for place, weight in zip(pieces.places, pieces.weights, strict=True):
        scores = scores + weight * model.pieces[place]
    powers = {label: float(np.exp(score)) for label, score in zip(model.labels.labels, scores, strict=True)}
    for each in model.read(text, encoder).ranking:
        of_intent = sum(power for label, power in powers.items() if label.intent == each["name"])
        assert each["confidence"] == pytest.approx(of_intent / sum(powers.values()), rel=1e-4)
