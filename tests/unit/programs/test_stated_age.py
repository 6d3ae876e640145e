"""The age that people state of themselves."""

from __future__ import annotations

from datetime import date

import pytest

from programs import corrected_age, stated_age

TODAY = date(2026, 12, 1)

STATED = {
    "I'm 14 years old": 14,
    "i am 15": 15,
    "im only 12!": 12,
    "I am 13 and I lost my card": 13,
    "I'm fifteen": 15,
    "im 15yo": 15,
    "I am 15, by the way": 15,
    "I'm a minor": 0,
    "I am underage": 0,
    "i was born in 2015": 10,
    "I was born on 3 May 2012": 13,
    "turning 16 next month": 15,
    "I turn 16 in June": 15,
    "I'll be 16 next week": 15,
    "15 y/o here": 15,
    "I'm a fifteen-year-old girl": 15,
    "as a 15 year old": 15,
    "I just turned 15": 15,
    "I'm not 16 yet": 15,
    "I'm under 16": 15,
    "I’m 45, my son is 9": 45,
    "I'm not 15, I'm 51": 51,
}
OF_NOBODY = [
    "my son is 15",
    "my 15 year old lost her card",
    "my daughter was born in 2015",
    "my son is turning 16 next month",
    "I have 15 euros",
    "it was 15 days ago",
    "I am 14 months behind with my payments",
    "I'm 15 minutes away",
    "I'm 15, 20 minutes late",
    "I am 15 or 20 minutes late",
    "I am 15 euros short",
    "I'm 15k in debt",
    "I am 15% over",
    "I am 1400 in debt",
    "I owe 14",
    "14",
    "when I am 16 can I get a card",
    "when I was 15 I had a card",
    "I'm not 15",
    "I'm a child of divorce",
    "I am 15 years with the bank",
    "I opened the account in 2015",
    "I'm a 15 year customer",
]


@pytest.mark.parametrize(("text", "age"), STATED.items())
def test_a_stated_age_is_read(text: str, age: int) -> None:
    assert stated_age(text, today=TODAY) == age


@pytest.mark.parametrize("text", OF_NOBODY)
def test_other_numbers_and_other_people_are_no_age_of_the_writer(text: str) -> None:
    assert stated_age(text, today=TODAY) is None


@pytest.mark.parametrize(
    "text", ["I meant 50", "sorry, 50", "no, 50", "I'm 50", "I meant to say 50", "typo: 50"]
)
def test_an_age_is_corrected(text: str) -> None:
    assert corrected_age(text, today=TODAY) == 50


@pytest.mark.parametrize("text", ["sorry, 50 euros", "no, 50.20", "50", "my balance is 50"])
def test_what_is_no_age_corrects_none(text: str) -> None:
    assert corrected_age(text, today=TODAY) is None
