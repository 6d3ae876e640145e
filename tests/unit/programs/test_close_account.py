"""Closing an account asks for nothing, and its text keeps what the law and the bank state elsewhere."""

from __future__ import annotations

import re
from datetime import date

import pytest

from programs import help_for
from programs.catalogue.errors import NoItems
from tests.catalogue import our_catalogue

CATALOGUE = our_catalogue()
PROGRAM = CATALOGUE.programs["close_account"]
TEXT = PROGRAM.general_help


def test_nothing_is_asked():
    assert PROGRAM.item_ids == ()
    with pytest.raises(NoItems):
        help_for(PROGRAM, {}, today=date(2026, 5, 6))


def test_the_steps_are_numbered_without_a_gap():
    assert re.findall(r"^(\d)\.", TEXT, re.MULTILINE) == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    "topic",
    [
        "standing orders",
        "direct debits",
        "cards stop",
        "pending",
        "overdrawn",
        "loan",
        "joint account",
        "statements",
        "your money is",
        "complain",
        "died",
    ],
)
def test_what_people_worry_about_is_said(topic):
    assert topic in TEXT.lower()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("costs nothing", "PSD2, Article 55(2)"),
        ("no notice", "PSD2, Article 55(1)"),
        ("fee counts to that day only", "PSD2, Article 55(4)"),
        ("within 10 working days", "Code of Conduct on the Switching of Payment Accounts, 2016"),
        ("by the next business day", "PSD2, Article 83(1)"),
    ],
)
def test_the_terms_of_the_law_are_kept(words, why):
    assert words in TEXT, why


def test_the_number_is_that_of_the_office():
    assert re.findall(r"\+353[\d ]+\d", TEXT) == [CATALOGUE.controller.phone]
