"""
Learn a NeedModel from examples: multinomial logistic regression on sentence embedding and n-grams together.

Seeded and single-pass; must never look at a sentence that is not in data/.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.decomposition import TruncatedSVD
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from engine.nlu import ngrams, spelling
from engine.nlu.deciding import NEED_PREFIX
from engine.nlu.encoder.encoder import SIZE, SentenceEncoder
from engine.nlu.labels import Label, Labels, numbered
from engine.nlu.model import NeedModel

SEED = 0


@dataclass(frozen=True)
class Strength:
    """
    How much is learned from what; config.yml says how it was chosen.

    C: inverse strength of regularisation. ngram_weight: length of the n-grams' part, where the embedding's
    is 1. directions: how many of the n-grams' main directions are learned on. max_iter: of the solver.
    """

    C: float
    ngram_weight: float
    directions: int
    max_iter: int


def fit(
    texts: Sequence[str], labels: Sequence[Label], encoder: SentenceEncoder, strength: Strength
) -> NeedModel:
    """texts, labels: of the same length, with two labels at least. Takes some seconds for thousands."""
    speller = spelling.Speller(spelling.count_words(texts), encoder.is_word)
    texts = [speller.read(text) for text in texts]
    embeddings = encoder.encode_all(texts)
    counted, weights = ngrams.count(texts)
    directions = _directions(weights, strength)
    features = np.hstack([embeddings, (weights @ directions.T) * strength.ngram_weight])
    distinct, numbers = numbered(labels)
    regression = LogisticRegression(C=strength.C, max_iter=strength.max_iter)
    with threadpool_limits(1, user_api="blas"):  # as quick as two, and the same numbers on any machine
        regression.fit(features, numbers)
    coefficients, bias = _one_row_a_label(regression)
    is_need = [label.intent.startswith(NEED_PREFIX) for label in labels]
    return NeedModel(
        labels=Labels(distinct),
        meaning=coefficients[:, :SIZE].astype(np.float32),
        pieces=(strength.ngram_weight * (directions.T @ coefficients[:, SIZE:].T)).astype(np.float32),
        bias=bias.astype(np.float32),
        needs=embeddings[is_need],
        ngrams=counted,
        speller=speller,
    )


def _directions(weights: csr_matrix, strength: Strength) -> np.ndarray:
    """
    (directions, vocabulary): the n-grams' main directions (Deerwester et al. 1990, latent semantic analysis).

    Ten times quicker to learn on than all n-grams, and as good; as the regression is linear, the model keeps
    weights of n-grams and knows nothing of directions.
    """
    most = max(1, min(strength.directions, *(length - 1 for length in weights.shape)))
    return TruncatedSVD(most, random_state=SEED).fit(weights).components_


def _one_row_a_label(regression: LogisticRegression) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients and bias; of two labels scikit-learn keeps only the second's."""
    coefficients, bias = regression.coef_, regression.intercept_
    if len(bias) == 1:
        return np.vstack([0 * coefficients, coefficients]), np.append(0.0, bias)
    return coefficients, bias
