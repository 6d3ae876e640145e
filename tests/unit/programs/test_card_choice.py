"""The cheapest plan agrees with living through a year of each, and with a search over sums and numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import programs
from programs.bank.card_post import CardPost
from programs.bank.tariff import PLANS, Cards
from programs.card_choice.costs import first_change, year_costs
from programs.card_choice.help import card_choice

BANK = yaml.safe_load((Path(programs.__file__).parent / "bank.yml").read_text())
CARDS = Cards.model_validate(BANK["cards"])
FACTS = {"cards": CARDS, "card_post": CardPost.model_validate(BANK["card_post"])}
spent = st.one_of(
    st.decimals(min_value=0, max_value=50_000, places=2), st.decimals(min_value=0, max_value=900, places=2)
)
withdrawals = st.integers(min_value=0, max_value=100)


def month(plan: str, abroad: Fraction, times: int) -> Fraction:
    """The tariff once more, by hand and without rounding, withdrawal by withdrawal."""
    if plan == "standard":
        return abroad * Fraction("0.0175") + sum(Fraction(1, 2) for nth in range(1, times + 1) if nth > 5)
    return 4 + abroad * Fraction("0.0075") if plan == "plus" else Fraction(9)


def run(abroad=None, times=None, plastic=None):
    help_ = card_choice(
        abroad_month_eur=abroad,
        cash_month_times=times,
        wants_plastic=plastic,
        today=date(2026, 5, 6),
        **FACTS,
    )
    return {s.key: s for s in help_.sentences}, {f.id: f.value for f in help_.figures}


@settings(max_examples=300)
@given(abroad=spent, times=withdrawals)
def test_a_year_with_each_plan_is_what_twelve_months_of_it_cost(abroad, times):
    said, figures = run(abroad, times)
    exact = {plan: 12 * month(plan, Fraction(abroad), times) for plan in PLANS}
    for plan in PLANS:
        assert abs(Fraction(figures[f"year_{plan}"]) - exact[plan]) <= Fraction(6, 100)  # half a cent a month
    named = (
        next(said[key] for key in ("best", "best_free", "best_equal") if key in said).params["plan"].lower()
    )
    assert figures[f"year_{named}"] == min(figures[f"year_{plan}"] for plan in PLANS)
    in_order = sorted(figures[f"year_{plan}"] for plan in PLANS)
    assert figures["saved"] == in_order[1] - in_order[0]
    assert ("best_equal" in said) == (in_order[0] == in_order[1])


@settings(max_examples=300)
@given(times=withdrawals, abroad=spent)
def test_the_ranges_that_are_named_are_where_each_plan_is_the_cheapest(times, abroad):
    said, figures = run(None, times)
    plus, travel = (Fraction(figures[name]) for name in ("plus_from", "travel_from"))
    sum_ = Fraction(abroad)
    costs = {plan: month(plan, sum_, times) for plan in PLANS}
    least = [plan for plan in PLANS if costs[plan] == min(costs.values())]
    if sum_ < plus:
        assert least == ["standard"]
    elif sum_ >= travel:
        assert least[-1] == "travel"
    elif sum_ < travel - Fraction(1, 100):
        assert "plus" in least
    assert ("two_ranges" in said) == (plus == 0)


@pytest.mark.parametrize("times", range(20))
def test_at_the_cent_where_plus_begins_it_is_no_dearer_and_a_cent_before_it_is(times):
    _, figures = run(None, times)
    cents = int(figures["plus_from"] * 100)
    at = Fraction(cents, 100)
    assert month("plus", at, times) <= month("standard", at, times)
    before = Fraction(cents - 1, 100)
    assert cents == 0 or month("plus", before, times) > month("standard", before, times)


@given(abroad=spent)
def test_the_number_of_withdrawals_named_is_the_first_that_changes_the_plan(abroad):
    change = first_change(abroad, CARDS)
    best = [year_costs(abroad, times, CARDS).best for times in range(101)]
    if change is None:
        assert set(best) == {best[0]}
    else:
        times, plan = change
        assert set(best[:times]) == {best[0]} != {plan}
        assert best[times] == plan


@pytest.mark.parametrize(
    ("plastic", "times", "said"),
    [
        (None, None, "either"),
        (None, 5, "either"),
        (True, None, "plastic"),
        (True, 5, "plastic"),
        (False, None, "no_plastic"),
        (False, 0, "no_plastic"),
        (False, 1, "no_plastic_cash"),
    ],
)
def test_how_to_get_the_card_by_wish_and_need_of_cash(plastic, times, said):
    keys, _ = run(None, times, plastic)
    assert set(keys) & {"either", "plastic", "no_plastic", "no_plastic_cash"} == {said}


def test_texts_name_the_prices_of_the_tariff():
    program = yaml.safe_load((Path(programs.__file__).parent / "card_choice/program.yml").read_text())
    lines = program["general_help"].splitlines()
    for plan in CARDS.plans.values():
        line = next(line for line in lines if f"• {plan.name}" in line)
        assert f"€{plan.month_eur:f}" in line
        assert plan.scheme.split()[0] in line
        assert not plan.foreign_payment_percent or f"{plan.foreign_payment_percent:f}%" in line
    limits = program["finer_needs"]["single_use_limits"]["first"]
    assert f"up to {CARDS.limits.single_use_new_a_day} new ones a day" in limits
    assert f"€{CARDS.limits.single_use_payment_eur:,}" in limits
    assert f"€{CARDS.limits.payments_day_eur:,}" in limits
    assert f"€{CARDS.spare_card_eur}" in program["finer_needs"]["spare_card"]["first"]
    weeks = CARDS.new_card_before_expiry_days // 7
    assert f"{weeks} weeks before" in program["finer_needs"]["expiring_card"]["first"]
    assert Decimal(weeks * 7) == CARDS.new_card_before_expiry_days
