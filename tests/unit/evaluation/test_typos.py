"""Typing errors for measuring: one word in three, always the same, and the sentence stays a sentence."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evaluation.typos import with_typos

WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=9)


@given(st.lists(WORDS, min_size=1, max_size=20))
def test_one_word_in_three_changes_by_one_error(words: list[str]) -> None:
    typed = with_typos(" ".join(words)).split(" ")
    assert len(typed) == len(words)
    changed = [(word, wrong) for word, wrong in zip(words, typed, strict=True) if word != wrong]
    assert len(changed) <= -(-len(words) // 3)
    assert all(abs(len(word) - len(wrong)) <= 1 for word, wrong in changed)


@given(st.text(max_size=60))
def test_any_text_is_the_same_each_time(text: str) -> None:
    assert with_typos(text) == with_typos(text)


def test_errors_do_happen() -> None:
    typed = with_typos("where does the money go when my transfer fails at night").split()
    right = ["where", "does", "the", "money", "go", "when", "my", "transfer", "fails", "at", "night"]
    assert sum(word != wrong for word, wrong in zip(right, typed, strict=True)) >= 2


def test_short_words_and_signs_are_left_alone() -> None:
    assert with_typos("a b 12 !? ok") == "a b 12 !? ok"
