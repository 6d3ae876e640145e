"""The loan that fits keeps both limits and one euro more does not, paid back month by month in fractions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import programs
from programs import help_for
from tests.catalogue import our_catalogue

CATALOGUE = our_catalogue()
PROGRAM = CATALOGUE.programs["loan_affordability"]
FACTS = yaml.safe_load((Path(programs.__file__).parent / "loan_affordability" / "bank.yml").read_text())[
    "loans"
]
RATE = Fraction(str(FACTS["yearly_rate_percent"])) / 1200
SHARE = Fraction(FACTS["debt_share_percent"], 100)
RESERVE = 1340
SMALLEST, LARGEST = FACTS["smallest_eur"], FACTS["largest_eur"]
CENT = Fraction(1, 100)
incomes = st.decimals(min_value=1, max_value=15_000, places=2)
costs = st.decimals(min_value=0, max_value=4_000, places=2)
enough = st.decimals(min_value=3_000, max_value=15_000, places=2)
"""Incomes that carry a loan more often than not."""
terms = st.integers(min_value=12, max_value=84)


def figures(**values: object) -> dict[str, Decimal]:
    help_ = help_for(PROGRAM, values, today=date(2026, 5, 6))
    return {figure.id: figure.value for figure in help_.figures}


def said(**values: object) -> str:
    return help_for(PROGRAM, values, today=date(2026, 5, 6)).text


def owed(loan: Fraction, payment: Fraction, months: int) -> tuple[Fraction, Fraction]:
    """What is owed after so many payments, and the interest until then, month by month in exact fractions."""
    rest, interest = Fraction(loan), Fraction(0)
    for _ in range(months):
        added = rest * RATE
        pays = min(payment, rest + added)
        rest, interest = rest + added - pays, interest + added
    return rest, interest


def limits(income: Decimal, fixed: Decimal) -> tuple[Fraction, Fraction]:
    return SHARE * Fraction(income), Fraction(income) - Fraction(fixed) - RESERVE


@given(income=incomes, fixed=costs, months=terms)
def test_the_loan_keeps_both_limits_and_one_euro_more_would_not(income, fixed, months):
    found = figures(net_income_month_eur=income, fixed_costs_month_eur=fixed, loan_term_months=months)
    most = min(limits(income, fixed))
    if "loan" not in found:
        rest, _ = owed(Fraction(SMALLEST), most, months)
        assert most < CENT or rest > 0
        return
    loan, instalment = Fraction(found["loan"]), Fraction(found["instalment"])
    assert instalment <= most
    rest, interest = owed(loan, instalment, months)
    assert rest == 0
    assert abs(Fraction(found["interest"]) - interest) <= CENT
    assert owed(loan, instalment - CENT, months)[0] > 0
    highest = most // CENT * CENT  # a payment is whole cents
    assert loan == LARGEST or owed(loan + 1, highest, months)[0] > 0


@given(income=enough, fixed=costs, months=terms)
def test_a_year_more_carries_more_and_costs_more_interest(income, fixed, months):
    found = figures(net_income_month_eur=income, fixed_costs_month_eur=fixed, loan_term_months=months)
    assume("loan" in found)
    assert ("loan_more" in found) is (months <= 72)
    if "loan_more" in found:
        assert found["loan_more"] >= found["loan"]
        assert found["interest_more"] > found["interest"]
        assert owed(Fraction(found["loan_more"]), Fraction(found["instalment_more"]), months + 12)[0] == 0
    if "loan_less" in found:
        assert found["loan_less"] <= found["loan"]
        assert owed(Fraction(found["loan_less"]), Fraction(found["instalment_less"]), months - 12)[0] == 0


@settings(max_examples=40)
@given(most=st.integers(min_value=1, max_value=100), months=st.integers(min_value=12, max_value=40))
def test_the_shortest_term_named_is_the_first_that_works(most, months):
    """An income of 5,000 with costs that leave exactly `most` euros."""
    fixed = Decimal(5000 - RESERVE - most)
    found = figures(net_income_month_eur=Decimal(5000), fixed_costs_month_eur=fixed, loan_term_months=months)
    works = [n for n in range(12, 85) if owed(Fraction(SMALLEST), Fraction(most), n)[0] == 0]
    if works and works[0] > months:
        assert owed(Fraction(SMALLEST), Fraction(found["instalment_longer"]), works[0])[0] == 0
        assert owed(Fraction(SMALLEST), Fraction(found["instalment_longer"]), works[0] - 1)[0] > 0
    elif not works:
        assert "MABS" in said(
            net_income_month_eur=Decimal(5000), fixed_costs_month_eur=fixed, loan_term_months=months
        )
    else:
        assert "loan" in found


@settings(max_examples=50)
@given(fixed=costs, months=terms)
def test_the_income_named_is_just_enough(fixed, months):
    found = figures(fixed_costs_month_eur=fixed, loan_term_months=months)
    for loan in (1000, 5000, 10000):
        income = found[f"income_for_{loan}_over_{months}_months"]
        at = figures(net_income_month_eur=income, fixed_costs_month_eur=fixed, loan_term_months=months)
        assert at["loan"] >= loan
        less = income - Decimal("0.01")
        below = figures(net_income_month_eur=less, fixed_costs_month_eur=fixed, loan_term_months=months)
        assert below.get("loan", Decimal(0)) < loan


@given(income=incomes, fixed=costs)
def test_a_loan_is_never_offered_where_nothing_is_left(income, fixed):
    text = said(net_income_month_eur=income, fixed_costs_month_eur=fixed)
    if min(limits(income, fixed)) <= 0:
        assert text.startswith("To be honest")
        assert "MABS" in text
        assert "You could pay" not in text


@given(income=enough, months=terms)
def test_the_fixed_costs_named_leave_the_loan_as_it_is(income, months):
    known = {"net_income_month_eur": income, "loan_term_months": months}
    best = figures(**known)
    assume("loan" in best)
    room = limits(income, Decimal(0))[1] - max(
        Fraction(v) for k, v in best.items() if k.startswith("instalment")
    )
    at_the_limit = figures(**known, fixed_costs_month_eur=Decimal(room // 1))
    assert at_the_limit["loan"] == best["loan"]


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("35%", "general"),
        ("€1,340", "general"),
        ("€1,000 to €50,000 over 12 to 84 months at 9.5% a year (9.9% APR), from 18", "general"),
        ("about €1,140 over 1 year, €3,121 over 3 and €4,761 over 5", "general"),
        ("€87.69 a month over 1 year, €32.04 over 3 years, €21.01 over 5 and €16.35 over 7", "instalment"),
        ("€9,360 over 3 years or €14,280 over 5", "how_much"),
        ("9.5% a year, 12 to 84 months", "loan_terms"),
    ],
)
def test_the_texts_name_the_bank_s_figures(words, where):
    text = PROGRAM.general_help if where == "general" else PROGRAM.finer_needs[where].first
    assert words in text


def test_the_figures_in_the_texts_are_those_of_the_rule():
    year, three, five, seven = (figures(loan_term_months=n) for n in (12, 36, 60, 84))
    assert [f["instalment_for_1000"] for f in (year, three, five, seven)] == [
        Decimal(x) for x in ("87.69", "32.04", "21.01", "16.35")
    ]
    assert round(five["instalment_for_10000"]) == 210
    for months, hundred in ((12, 1140), (36, 3121), (60, 4761)):
        assert owed(Fraction(hundred), Fraction(100), months)[0] == 0
        assert owed(Fraction(hundred + 1), Fraction(100), months)[0] > 0
    assert round(float(((1 + RATE) ** 12 - 1) * 100), 1) == FACTS["apr_percent"]
    facts = yaml.safe_load((Path(programs.__file__).parent / "bank.yml").read_text())["living_costs"]
    raised = facts["guideline_one_adult_month_eur"] * (1 + facts["price_allowance_percent"] / 100)
    assert RESERVE - 10 < raised <= RESERVE
    assert figures()["one_adult_a_month"] == RESERVE
