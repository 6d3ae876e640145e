"""Short answers are read word for word; only a clear yes is a yes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.reading.phrases import Reading, load_phrases, normalise

PHRASES = load_phrases("en")


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "Yes, please!",
        "OK then, go ahead",
        "yesss",
        "you may use it",
        "that’s fine, thanks",
        "Allow",
        "👍",
        "👍🏽",
        "✅",
        "ok 👍",
        "no bother",
    ],
)
def test_a_clear_yes_is_a_yes(text: str) -> None:
    assert PHRASES.read(text) is Reading.YES


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "No thanks.",
        "I'd rather not",
        "not now",
        "none of your business",
        "of course not",
        "👎",
        "no 👎",
    ],
)
def test_a_clear_no_is_a_no(text: str) -> None:
    assert PHRASES.read(text) is Reading.NO


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("why?", Reading.WHY),
        ("what do you need it for?", Reading.WHY),
        ("that's enough, just help me", Reading.ENOUGH),
        ("stop asking", Reading.ENOUGH),
        ("stop", Reading.STOP),
        ("never mind", Reading.STOP),
        ("ask me later", Reading.LATER),
    ],
)
def test_the_other_answers_are_read(text: str, meaning: Reading) -> None:
    assert PHRASES.read(text) is meaning


@pytest.mark.parametrize(
    "text",
    [
        "yes?", "yes but no", "ok no", "I guess", "maybe", "if I must", "fine, whatever", "sure, but why",
        "yes or no", "no yes", "yes I mean no", "hmm ok maybe", "not yes", "I don't know, yes", "", "   ",
        "?", "👎", "🤷", "👍?", "👍 but no", "no worries", "y tho", "/allow",
        '/allow{"r":"x"}', "yes 1200", "yes to nothing", "would yes be bad", "please", "thanks",
    ],
)  # fmt: skip
def test_whatever_is_not_clear_is_never_a_yes(text: str) -> None:
    assert PHRASES.read(text) is not Reading.YES


@given(st.text())
def test_text_at_large_is_a_yes_only_if_every_word_is_listed(text: str) -> None:
    if PHRASES.read(text) is Reading.YES:
        listed = {word for phrase in (*PHRASES.meanings, *PHRASES.fillers) for word in phrase}
        assert set(normalise(text)) <= listed


@given(
    st.sampled_from(sorted(p for p, m in PHRASES.meanings.items() if m is Reading.NO)), st.text(max_size=20)
)
def test_a_no_with_anything_around_it_is_never_a_yes(phrase: tuple[str, ...], around: str) -> None:
    assert PHRASES.read(f"{' '.join(phrase)} {around}") is not Reading.YES
    assert PHRASES.read(f"{around} {' '.join(phrase)}") is not Reading.YES


def test_everything_is_understood_inside_a_sentence() -> None:
    assert PHRASES.means_everything("please take all of it back")
    assert not PHRASES.means_everything("take my balance back")


def test_a_phrase_under_two_meanings_is_refused(tmp_path: Path) -> None:
    lists = "".join(
        f'"{key}": [{key}]\n'
        for key in (
            "later",
            "why",
            "enough",
            "stop",
            "fillers",
            "everything",
            "forget",
            "question_openers",
            "request_openers",
            "small_words",
        )
    )
    (tmp_path / "phrases.xx.yml").write_text('"yes": [sure]\n"no": [sure]\n' + lists)
    with pytest.raises(ValueError, match="“sure” stands under two meanings"):
        load_phrases("xx", tmp_path)


@pytest.mark.parametrize(
    "text", ["forget me", "Please delete everything!", "erase all my data", "I want to be forgotten"]
)
def test_a_plain_order_to_forget_is_read(text: str) -> None:
    assert PHRASES.orders_to_forget(text)


@pytest.mark.parametrize(
    "text",
    [
        "forget me?",
        "can i wipe the chat afterwards",
        "do not forget me",
        "delete everything but my income",
        "",
        "never",
    ],
)
def test_what_does_not_plainly_order_it_is_no_order_to_forget(text: str) -> None:
    assert not PHRASES.orders_to_forget(text)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("can i wipe the chat afterwards", True),
        ("am I able to clear my history myself", True),
        ("hi, is it possible to take it back", True),
        ("I was wondering if you forget me", True),
        ("what if I want out", True),
        ("forget me?", True),
        ("can you erase it for me", False),
        ("take it back", False),
        ("forget me", False),
    ],
)
def test_a_question_about_a_right_is_told_from_an_order(text: str, asks: bool) -> None:
    assert PHRASES.is_question(text) is asks
