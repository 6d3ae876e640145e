"""Savings agree with an account kept by hand in whole cents, its rate found by halving fractions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programs import help_for
from tests.catalogue import our_catalogue

PROGRAM = our_catalogue().programs["savings_goal"]
TODAY = date(2026, 5, 31)
goals = st.decimals(min_value=10, max_value=1_000_000, places=2)
monthly = st.decimals(min_value=1, max_value=50_000, places=2)
terms = st.integers(min_value=1, max_value=480)
FIFTY_YEARS = 600


def month_rate() -> Fraction:
    """The fraction whose twelve months make 1.5 %, by halving: no logarithm, no root."""
    low, high = Fraction(0), Fraction(1, 100)
    while high - low > Fraction(1, 10**20):
        middle = (low + high) / 2
        low, high = (middle, high) if (1 + middle) ** 12 < Fraction(1015, 1000) else (low, middle)
    return low


RATE = month_rate()


def cents(amount: Fraction) -> int:
    """Rounded to whole cents, half a cent up."""
    return floor(amount + Fraction(1, 2))


def account(monthly_eur: Decimal, months: int) -> list[tuple[int, int]]:
    """(balance, tax so far) in cents at each month's end."""
    deposit, balance, taxed = int(monthly_eur * 100), 0, 0
    ends = []
    for _ in range(months):
        balance += deposit
        interest = cents(balance * RATE)
        tax = cents(Fraction(interest * 33, 100))
        balance, taxed = balance + interest - tax, taxed + tax
        ends.append((balance, taxed))
    return ends


def figures(**values: object) -> dict[str, Decimal]:
    return {f.id: f.value for f in help_for(PROGRAM, values, today=TODAY).figures}


def said(**values: object) -> str:
    return help_for(PROGRAM, values, today=TODAY).text


@given(month=monthly, months=terms)
def test_the_balance_is_that_of_an_account_kept_by_hand(month, months):
    balance, taxed = account(month, months)[-1]
    found = figures(savings_month_eur=month, savings_term_months=months)
    assert found["balance"] * 100 == balance
    assert found["dirt"] * 100 == taxed
    assert found["interest"] * 100 == balance - int(month * 100) * months


@given(goal=goals, month=monthly)
def test_the_months_are_the_first_with_the_goal_reached(goal, month):
    ends = account(month, FIFTY_YEARS)
    reached = next((n for n, (balance, _) in enumerate(ends, 1) if balance >= goal * 100), None)
    found = figures(savings_goal_eur=goal, savings_month_eur=month)
    assert found.get("months") == reached
    if reached is None:
        assert "To be honest" in said(savings_goal_eur=goal, savings_month_eur=month)
    else:
        assert found["balance"] * 100 == ends[reached - 1][0]


@given(goal=goals, months=st.integers(min_value=1, max_value=240))
def test_the_sum_named_is_just_enough_and_a_cent_less_is_not(goal, months):
    needed = figures(savings_goal_eur=goal, savings_term_months=months)["needed_a_month"]
    assert account(needed, months)[-1][0] >= goal * 100
    less = needed - Decimal("0.01")
    assert account(less, months)[-1][0] < goal * 100


@given(goal=goals, month=monthly, months=terms)
def test_yes_is_said_exactly_if_the_account_holds_the_goal_in_time(goal, month, months):
    balance = account(month, months)[-1][0]
    text = said(savings_goal_eur=goal, savings_month_eur=month, savings_term_months=months)
    assert text.startswith("Yes") is (balance >= goal * 100)
    assert text.startswith("Not quite") is (balance < goal * 100)


@settings(max_examples=50)
@given(goal=goals, month=monthly)
def test_ten_percent_more_is_never_slower(goal, month):
    found = figures(savings_goal_eur=goal, savings_month_eur=month)
    if "months_with_more" in found:
        assert found["months_with_more"] <= found["months"]


@pytest.mark.parametrize(
    ("month", "day"),
    [
        ("1500", date(2026, 7, 31)),
        ("1000", date(2026, 8, 31)),
        ("3000", date(2026, 6, 30)),
        ("334", date(2027, 2, 28)),
    ],
)
def test_the_day_is_the_same_day_of_a_later_month_or_its_last(month, day):
    assert figures(savings_goal_eur=Decimal(3000), savings_month_eur=Decimal(month))["there_on"] == day


def test_the_figures_in_the_texts_are_those_of_the_account():
    assert figures(savings_goal_eur=Decimal(3000), savings_month_eur=Decimal(150))["months"] == 20
    assert "€3,000 at €150 a month takes 20 months" in PROGRAM.finer_needs["how_long"].first
    needed = figures(savings_goal_eur=Decimal(3000), savings_term_months=24)["needed_a_month"]
    assert f"€{needed} with our interest" in PROGRAM.finer_needs["how_much_a_month"].first
    gross, stays = Fraction(1000), Fraction(1000)
    for _ in range(12):
        gross, stays = gross * (1 + RATE), stays * (1 + RATE * 67 / 100)
    assert (round(gross), round(stays)) == (1015, 1010)
    rate = PROGRAM.finer_needs["savings_rate"].first
    assert "On €1,000 that is about €15 in a year; about €5 of it goes as DIRT, and €10 stays" in rate
    assert "1.5% a year (AER)" in PROGRAM.general_help
    assert "33% of the interest" in PROGRAM.general_help
