"""
Counts pieces of words, so that a word that nobody foresaw still looks like those that it resembles.

Pieces of 2 to 4 letters within words, weighted by tf-idf (Salton and Buckley 1988, "Term-weighting
approaches in automatic text retrieval"): log of how often, times how rare in our examples, length 1. Must
never depend on anything but the text and what was counted in training.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

LENGTHS = range(2, 5)
LEAST_EXAMPLES = 2  # a piece that stands in one example says nothing about others


class Pieces(NamedTuple):
    """The known pieces of one text: their places in the vocabulary, and their weights (float32)."""

    places: np.ndarray
    weights: np.ndarray


class NGrams:
    """The vocabulary with its rarities."""

    def __init__(self, vocabulary: Sequence[str], rarity: np.ndarray) -> None:
        """rarity: (vocabulary,), the idf of each."""
        self.vocabulary = list(vocabulary)
        self.rarity = rarity
        self._place = {piece: place for place, piece in enumerate(self.vocabulary)}

    def weigh(self, text: str) -> Pieces:
        """The pieces of one text; for a text without a known one, none."""
        known = Counter(place for piece in pieces_of(text) if (place := self._place.get(piece)) is not None)
        places = np.fromiter(known, np.int64, len(known))
        times = np.fromiter(known.values(), np.float32, len(known))
        weights = (1 + np.log(times)) * self.rarity[places]
        return Pieces(places, weights / (np.linalg.norm(weights) or 1.0))


def pieces_of(text: str) -> Iterator[str]:
    """Every piece of a text, as often as it stands: as `char_wb` of scikit-learn, lower case, no accents."""
    letters = unicodedata.normalize("NFKD", text.lower())
    for word in "".join(sign for sign in letters if not unicodedata.combining(sign)).split():
        padded = f" {word} "
        for length in LENGTHS:
            yield padded[:length]
            yield from (padded[start : start + length] for start in range(1, len(padded) - length + 1))
            if length >= len(padded):
                break


def count(texts: Sequence[str]) -> tuple[NGrams, csr_matrix]:
    """The n-grams of these texts, and (texts, vocabulary) their weights, the same as `weigh` gives."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # 70 MB, and only who learns needs it

    vectorizer = TfidfVectorizer(
        analyzer=pieces_of, sublinear_tf=True, min_df=LEAST_EXAMPLES, dtype=np.float32
    )
    weights = vectorizer.fit_transform(texts)
    return NGrams(vectorizer.get_feature_names_out().tolist(), vectorizer.idf_.astype(np.float32)), weights
