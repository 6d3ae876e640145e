"""
What is learned from our examples: a sentence's meaning and its pieces of words, weighed for each label.

Plain numbers in one file that carries no code, and no sentence of the training data. Must never depend on
chance: the same examples give the same model.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from engine.nlu.deciding import Evidence
from engine.nlu.encoder.encoder import SentenceEncoder
from engine.nlu.labels import Label, Labels
from engine.nlu.ngrams import NGrams
from engine.nlu.spelling import Speller

LONGEST_TEXT = 2_000  # characters; the channels take no more, and a test may
NEAREST = 3  # examples whose mean cosine says how near a sentence is to what people say with a need


class Reading(NamedTuple):
    """What the model says about one text: every intent as {name, confidence}, the strongest first; more."""

    ranking: list[dict[str, Any]]
    evidence: Evidence


@dataclass(frozen=True)
class NeedModel:
    """
    A logistic regression over labels, taken apart so that reading a sentence is a few products.

    meaning: (labels, SIZE). pieces: (vocabulary, labels). bias: (labels,). needs: (examples, SIZE), the
    embeddings of the examples of needs.
    """

    labels: Labels
    meaning: np.ndarray
    pieces: np.ndarray
    bias: np.ndarray
    needs: np.ndarray
    ngrams: NGrams
    speller: Speller

    def read(self, text: str, encoder: SentenceEncoder) -> Reading:
        """Read one text, whatever is in it."""
        text = self.speller.read(text[:LONGEST_TEXT])
        embedding = encoder.encode(text)
        places, weights = self.ngrams.weigh(text)
        probabilities = _softmax(self.meaning @ embedding + weights @ self.pieces[places] + self.bias)
        evidence = Evidence(self._nearness(embedding), self.labels.finer_needs(probabilities))
        return Reading(self.labels.ranking(probabilities), evidence)

    def _nearness(self, embedding: np.ndarray) -> float:
        cosines = self.needs @ embedding
        nearest = min(NEAREST, len(cosines))
        return float(np.partition(cosines, -nearest)[-nearest:].mean()) if nearest else 0.0

    def save(self, path: Path) -> None:
        """Write it as one file of numbers and words."""
        words = sorted(self.speller.counts)
        np.savez(
            path,
            intents=np.array([label.intent for label in self.labels.labels]),
            finer_needs=np.array([label.finer_need for label in self.labels.labels]),
            meaning=self.meaning.astype(np.float32),
            pieces=self.pieces.astype(np.float32),
            bias=self.bias.astype(np.float32),
            needs=self.needs.astype(np.float32),
            vocabulary=np.array(self.ngrams.vocabulary, dtype=np.str_),
            rarity=self.ngrams.rarity.astype(np.float32),
            words=np.array(words, dtype=np.str_),
            times=np.array([self.speller.counts[word] for word in words], np.int64),
        )

    @classmethod
    def load(cls, path: Path, encoder: SentenceEncoder) -> NeedModel:
        """Read it back; the file can hold no code. Raises OSError or ValueError when it is none of ours."""
        with np.load(path, allow_pickle=False) as kept:
            return cls(
                labels=Labels(map(Label, kept["intents"].tolist(), kept["finer_needs"].tolist())),
                meaning=kept["meaning"],
                pieces=kept["pieces"],
                bias=kept["bias"],
                needs=kept["needs"],
                ngrams=NGrams(kept["vocabulary"].tolist(), kept["rarity"]),
                speller=Speller(_counts(kept["words"], kept["times"]), encoder.is_word),
            )


def _counts(words: np.ndarray, times: np.ndarray) -> dict[str, int]:
    return dict(zip(words.tolist(), times.tolist(), strict=True))


def _softmax(scores: np.ndarray) -> np.ndarray:
    """In double precision, so that small probabilities add up."""
    powers = np.exp(np.asarray(scores, np.float64) - scores.max())
    return powers / powers.sum()
