"""Pieces of words: what is weighed for one text is what was learned on."""

from __future__ import annotations

import numpy as np
import pytest

from engine.nlu.ngrams import count

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
