"""Every price, share and term in the texts about money is one of the bank's: a change leaves none behind."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

import programs
from programs.bank.tariff import PLANS, Cards

PACKAGE = Path(programs.__file__).parent
BANK = yaml.safe_load((PACKAGE / "bank.yml").read_text())
BANK |= yaml.safe_load((PACKAGE / "exchange_cost/bank.yml").read_text())
CARDS = Cards.model_validate(BANK["cards"])
OURS = ("exchange_cost", "fees", "refund_status", "unrecognised_payment", "card_choice")
# a worked example; the rate's own unit; a shop's check of a card
BESIDE = {"exchange_cost": {"3%", "€1"}, "fees": {"€1"}}


def numbers(content: object) -> set[Decimal]:
    """All numbers in a part of the bank's facts."""
    if isinstance(content, dict):
        return set().union(*map(numbers, content.values()), set())
    if isinstance(content, list):
        return set().union(*map(numbers, content), set())
    try:
        return {Decimal(str(content))}
    except ArithmeticError:
        return set()


def said(program: str) -> str:
    content = yaml.safe_load((PACKAGE / program / "program.yml").read_text())
    first = [finer["first"] for finer in content["finer_needs"].values()]
    return " ".join([content["general_help"], *first, *content["sentences"].values()])


@pytest.mark.parametrize("program", OURS)
def test_every_price_and_share_is_one_of_the_bank_s(program):
    known = numbers(
        {name: BANK[name] for name in ("cards", "transfers", "top_ups", "exchange", "card_rules")}
    )
    texts = said(program)
    found = re.findall(r"€(\d[\d,]*(?:\.\d+)?)|(\d+(?:\.\d+)?) ?%", texts)
    assert found or program == "refund_status"
    for euros, percent in found:
        shown = f"€{euros}" if euros else f"{percent}%"
        number = Decimal((euros or percent).replace(",", ""))
        assert number in known or shown in BESIDE.get(program, ()), shown


@pytest.mark.parametrize("program", OURS)
def test_every_term_of_a_claim_is_one_of_the_bank_s(program):
    disputes, rules = BANK["disputes"], BANK["card_rules"]
    terms = {
        "months": {rules["claim_within_months"]},
        "weeks": {disputes["direct_debit_weeks"], CARDS.new_card_before_expiry_days // 7},
        "days": {
            disputes["card_dispute_days"],
            BANK["holds"]["shop_days"],
            disputes["wrong_cash_report_days"],
            disputes["shop_refund_days"],
        },
    }
    for number, unit in re.findall(r"(\d+) (months|weeks|days)\b", said(program)):
        assert int(number) in terms[unit], f"{number} {unit}"


def test_plans_get_dearer_by_the_month_and_cheaper_by_the_payment():
    """The break-even of neighbours and the order of the ranges rest on it."""
    plans = [CARDS.plans[name] for name in PLANS]
    for less, more in pairwise(plans):
        assert less.month_eur < more.month_eur
        assert less.foreign_payment_percent > more.foreign_payment_percent


@pytest.mark.parametrize(
    ("plan", "sum_", "already", "fee"),
    [
        ("standard", "0.01", "0", "3"),
        ("standard", "120", "0", "3"),
        ("standard", "120.40", "0", "3.01"),
        ("plus", "133.33", "0", "2"),
        ("plus", "200", "0", "3"),
        ("travel", "500", "0", "0"),
        ("travel", "600", "0", "2"),
        ("travel", "100", "450", "1"),
        ("travel", "100", "700", "2"),
    ],
)
def test_foreign_cash_costs_a_share_a_minimum_or_what_is_above_the_free_sum(plan, sum_, already, fee):
    assert CARDS.plans[plan].foreign_cash_fee(Decimal(sum_), Decimal(already)) == Decimal(fee)
