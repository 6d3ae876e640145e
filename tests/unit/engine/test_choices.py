"""What is typed after a list of choices: by its place, its name, or all of it."""

from __future__ import annotations

import pytest

from engine.choices import Offered

OWE = {"title": "what you still owe", "payload": '/take_back{"item":"debt_balance_eur"}'}
RATE = {"title": "your yearly interest rate", "payload": '/take_back{"item":"yearly_rate_percent"}'}
ALL = {"title": "Everything", "payload": '/take_back{"all":"yes"}'}
ASKED = Offered((OWE, RATE, ALL))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1", OWE), ("the first", OWE), ("2.", RATE), ("the second one, please", RATE), ("last", ALL),
        ("Everything", ALL), ("all", ALL), ("all of it", ALL), ("interest rate", RATE), ("my rate", RATE),
        ("what you still owe", OWE), ("the debt", OWE),
    ],
)  # fmt: skip
def test_a_choice_is_named_in_words_or_by_number(text: str, meant: dict[str, str]) -> None:
    assert ASKED.meant(text) == meant["payload"]


@pytest.mark.parametrize("text", ["9", "yes", "no", "what you", "I lost my card", "", "menu", "forget me"])
def test_other_words_choose_nothing(text: str) -> None:
    assert ASKED.meant(text) is None


def test_a_number_is_the_value_that_is_asked_for() -> None:
    beside = Offered((OWE, RATE, ALL), question="value")
    assert beside.meant("1") is None
    assert beside.meant("everything") == ALL["payload"]


def test_a_need_is_chosen_by_its_place_only_where_no_question_is_open() -> None:
    need = {"title": "Paying off debt", "payload": '/need{"program":"debt_payoff"}'}
    assert Offered(needs=(need,)).meant("1") == need["payload"]
    assert Offered(needs=(need,), question="permission").meant("1") is None
