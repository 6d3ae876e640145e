"""Sentences to numbers: exact enough, the same every time, whatever is in the text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.nlu.encoder.checking import CLOSEST_LOSS, FIRST, KNOWN_COSINES, check_close, check_exact
from engine.nlu.encoder.encoder import SIZE, SentenceEncoder
from engine.nlu.encoder.errors import EncoderNotExact, EncoderNotPrepared

ODD = [
    "",
    " \n\t ",
    "😀🎉" * 500,
    "\ud83d",
    "\x00\x07",
    "Моя карта пропала",
    "我的卡丢了",
    "بطاقتي ضاعت",
    "a" * 50_000,
    "card " * 5_000,
    "/greet",
]


def test_near_meanings_are_near_and_others_are_not(encoder: SentenceEncoder) -> None:
    first = encoder.encode(FIRST)
    for text, cosine in KNOWN_COSINES.items():
        assert float(first @ encoder.encode(text)) == pytest.approx(cosine, abs=0.05)


@pytest.mark.parametrize("text", ODD)
def test_any_text_gives_finite_numbers_of_length_one_or_none(encoder: SentenceEncoder, text: str) -> None:
    numbers = encoder.encode(text)
    assert numbers.shape == (SIZE,)
    assert np.isfinite(numbers).all()
    assert float(np.linalg.norm(numbers)) == pytest.approx(1.0 if text.strip() else 0.0, abs=1e-5)


@settings(max_examples=30)
@given(st.text(max_size=60))
def test_no_text_is_refused(encoder: SentenceEncoder, text: str) -> None:
    assert np.isfinite(encoder.encode(text)).all()


def test_a_sentence_has_the_same_numbers_alone_and_among_others(encoder: SentenceEncoder) -> None:
    texts = ["my card is gone", "a far longer sentence about the weather in the mountains", "", "hi"]
    together = encoder.encode_all(texts)
    assert together.shape == (4, SIZE)
    for text, numbers in zip(texts, together, strict=True):
        assert np.array_equal(encoder.encode(text), numbers)


def test_nothing_to_encode_is_no_row(encoder: SentenceEncoder) -> None:
    assert encoder.encode_all([]).shape == (0, SIZE)


def test_it_knows_words(encoder: SentenceEncoder) -> None:
    assert encoder.is_word("card")
    assert not encoder.is_word("crad")


def test_a_folder_without_an_encoder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EncoderNotPrepared, match="make setup"):
        SentenceEncoder(tmp_path)


class Fake:
    """Encodes by a rule instead of by weights."""

    def __init__(self, cosine: float, of: str = "") -> None:
        self.cosine, self.of = cosine, of

    def encode(self, text: str) -> np.ndarray:
        angle = 0.0 if text == FIRST else np.arccos(KNOWN_COSINES[text])
        if text == self.of:
            angle = np.arccos(self.cosine)
        return np.array([np.cos(angle), np.sin(angle)])


def test_the_known_cosines_are_accepted() -> None:
    check_exact(Fake(0.0))


@pytest.mark.parametrize("text", KNOWN_COSINES)
def test_a_graph_that_is_a_little_wrong_is_refused(text: str) -> None:
    with pytest.raises(EncoderNotExact, match="is not used"):
        check_exact(Fake(KNOWN_COSINES[text] + 0.01, of=text))


def test_integers_that_lose_too_much_are_refused(encoder: SentenceEncoder) -> None:
    exact = Fake(0.0)
    check_close(exact, exact)
    with pytest.raises(EncoderNotExact, match="8-bit"):
        check_close(Fake(1 - CLOSEST_LOSS - 0.01, of=FIRST), exact)
