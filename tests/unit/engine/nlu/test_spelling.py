"""A misspelt word is read as the word that our examples know, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.nlu.spelling import KNOWN_TIMES, Speller, count_words, is_one_slip

ENGLISH = {"card", "care", "cart", "lost", "transfer", "payment", "chess", "the"}
COUNTS = {"card": 40, "cart": 3, "transfer": 20, "payment": 15, "lost": 10, "the": 90, "iban": 5, "chess": 1}
SPELLER = Speller(COUNTS, ENGLISH.__contains__)

SLIPS = {
    "crad": "card",
    "transfr": "transfer",
    "transferr": "transfer",
    "tramsfer": "transfer",
    "paymnet": "payment",
    "Lsot": "lost",
}
LEFT_ALONE = {
    "a word that exists": "care",
    "a word of our examples that no dictionary has": "iban",
    "a short word": "teh",
    "two slips": "trasnfr",
    "numbers": "c4rd 1234 12.5",
    "a word that our examples hardly know": "chses",
    "nothing known near": "zebra",
    "nothing": "",
}
WORDS = st.text("abc", max_size=5)


@pytest.mark.parametrize("typed", SLIPS)
def test_one_slip_is_put_right(typed: str) -> None:
    assert SPELLER.read(f"my {typed}, please!") == f"my {SLIPS[typed]}, please!"


@pytest.mark.parametrize("why", LEFT_ALONE)
def test_what_must_not_change_does_not(why: str) -> None:
    assert SPELLER.read(LEFT_ALONE[why]) == LEFT_ALONE[why]


def test_of_two_words_as_near_the_commoner_is_meant() -> None:
    assert SPELLER.read("carx") == "card"


def test_words_are_counted_in_small_letters_and_without_numbers() -> None:
    assert count_words(["My card, my CARD!", "card 12"]) == {"my": 2, "card": 3}


def test_only_words_that_stand_often_enough_are_known() -> None:
    assert all(times >= KNOWN_TIMES for times in SPELLER.counts.values())
    assert "chess" not in SPELLER.counts


def _every_slip(word: str) -> set[str]:
    """All words one slip away, made the other way round: by slipping."""
    left_out = {word[:place] + word[place + 1 :] for place in range(len(word))}
    added = {word[:place] + letter + word[place:] for place in range(len(word) + 1) for letter in "abc"}
    wrong = {word[:place] + letter + word[place + 1 :] for place in range(len(word)) for letter in "abc"}
    swapped = {
        word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in range(len(word) - 1)
    }
    return left_out | added | wrong | swapped


@given(WORDS, WORDS)
def test_one_slip_is_what_slipping_once_makes(one: str, other: str) -> None:
    if one != other:
        assert is_one_slip(one, other) == (other in _every_slip(one))


@given(st.text(max_size=40))
def test_reading_twice_changes_nothing_more(text: str) -> None:
    once = SPELLER.read(text)
    assert SPELLER.read(once) == once
