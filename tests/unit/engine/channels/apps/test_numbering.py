"""Choices without buttons: which get a number, and which one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.channels.apps.numbering import numbered
from engine.channels.apps.said import Said
from tests.unit.engine.channels.apps.apps_rig import WORDS
from tests.unit.engine.channels.said_examples import (
    ALLOW,
    MANY,
    NOT_NOW,
    WHY,
    YES_NO_VALUE,
    any_said,
    choice,
    permission,
)

FORGET = choice("Forget me", "/forget_me")
KEEP = choice("Keep it", "/deny")


def test_a_permission_request_is_always_1_allow_2_not_now_3_why() -> None:
    lines, options = numbered(permission(), WORDS, 1)
    assert options == {"1": ALLOW, "2": NOT_NOW, "3": WHY}
    assert lines == "Reply 1 to allow, 2 for not now, 3 for why."
    lines, options = numbered(permission(why=None), WORDS, 1)
    assert options == {"1": ALLOW, "2": NOT_NOW}
    assert lines == "Reply 1 to allow, 2 for not now."


def test_other_choices_have_a_line_each_from_the_first_number_on() -> None:
    lines, options = numbered(Said("", (KEEP, WHY)), WORDS, 4)
    assert options == {"4": KEEP, "5": WHY}
    assert lines == "Reply with a number:\n4 Keep it\n5 Why?"


def test_a_second_permission_request_in_one_turn_does_not_take_the_firsts_numbers() -> None:
    _, options = numbered(permission(), WORDS, 4)
    assert options == {"4": ALLOW, "5": NOT_NOW, "6": WHY}


def test_a_number_is_no_answer_to_the_question_for_a_value() -> None:
    lines, options = numbered(YES_NO_VALUE, WORDS, 1)
    assert options == {}
    assert lines == "You can also reply: Yes, No, Skip"


def test_where_a_comma_stands_in_an_answer_it_does_not_part_answers() -> None:
    sent = choice("Sent, standard", "/inform"), choice("Sent, instant", "/inform"), choice("Skip", "/deny")
    lines, _ = numbered(Said("", sent, kind="value"), WORDS, 1)
    assert lines == "You can also reply: Sent, standard; Sent, instant; Skip"


def test_what_cannot_be_undone_has_no_number_beside_anything_else() -> None:
    lines, options = numbered(Said("", (FORGET, KEEP)), WORDS, 1)
    assert options == {"1": KEEP}
    assert lines == "Reply with a number:\n1 Keep it\nYou can also reply: Forget me"


def test_what_cannot_be_undone_has_a_number_if_there_is_nothing_else() -> None:
    lines, options = numbered(Said("", (FORGET,)), WORDS, 1)
    assert options == {"1": FORGET}
    assert lines == "Reply with a number:\n1 Forget me"


@pytest.mark.parametrize("kind", ["", "value"])
def test_without_choices_nothing_is_said(kind: str) -> None:
    assert numbered(Said("Hello", kind=kind), WORDS, 1) == ("", {})


@given(any_said(), st.integers(1, 50))
def test_every_choice_is_a_number_or_words_and_numbers_count_on(said: Said, first: int) -> None:
    lines, options = numbered(said, WORDS, first)
    expected = [str(number) for number in range(first, first + len(options))]
    assert list(options) == expected
    assert said.prompt is not None or all(one.title in lines for one in said.choices)
    if said.kind != "value":
        assert list(options.values()) == list(said.choices)


def test_fifteen_choices_have_fifteen_numbers() -> None:
    assert list(numbered(MANY, WORDS, 1)[1]) == [str(number) for number in range(1, 16)]
