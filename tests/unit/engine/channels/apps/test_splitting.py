"""A text that is cut: short enough everywhere, and nothing of it lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.channels.apps.splitting import shortened, split, split_before, utf16_length
from tests.unit.engine.channels.said_examples import without_blanks

texts = st.text(st.sampled_from("aB1.!?…”’) \n\t😀\ud800é"), max_size=300)
lengths = st.sampled_from([len, utf16_length])
most = st.integers(2, 60)
words = st.lists(st.text("abcdefgh", min_size=1, max_size=8), min_size=1, max_size=60)


@given(texts, most, lengths)
def test_no_part_is_too_long_or_blank_and_nothing_but_blanks_is_lost(
    text: str, limit: int, length: Callable[[str], int]
) -> None:
    parts = split(text, limit, length)
    assert all(0 < length(part) <= limit and part == part.strip() for part in parts)
    assert without_blanks("".join(parts)) == without_blanks(text)


@given(texts, texts, most, lengths)
def test_the_last_lines_come_last_and_whole_where_they_fit(
    text: str, last: str, limit: int, length: Callable[[str], int]
) -> None:
    parts = split_before(text, last, limit, length)
    assert all(length(part) <= limit for part in parts)
    assert without_blanks("".join(parts)) == without_blanks(text + last)
    if last.strip() and length(last) <= limit:
        assert last in parts[-1] or last.strip() == parts[-1]


@given(words, st.integers(10, 40))
def test_words_that_fit_are_never_cut(said: list[str], limit: int) -> None:
    assert " ".join(split(" ".join(said), limit)).split() == said


@given(st.lists(words, min_size=2, max_size=12), st.sampled_from([" ", "\n", "\n\n"]))
def test_it_is_cut_where_a_sentence_ends_if_one_does(said: list[list[str]], between: str) -> None:
    sentences = [" ".join(one) + "." for one in said]
    longest = max(len(one) for one in sentences)
    parts = split(between.join(sentences), longest + 3)
    assert all(part.endswith(".") for part in parts)


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("One. Two.\n\nThree. Four.", 18, ["One. Two.", "Three. Four."]),
        ("One. Two.\nThree. Four.", 18, ["One. Two.", "Three. Four."]),
        ("She said “no.” Then she left.", 20, ["She said “no.”", "Then she left."]),
        ("A. bcdefghij klm", 14, ["A.", "bcdefghij klm"]),
        ("a b c d", 3, ["a b", "c d"]),
        ("abcdef", 4, ["abcd", "ef"]),
        ("", 5, []),
        (" \n ", 5, []),
        ("exact", 5, ["exact"]),
        ("Exactly.  That is it.", 8, ["Exactly.", "That is", "it."]),
    ],
)
def test_where_it_is_cut(text: str, limit: int, parts: list[str]) -> None:
    assert split(text, limit) == parts


def test_a_character_that_takes_two_places_is_never_halved() -> None:
    assert split("😀😀😀", 3, utf16_length) == ["😀", "😀", "😀"]
    assert split("😀😀😀", 4, utf16_length) == ["😀😀", "😀"]
    assert [utf16_length(one) for one in ("a", "é", "😀", "\ud800")] == [1, 1, 2, 1]


def test_without_last_lines_it_is_only_cut() -> None:
    assert split_before("One. Two.", "", 5) == ["One.", "Two."]
    assert split_before("", "1 Yes", 5) == ["1 Yes"]
    assert split_before("One.", "1 Yes", 10) == ["One.\n1 Yes"]
    assert split_before("One.", "1 Yes", 9) == ["One.", "1 Yes"]


@given(st.text(max_size=30), st.integers(1, 30))
def test_what_is_shortened_fits_and_begins_the_same(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert len(short) <= limit
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]) and len(text) > limit)
