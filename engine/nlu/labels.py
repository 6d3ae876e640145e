"""
What the classifier tells apart: an intent, or one of the finer needs of a program's intent.

People who need the same program say very different things, so each finer need is a class of its own, and a
program is as likely as its finer needs together. Must never know a program by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from engine.nlu.deciding import FinerNeed


class Label(NamedTuple):
    """An intent, and the finer need within it ("" when the training data names none)."""

    intent: str
    finer_need: str = ""

    @classmethod
    def of_example(cls, intent: str, metadata: Any) -> Label:
        """metadata: what Rasa keeps of the block's `metadata:` in data/nlu, as {"intent": …}."""
        of_block = metadata.get("intent") if isinstance(metadata, Mapping) else None
        finer = of_block.get("finer_need") if isinstance(of_block, Mapping) else None
        return cls(intent, str(finer or ""))


class Labels:
    """The labels in the order of the probabilities."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self.labels = list(labels)
        self.intents = sorted({label.intent for label in self.labels})
        place = {intent: number for number, intent in enumerate(self.intents)}
        self._intent_of = np.array([place[label.intent] for label in self.labels])

    def ranking(self, probabilities: np.ndarray) -> list[dict[str, Any]]:
        """Every intent as {name, confidence}, the strongest first. probabilities: (labels,)."""
        together = np.bincount(self._intent_of, probabilities, len(self.intents))
        order = np.argsort(-together, kind="stable")
        return [{"name": self.intents[place], "confidence": float(together[place])} for place in order]

    def finer_needs(self, probabilities: np.ndarray) -> dict[str, FinerNeed]:
        """For each intent that has finer needs, the likeliest. probabilities: (labels,)."""
        together = np.bincount(self._intent_of, probabilities, len(self.intents))
        best: dict[str, FinerNeed] = {}
        for label, place, alone in zip(self.labels, self._intent_of, probabilities, strict=True):
            share = float(alone / together[place]) if together[place] else 0.0
            if label.finer_need and share > best.get(label.intent, FinerNeed("", -1.0)).share:
                best[label.intent] = FinerNeed(label.finer_need, share)
        return best


def numbered(labels: Sequence[Label]) -> tuple[list[Label], np.ndarray]:
    """The distinct labels in order, and the number of each of those given."""
    distinct = sorted(set(labels))
    place = {label: number for number, label in enumerate(distinct)}
    return distinct, np.array([place[label] for label in labels])
