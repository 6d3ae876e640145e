"""Pieces of words: what is weighed for one text is what was learned on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from engine.nlu.ngrams import count, pieces_of

TEXTS = ["my card is lost", "the card payment", "Café, card!", "lost lost lost payments", "ok"]


def test_one_text_is_weighed_as_all_were() -> None:
    ngrams, learned = count(TEXTS)
    for text, row in zip(TEXTS, learned.toarray(), strict=True):
        pieces = ngrams.weigh(text)
        weighed = np.zeros(len(ngrams.vocabulary), np.float32)
        weighed[pieces.places] = pieces.weights
        assert weighed == pytest.approx(row, abs=1e-6)


def test_capitals_and_accents_make_no_difference() -> None:
    ngrams, _ = count(TEXTS)
    one, other = ngrams.weigh("CÁRD"), ngrams.weigh("card")
    assert one.places.tolist() == other.places.tolist()
    assert len(one.places) > 0


@pytest.mark.parametrize("text", ["", "   ", "我的", "😀", "zzz"])
def test_a_text_without_a_known_piece_weighs_nothing(text: str) -> None:
    ngrams, _ = count(TEXTS)
    assert ngrams.weigh(text).weights.tolist() == []


def test_the_length_is_one() -> None:
    ngrams, _ = count(TEXTS)
    assert float(np.linalg.norm(ngrams.weigh("my lost card payment").weights)) == pytest.approx(1, abs=1e-6)


@given(st.text() | st.text(alphabet="abcÀéß İıſ\u0301\u00a0\t\n-'", max_size=30))
def test_the_pieces_are_those_of_scikit_learn(text: str) -> None:
    stock = CountVectorizer(
        analyzer="char_wb", ngram_range=(2, 4), lowercase=True, strip_accents="unicode"
    ).build_analyzer()
    assert list(pieces_of(text)) == stock(text)
