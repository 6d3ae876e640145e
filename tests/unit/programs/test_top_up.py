"""Fees agree with exact fractions, parts with filling day after day, days with living through them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from programs import help_for
from programs.bank.payment_facts import TopUps, Transfers
from tests.catalogue import our_catalogue
from tests.unit.programs.payment_calendars import irish, settles, walk

CATALOGUE = our_catalogue()
PROGRAM = CATALOGUE.programs["top_up"]
BANK = yaml.safe_load((Path(__file__).parents[3] / "programs" / "bank.yml").read_text())
TOP_UPS, TRANSFERS = TopUps.model_validate(BANK["top_ups"]), Transfers.model_validate(BANK["transfers"])
TODAY = date(2026, 5, 6)
A_DAY = timedelta(days=1)
HALF_A_CENT = Fraction(1, 200)
METHODS = ("bank_transfer", "debit_card", "other_card", "cash", "cheque")
amounts = st.one_of(
    st.sampled_from(
        [Decimal(n) / 100 for n in (100, 999, 1000, 100_000, 250_000, 250_001, 500_000, 500_001)]
    ),
    st.decimals(min_value=1, max_value=200_000, places=2),
)
days = st.dates(min_value=date(2023, 1, 1), max_value=date(2032, 12, 31))


def figures(today: date = TODAY, **values: object) -> dict[str, object]:
    return {figure.id: figure.value for figure in help_for(PROGRAM, values, today=today).figures}


def text(today: date = TODAY, **values: object) -> str:
    return help_for(PROGRAM, values, today=today).text


def exact_fee(method: str, amount: Decimal) -> Fraction:
    """From the general help, in euros."""
    if method == "other_card":
        return Fraction(amount) * 15 / 1000
    if method == "cash":
        return Fraction(max(amount, Decimal(1000)) - 1000) / 100
    return Fraction(1, 2) if method == "cheque" else Fraction(0)


def filled(amount: Decimal) -> tuple[int, int]:
    """Top-ups and days when each is as large as the limits let it be."""
    left, parts, spent_days = Fraction(amount), 0, 0
    while left > 0:
        spent_days, today = spent_days + 1, Fraction(5000)
        while today > 0 and left > 0:
            part = min(Fraction(2500), today, left)
            left, today, parts = left - part, today - part, parts + 1
    return parts, spent_days


@given(method=st.sampled_from(METHODS), amount=amounts)
def test_the_fee_is_exact_to_half_a_cent(method, amount):
    found = figures(top_up_method=method, top_up_amount_eur=amount)
    if method in ("debit_card", "other_card") and amount < 10:
        assert "fee" not in found
        return
    assert abs(Fraction(found["fee"]) - exact_fee(method, amount)) <= HALF_A_CENT
    if method == "other_card":
        assert found["charged"] == amount + found["fee"]
    if method == "cheque":
        assert found["arrives"] == amount - found["fee"]
    if method == "cash" and amount > 1000:
        months = found["free_in_months"]
        assert (months - 1) * 1000 < amount <= months * 1000


@given(amount=amounts)
def test_without_the_way_the_fees_of_all_are_named(amount):
    found = figures(top_up_amount_eur=amount)
    for method in ("cash", "cheque", "other_card"):
        if amount >= 10:
            assert abs(Fraction(found[f"fee_{method}"]) - exact_fee(method, amount)) <= HALF_A_CENT
    assert ("another card" in text(top_up_amount_eur=amount)) == (amount >= 10)


@given(
    amount=amounts.filter(lambda amount: amount >= 10),
    method=st.sampled_from(["debit_card", "other_card", None]),
)
def test_the_parts_are_the_fewest_and_keep_to_every_limit(amount, method):
    known = {"top_up_amount_eur": amount} | ({"top_up_method": method} if method else {})
    found = figures(**known, top_up_date=TODAY)
    parts, spent_days = filled(amount)
    assert found["top_ups"] == parts
    if parts > 1:
        each = found["each"]
        assert found["days"] == spent_days
        assert 10 <= each - Decimal("0.01") < each <= 2500
        assert min(parts, 2) * each <= 5000  # two a day
        assert parts * each >= amount
    if spent_days > 1:
        assert found["last_top_up"] == TODAY + (spent_days - 1) * A_DAY
    else:
        assert "last_top_up" not in found


@given(start=days, since=st.integers(min_value=0, max_value=40))
def test_the_days_are_those_that_one_lives_through(start, since):
    today = start + since * A_DAY
    found = figures(today, top_up_date=start)
    assert found["bank_transfer_last"] == walk(start, settles, 1, in_time=True)
    assert found["bank_transfer_last_if_late"] == walk(start, settles, 1, in_time=False)
    assert found["cash_last"] == walk(start, irish, 0, in_time=True)
    assert found["cash_last_if_late"] == walk(start, irish, 0, in_time=False)
    assert found["cheque_last"] == walk(start, irish, 5, in_time=True)
    assert found["back_first"] == walk(start + A_DAY, irish, 0, in_time=True)
    assert found["back_last"] == walk(start + A_DAY, irish, 2, in_time=True)
    for day in (today, found["back_last"], found["back_last"] + A_DAY):
        card = text(day, top_up_method="debit_card", top_up_date=start)
        assert ("We do not have it" in card) == (day > found["back_last"])
        assert ("at once, sometimes after 30 minutes" in card) == (day == start)
    for day in (found["cheque_last"], found["cheque_last"] + A_DAY):
        assert ("late" in text(day, top_up_method="cheque", top_up_date=start)) == (
            day > found["cheque_last"]
        )


@pytest.mark.parametrize("amount", [Decimal(10_000), Decimal("10000.01")])
@pytest.mark.parametrize("method", [*METHODS, None])
def test_where_the_money_comes_from_is_asked_above_the_limit_only(method, amount):
    known = {"top_up_amount_eur": amount} | ({"top_up_method": method} if method else {})
    assert ("where the money comes from" in text(**known)) == (amount > 10_000)


def test_the_general_help_says_what_the_bank_states():
    said = PROGRAM.general_help
    back = TOP_UPS.failed_back_business_days
    for fact in (
        f"{TOP_UPS.other_card_fee_percent}%",
        f"sometimes after {TOP_UPS.card_minutes} minutes",
        f"€{TOP_UPS.card_minimum_eur} to €{TOP_UPS.card_maximum_eur:,} each",
        f"€{TOP_UPS.card_day_limit_eur:,} a day",
        f"free up to €{TOP_UPS.cash_free_month_eur:,} a month, then {TOP_UPS.cash_fee_percent}%",
        f"Before {TRANSFERS.cash_cut_off}",
        f"€{TOP_UPS.cheque_fee_eur}, {TRANSFERS.cheque_business_days} business days",
        f"{back.shortest} to {back.longest} business days",
    ):
        assert fact in said
    assert f"Above €{TRANSFERS.source_asked_above_eur:,}" in PROGRAM.finer_needs["top_up_limits"].first
