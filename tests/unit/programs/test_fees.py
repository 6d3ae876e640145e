"""Fees agree with a year that is lived month by month and payment by payment, in exact fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

import programs
from programs.bank.payment_facts import TopUps, Transfers
from programs.bank.tariff import PLANS, Cards, break_even, cheapest
from programs.fees.help import fees

BANK = yaml.safe_load((Path(programs.__file__).parent / "bank.yml").read_text())
FACTS = {
    "cards": Cards.model_validate(BANK["cards"]),
    "transfers": Transfers.model_validate(BANK["transfers"]),
    "top_ups": TopUps.model_validate(BANK["top_ups"]),
}
CENT = Fraction(1, 100)
amounts = st.decimals(min_value="0.01", max_value=1000, places=2)
times_a_month = st.integers(min_value=1, max_value=100)

# the tariff once more, by hand: price a month, fee on payments, cash in euro (free times, then each)
PRICE = {"standard": 0, "plus": 4, "travel": 9}
PAYMENT = {"standard": Fraction("0.0175"), "plus": Fraction("0.0075"), "travel": Fraction(0)}
CASH = {"standard": (5, Fraction(1, 2)), "plus": (None, 0), "travel": (None, 0)}


def foreign_cash(plan: str, sum_: Fraction, had: Fraction) -> Fraction:
    """The fee of one withdrawal, after `had` in the same month."""
    if plan == "standard":
        return max(sum_ * Fraction("0.025"), Fraction(3))
    if plan == "plus":
        return max(sum_ * Fraction("0.015"), Fraction(2))
    return (max(had + sum_ - 500, Fraction(0)) - max(had - 500, Fraction(0))) * Fraction("0.02")


def run(kind=None, fee=None, times=None):
    help_ = fees(fee_kind=kind, fee_amount_eur=fee, fee_month_times=times, **FACTS)
    keys = {sentence.key for sentence in help_.sentences}
    return keys, {figure.id: Fraction(figure.value) for figure in help_.figures}


def check_plans(keys: set[str], figures: dict[str, Fraction], year: dict[str, Fraction], tolerance: Fraction):
    for plan in PLANS:
        assert abs(figures[f"year_{plan}"] - year[plan]) <= tolerance
    least = min(figures[f"year_{plan}"] for plan in PLANS)
    assert ("stay" in keys) == (figures["year_standard"] == least)
    if "change_plan" in keys:
        assert figures["saved"] == figures["year_standard"] - least > 0


@given(fee=amounts, times=times_a_month)
def test_payments_abroad_lived_through_for_a_year(fee, times):
    keys, figures = run("foreign_payment", fee, times)
    payment = Fraction(fee) / PAYMENT["standard"]
    year = dict.fromkeys(PLANS, Fraction(0))
    for _month in range(12):
        for plan in PLANS:
            year[plan] += PRICE[plan] + sum(payment * PAYMENT[plan] for _ in range(times))
    assert figures["year"] == figures["year_standard"] == year["standard"]
    check_plans(keys, figures, year, 12 * CENT)


@given(times=times_a_month)
def test_cash_in_euro_withdrawn_one_by_one_for_a_year(times):
    keys, figures = run("cash_euro", None, times)
    year = dict.fromkeys(PLANS, Fraction(0))
    for _month in range(12):
        for plan in PLANS:
            free, each = CASH[plan]
            year[plan] += PRICE[plan]
            for withdrawal in range(1, 5 + times + 1):
                if free is not None and withdrawal > free:
                    year[plan] += each
    assert figures["year"] == year["standard"]
    check_plans(keys, figures, year, Fraction(0))


@given(fee=st.decimals(min_value=3, max_value=1000, places=2), times=times_a_month)
def test_foreign_cash_withdrawn_one_by_one_for_a_year(fee, times):
    keys, figures = run("cash_foreign", fee, times)
    sum_ = Fraction(fee) / Fraction("0.025")
    year = dict.fromkeys(PLANS, Fraction(0))
    for plan in PLANS:
        month, had = Fraction(PRICE[plan]), Fraction(0)
        for _ in range(times):
            month += foreign_cash(plan, sum_, had)
            had += sum_
        year[plan] = 12 * month
    check_plans(keys, figures, year, 12 * times * CENT)


@example(fee=Decimal("0.25"))  # 28 of them are exactly what Plus costs
@given(fee=amounts)
def test_from_so_many_fees_on_a_plan_is_no_dearer_and_from_one_fewer_it_is(fee):
    _, figures = run("foreign_payment", fee)
    payment = Fraction(fee) / PAYMENT["standard"]
    for plan in ("plus", "travel"):
        times = int(figures[f"{plan}_from"])

        def dearer(number: int, plan: str = plan) -> bool:
            return PRICE[plan] + number * payment * PAYMENT[plan] > number * Fraction(fee)

        assert not dearer(times)
        assert dearer(times - 1)


@given(price=st.decimals(min_value="0.01", max_value=20, places=2), saved=st.integers(1, 175))
def test_the_break_even_of_two_plans_is_where_their_costs_meet(price, saved):
    less = FACTS["cards"].basic
    lower = less.foreign_payment_percent - Decimal(saved) / 100
    more = less.model_copy(update={"month_eur": price, "foreign_payment_percent": lower})
    cents = int(break_even(less, more) * 100)

    def dearer(at: int) -> bool:
        return Fraction(price) > Fraction(at, 100) * Fraction(saved, 10_000)

    assert not dearer(cents)
    assert dearer(cents - 1)


@given(fee=st.decimals(min_value=12, max_value=1000, places=2), times=times_a_month)
def test_one_transfer_instead_of_several_saves_the_fixed_fees_of_the_others(fee, times):
    _, figures = run("transfer", fee, times)
    sent = (Fraction(fee) - 12) / Fraction("0.005")
    apart, together = times * Fraction(fee), 12 + times * sent * Fraction("0.005")
    assert figures["sum"] == sent
    assert figures.get("saved", Fraction(0)) == 12 * (apart - together)


@given(fee=amounts, times=times_a_month)
def test_a_free_way_to_top_up_saves_all_of_it(fee, times):
    _, figures = run("card_top_up", fee, times)
    assert figures["saved"] == figures["year"] == 12 * times * Fraction(fee)
    assert abs(figures["sum"] * Fraction("0.015") - Fraction(fee)) <= CENT / 100


@pytest.mark.parametrize(
    ("kind", "fee", "ours"),
    [
        ("cash_euro", "0.49", False),
        ("cash_euro", "0.50", True),
        ("cash_euro", "0.51", False),
        ("cash_foreign", "2.99", False),
        ("cash_foreign", "3.00", True),
        ("transfer", "11.99", False),
        ("transfer", "12.00", True),
    ],
)
def test_a_fee_that_cannot_be_ours_is_called_so(kind, fee, ours):
    keys, _ = run(kind, Decimal(fee), 2)
    assert bool(keys & {"cash_not_ours", "foreign_cash_not_ours", "transfer_not_ours"}) is not ours
    assert "plans" not in keys or ours


@given(costs=st.fixed_dictionaries({name: st.integers(0, 3).map(Decimal) for name in PLANS}))
def test_of_equally_cheap_plans_the_one_with_the_lower_price_is_named(costs):
    best = cheapest(costs)
    assert all(costs[best] <= other for other in costs.values())
    assert all(costs[name] > costs[best] for name in PLANS[: PLANS.index(best)])
