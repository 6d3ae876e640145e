"""Deadlines and sums that come back agree with other calendars, and with a truth table written by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

import programs
from programs.bank.card_rules import CardRules
from programs.bank.disputes import Disputes
from programs.bank.holds import Holds
from programs.bank.months import months_later
from programs.unrecognised_payment.help import BY_KIND, unrecognised_payment
from tests.unit.programs.payment_calendars import irish

BANK = yaml.safe_load((Path(programs.__file__).parent / "bank.yml").read_text())
FACTS = {
    "disputes": Disputes.model_validate(BANK["disputes"]),
    "holds": Holds.model_validate(BANK["holds"]),
    "card_rules": CardRules.model_validate(BANK["card_rules"]),
}
DAY = timedelta(days=1)
days = st.dates(min_value=date(2024, 1, 1), max_value=date(2029, 12, 31))
ago = st.integers(min_value=0, max_value=730)
sums = st.decimals(min_value="0.01", max_value=100_000, places=2)
kinds = st.sampled_from([None, *BY_KIND])


def run(kind=None, booked=None, amount=None, today=date(2026, 5, 6)):
    help_ = unrecognised_payment(
        disputed_kind=kind, disputed_date=booked, disputed_amount_eur=amount, today=today, **FACTS
    )
    return {s.key for s in help_.sentences}, {f.id: f.value for f in help_.figures}


def walk(start: date, count: int, step: timedelta = DAY) -> date:
    """Day by day, until so many Irish business days are counted; the start does not count."""
    day = start
    while count:
        day += step
        count -= irish(day)
    return day


@given(day=days, months=st.integers(min_value=0, max_value=60))
def test_months_later_is_what_the_calendar_library_says(day, months):
    assert months_later(day, months) == day + relativedelta(months=months)


@settings(max_examples=200)
@given(kind=kinds, today=days, back=ago, amount=sums)
def test_every_deadline_is_the_one_counted_day_by_day(kind, today, back, amount):
    booked = today - back * DAY
    _, figures = run(kind, booked, amount, today)
    expected = {
        "claim_until": booked + relativedelta(months=13),
        "return_until": booked + 56 * DAY,
        "dispute_until": booked + 120 * DAY,
        "hold_gone_by": booked + 7 * DAY,
        "report_by": booked + 30 * DAY,
        "answer_by": walk(today, 10),
        "back_by": walk(today, 10 if kind == "direct_debit" else 1),
        "made_from": walk(booked, 3, -DAY),
    }
    for name, value in figures.items():
        if isinstance(value, date):
            assert value == expected[name], name


@given(kind=kinds, today=days, back=ago, amount=sums)
def test_nothing_is_promised_after_thirteen_months(kind, today, back, amount):
    booked = today - back * DAY
    keys, figures = run(kind, booked, amount, today)
    over = today > booked + relativedelta(months=13)
    if kind != "charged_twice":
        assert bool(keys & {"claim_over", "cash_over"}) is over
    if over:
        assert not keys & {"back_by", "share", "share_whole", "share_rule", "debit_whole", "debit_return"}
        assert "comes_back" not in figures


@given(kind=st.sampled_from([None, "card_payment", "cash_withdrawal"]), amount=sums)
def test_the_own_share_is_never_above_fifty_euros_nor_above_the_sum(kind, amount):
    keys, figures = run(kind, date(2026, 5, 1), amount)
    assert figures["share_at_most"] + figures["comes_back"] == amount
    cents = int(amount * 100)
    assert int(figures["share_at_most"] * 100) == min(cents, 5000)
    assert ("share_whole" in keys) == (cents <= 5000)


@given(amount=sums)
def test_of_a_direct_debit_no_part_stays_with_the_payer(amount):
    keys, figures = run("direct_debit", date(2026, 5, 1), amount)
    assert figures["comes_back"] == amount
    assert not keys & {"share", "share_whole", "share_rule"}


# days since booking → what is said, for each kind; 13 months before 6 May 2026 is 6 April 2025, 395 days ago
@pytest.mark.parametrize(
    ("kind", "since", "said", "not_said"),
    [
        ("direct_debit", 56, "debit_return", "debit_mandate"),
        ("direct_debit", 57, "debit_mandate", "debit_return"),
        ("direct_debit", 395, "debit_mandate", "claim_over"),
        ("direct_debit", 396, "claim_over", "debit_mandate"),
        ("card_payment", 120, "known_shop", "known_shop_over"),
        ("card_payment", 121, "known_shop_over", "known_shop"),
        ("card_payment", 395, "claim_until", "claim_over"),
        ("card_payment", 396, "claim_over", "claim_until"),
        ("charged_twice", 7, "twice_wait", "twice_booked"),
        ("charged_twice", 8, "twice_booked", "twice_wait"),
        ("charged_twice", 120, "twice_dispute", "twice_over"),
        ("charged_twice", 121, "twice_over", "twice_dispute"),
        ("wrong_cash", 30, "cash_soon", "cash_late"),
        ("wrong_cash", 31, "cash_late", "cash_soon"),
        ("wrong_cash", 395, "cash_late", "cash_over"),
        ("wrong_cash", 396, "cash_over", "cash_late"),
        (None, 56, "each_debit", "each_debit_over"),
        (None, 57, "each_debit_over", "each_debit"),
        (None, 120, "each_dispute", "each_dispute_over"),
        (None, 121, "each_dispute_over", "each_dispute"),
    ],
)
def test_the_last_day_still_counts_and_the_next_one_does_not(kind, since, said, not_said):
    keys, _ = run(kind, date(2026, 5, 6) - since * DAY, Decimal(20))
    assert said in keys
    assert not_said not in keys


@pytest.mark.parametrize("kind", [None, *BY_KIND])
def test_only_a_payment_by_somebody_else_makes_one_block_the_card(kind):
    keys, _ = run(kind, date(2026, 5, 1), Decimal(20))
    assert ("block_card" in keys) == (kind in ("card_payment", "cash_withdrawal"))
