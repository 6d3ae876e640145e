"""
The steps to set up a card are those of a truth table written out by hand here, case by case.

The table names a few words of each step, not its key; so it holds whatever bank.yml and the code look like.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from programs import help_for
from programs.card_setup.facts import GOALS, SetupFacts
from tests.catalogue import our_catalogue
from tests.tables import each
from tests.unit.programs.payment_calendars import irish

CATALOGUE = our_catalogue()
PROGRAM = CATALOGUE.programs["card_setup"]
FOLDER = Path(__file__).parents[3] / "programs"
TODAY = date(2026, 5, 6)
PHONES = ("iphone", "android", "other", None)

ACTIVATE, OR_PAY, PAY_ONCE, OLD = "press Activate", "Or pay once", "\n1. Pay once", "cut it through the chip"
TABLET, NOT_YET, VIRTUAL, ONLINE = (
    "tablets included",
    "only once it is in your hand",
    "make a virtual card",
    "virtual card pays online",
)
NEW, READY, ADD, PAY = "Is the card new?", "You need", "press “Add to", "To pay by phone"
OTHER, PLASTIC, SEE, LINK = (
    "Other phones cannot pay",
    "contactless just as well",
    "look under Cards",
    "“Link a card”",
)
FOUND, POST, INSTALL, CALL = "Found again?", "still in the post", "Install our app", "link a missing one"
SIGN, CHIP, FEE, NEEDS_PLASTIC = (
    "look for the sign",
    "a till with people",
    "ask a fee of its own",
    "tills without contactless",
)
ALL = (
    *(
        ACTIVATE,
        OR_PAY,
        PAY_ONCE,
        OLD,
        TABLET,
        NOT_YET,
        VIRTUAL,
        ONLINE,
        NEW,
        READY,
        ADD,
        PAY,
        OTHER,
        PLASTIC,
    ),
    *(SEE, LINK, FOUND, POST, INSTALL, CALL, SIGN, CHIP, FEE, NEEDS_PLASTIC),
)

# goal, card in hand → what is said on a phone that has the app, and on another one
TABLE = {
    ("activate", True): ({ACTIVATE, OR_PAY, OLD, ADD}, {PAY_ONCE, OLD, TABLET}),
    ("activate", False): ({NOT_YET, VIRTUAL, ADD}, {NOT_YET, ONLINE}),
    ("activate", None): ({ACTIVATE, OR_PAY, ADD}, {PAY_ONCE, TABLET}),
    ("phone_wallet", True): ({READY, NEW, ADD, PAY}, {OTHER, PLASTIC}),
    ("phone_wallet", False): ({READY, VIRTUAL, ADD, PAY}, {OTHER, ONLINE}),
    ("phone_wallet", None): ({READY, ADD, PAY}, {OTHER, PLASTIC}),
    ("link_to_app", True): ({SEE, LINK, FOUND, INSTALL}, {TABLET, CALL}),
    ("link_to_app", False): ({SEE, POST, INSTALL}, {TABLET, CALL}),
    ("link_to_app", None): ({SEE, LINK, POST, INSTALL}, {TABLET, CALL}),
    ("use_it", True): ({SIGN, CHIP, FEE, PAY}, {SIGN, CHIP, FEE}),
    ("use_it", False): ({NEEDS_PLASTIC, VIRTUAL, ADD, PAY}, {NEEDS_PLASTIC, ONLINE}),
    ("use_it", None): ({SIGN, FEE, PAY}, {SIGN, CHIP, FEE}),
    (None, True): ({ACTIVATE, OR_PAY, ADD}, {PAY_ONCE, TABLET}),
    (None, False): ({NOT_YET, VIRTUAL, ADD}, {NOT_YET, ONLINE}),
    (None, None): ({SEE, ACTIVATE, ADD, PAY}, {OTHER, TABLET}),
}
CASES = [
    (goal, in_hand, phone, said[phone == "other"])
    for (goal, in_hand), said in TABLE.items()
    for phone in PHONES
]


def help_of(goal, in_hand, phone, today=TODAY):
    given = {"setup_goal": goal, "card_in_hand": in_hand, "phone_system": phone}
    help_ = help_for(PROGRAM, given, today=today)
    return "\n" + help_.text, {figure.id: figure.value for figure in help_.figures}


def test_the_table_here_is_complete():
    assert len({case[:3] for case in CASES}) == (len(GOALS) + 1) * 3 * 4


@each("goal, in_hand, phone, said", CASES)
def test_each_case_has_its_own_steps(goal, in_hand, phone, said):
    text, figures = help_of(goal, in_hand, phone)
    assert {words for words in ALL if words in text} == said
    assert figures["steps"] == len(said)


@each("goal, in_hand, phone, said", CASES)
def test_a_known_phone_is_the_only_one_that_is_spoken_of(goal, in_hand, phone, said):
    text, _ = help_of(goal, in_hand, phone)
    if phone == "iphone":
        assert "Google" not in text
        assert "Android" not in text
    if phone == "android":
        assert "Apple" not in text
        assert "iPhone" not in text
    if phone is None and ADD in said:
        assert "Apple" in text
        assert "Google" in text


@each("goal, in_hand, phone, said", CASES)
def test_limits_plans_and_delivery_are_said_where_they_belong(goal, in_hand, phone, said):
    text, figures = help_of(goal, in_hand, phone)
    assert ("no limit of €50" in text) is (goal == "phone_wallet" and phone != "other")
    assert ("Standard (Visa debit)" in text) is (goal == "use_it")
    assert ("cash_a_day_plus" in figures) is (goal == "use_it")
    assert ("new_card_by" in figures) is (in_hand is False)
    assert ("Stuck?" in text) is (CALL not in said)


def test_the_plans_are_those_of_the_tariff():
    cards = yaml.safe_load((FOLDER / "bank.yml").read_text())["cards"]
    text, figures = help_of("use_it", True, None)
    for name, plan in cards["plans"].items():
        assert figures[f"cash_a_day_{name}"] == plan["cash_day_limit_eur"]
        line = next(
            line for line in text.splitlines() if line.startswith(f"{plan['name']} ({plan['scheme']})")
        )
        assert f"€{plan['cash_day_limit_eur']:,}" in line
        assert ("are free" in line) is (plan["cash_free_month_times"] is None)


@given(today=st.dates(min_value=date(2024, 1, 1), max_value=date(2030, 12, 31)))
def test_a_card_that_is_ordered_today_comes_when_irish_business_days_say(today):
    _, figures = help_of(None, False, None, today)
    work = [day for day in (today + timedelta(days=n) for n in range(1, 30)) if irish(day)]
    assert figures["new_card_by"] == work[5]  # after the cut-off: the next day, one to make it, four by post


def test_a_table_with_a_gap_is_refused():
    content = yaml.safe_load((FOLDER / "card_setup" / "bank.yml").read_text())["setup"]
    content["steps"] = content["steps"][:-1]
    with pytest.raises(ValueError, match="no row for goal any, in_hand any, phone iphone"):
        SetupFacts.model_validate(content)


def test_the_texts_name_the_plans_of_the_tariff():
    plans = yaml.safe_load((FOLDER / "bank.yml").read_text())["cards"]["plans"]
    for plan in plans.values():
        assert f"€{plan['cash_day_limit_eur']:,}" in PROGRAM.general_help
    standard = plans["standard"]
    first = PROGRAM.finer_needs["cash_machines"].first
    assert f"{standard['cash_free_month_times']} withdrawals a month are free on Standard" in first
    assert f"then €{standard['cash_further_each_eur']:.2f} each" in first
