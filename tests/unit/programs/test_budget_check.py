"""Shares, gaps and reserves agree with exact fractions, counted euro by euro and month by month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import programs
from programs import help_for
from tests.catalogue import our_catalogue

PROGRAM = our_catalogue().programs["budget_check"]
RULES = yaml.safe_load((Path(programs.__file__).parent / "budget_check" / "bank.yml").read_text())[
    "budget_rules"
]
CENT = Fraction(1, 100)
incomes = st.decimals(min_value=1, max_value=20_000, places=2)
costs = st.decimals(min_value=0, max_value=12_000, places=2)


def figures(**values: Decimal) -> dict[str, Decimal]:
    return {f.id: f.value for f in help_for(PROGRAM, values, today=date(2026, 5, 6)).figures}


def said(**values: Decimal) -> str:
    return help_for(PROGRAM, values, today=date(2026, 5, 6)).text


def month(income: Decimal, home: Decimal, living: Decimal) -> dict[str, Decimal]:
    return {"net_income_month_eur": income, "housing_month_eur": home, "living_month_eur": living}


def tenth(share: Fraction) -> Fraction:
    """A percentage to a tenth, half away from zero."""
    steps = floor(abs(share) * 10 + Fraction(1, 2))
    return Fraction(steps if share >= 0 else -steps, 10)


@given(income=incomes, home=costs, living=costs)
def test_the_shares_are_those_of_fractions(income, home, living):
    found = figures(**month(income, home, living))
    left = income - home - living
    for name, part in (("housing", home), ("living", living), ("left", left)):
        assert Fraction(found[f"{name}_share"]) == tenth(Fraction(part) * 100 / Fraction(income))
    assert found["left_a_month"] == left


@given(income=incomes, home=costs, living=costs)
def test_a_rule_is_called_broken_exactly_if_its_share_is_above(income, home, living):
    text, found = said(**month(income, home, living)), figures(**month(income, home, living))
    limit = floor(Fraction(income) * 40 / 100 / CENT) * CENT
    assert Fraction(found["home_over_burden"]) == Fraction(home) - limit
    assert ("above 40%" in text) is (Fraction(home) > limit)
    half = floor(Fraction(income) / 2 / CENT) * CENT
    if income > home + living:
        assert ("above half" in text) is (Fraction(home) + Fraction(living) > half)


@given(income=incomes, home=costs, living=costs)
def test_all_that_is_left_is_split_and_the_reserve_is_there_in_that_month(income, home, living):
    found = figures(**month(income, home, living))
    left = income - home - living
    if left <= 0:
        assert "wants" not in found
        return
    assert found["wants"] + found["aside"] == left
    assert Fraction(found["wants"]) <= Fraction(income) * 30 / 100
    assert Fraction(found["aside"]) >= Fraction(left) * 2 / 5
    reserve = 3 * (home + living)
    assert found["reserve"] == reserve
    if "reserve_in" in found:
        pot, months = Decimal(0), 0
        while pot < reserve:
            pot, months = pot + found["aside"], months + 1
        assert months == found["reserve_in"]
    else:
        assert reserve == 0 or found["aside"] * 600 < reserve


@given(income=incomes, home=costs, living=costs)
def test_who_has_nothing_left_is_told_what_is_missing_and_who_helps_and_not_to_save(income, home, living):
    text = said(**month(income, home, living))
    missing = home + living - income
    assert ("MABS" in text) is (missing >= 0)
    assert ("more than comes in" in text) is (missing > 0)
    if missing >= 0:
        assert "put aside" not in text
        assert "reserve" not in text


@given(home=costs, living=costs)
def test_the_incomes_named_just_keep_the_rules(home, living):
    found = figures(housing_month_eur=home, living_month_eur=living)
    needs = Fraction(home) + Fraction(living)
    assert Fraction(found["income_for_rule"]) == ceil(needs * 2 / CENT) * CENT
    if home:
        assert Fraction(found["income_for_home"]) == ceil(Fraction(home) * 100 / 40 / CENT) * CENT


@given(income=incomes, living=costs)
def test_a_home_at_the_sum_named_keeps_both_rules_and_a_cent_more_breaks_one(income, living):
    room = figures(net_income_month_eur=income, living_month_eur=living)["room_for_home"]
    if room <= 0:
        assert living >= floor(Fraction(income) / 2 / CENT) * CENT
        return
    at = figures(**month(income, room, living))
    above = figures(**month(income, room + Decimal("0.01"), living))
    assert at["home_over_burden"] <= 0
    assert at["needs_over_half"] <= 0
    assert above["home_over_burden"] > 0 or above["needs_over_half"] > 0


@given(income=incomes)
def test_the_three_sums_of_the_rule_are_the_income(income):
    found = figures(net_income_month_eur=income)
    assert found["needs"] + found["wants"] + found["savings"] == income
    assert abs(Fraction(found["savings"]) - Fraction(income) / 5) < 2 * CENT


@pytest.mark.parametrize(
    "words", ["50/30/20", "30% for what you like", "20% to put aside", "below 40%", "three months"]
)
def test_the_general_help_names_the_rules(words):
    assert words in PROGRAM.general_help
    assert RULES == {
        "needs_percent": 50,
        "wants_percent": 30,
        "savings_percent": 20,
        "housing_burden_percent": 40,
        "reserve_months": 3,
    }
