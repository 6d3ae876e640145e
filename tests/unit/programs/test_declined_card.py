"""
What is said about a declined card agrees with the limits, tried out here payment by payment and day by day.

The oracle knows only the tariff: it pays again and again until the card asks, or until the sum is paid.
"""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from programs import help_for
from programs.declined_card.facts import PLACES, Declines
from programs.declined_card.limits import in_a_row, notes, parts
from tests.catalogue import our_catalogue

CATALOGUE = our_catalogue()
PROGRAM = CATALOGUE.programs["declined_card"]
BANK = Path(__file__).parents[3] / "programs" / "declined_card" / "bank.yml"
DECLINES = Declines.model_validate(yaml.safe_load(BANK.read_text())["declines"])
TODAY = date(2026, 5, 6)
amounts = st.decimals(min_value=1, max_value=50_000, places=2)
small = st.decimals(min_value=1, max_value=50, places=2)


def figures(**given):
    help_ = help_for(PROGRAM, given, today=TODAY)
    return {figure.id: figure.value for figure in help_.figures}, help_.text


def tapped_until_asked(amount: Decimal, sum_eur: int, times: int) -> int:
    """Payments that pass when the card is used again and again."""
    cents, passed, spent = int(amount * 100), 0, 0
    while passed < times and spent + cents <= sum_eur * 100:
        passed, spent = passed + 1, spent + cents
    return passed


def paid_day_by_day(amount: Decimal, a_day: int) -> list[int]:
    """Cents paid on each day when every day takes as much as it may."""
    left, days = int(amount * 100), []
    while left:
        days.append(min(left, a_day * 100))
        left -= days[-1]
    return days


@given(amount=small)
def test_contactless_payments_pass_as_often_as_when_tried(amount):
    assert in_a_row(amount, Decimal(150), 5) == tapped_until_asked(amount, 150, 5)
    found, text = figures(decline_place="contactless", payment_amount_eur=amount)
    assert found["contactless_in_a_row"] == tapped_until_asked(amount, 150, 5)
    assert "can go without the PIN" in text


@given(amount=st.decimals(min_value="50.01", max_value=50_000, places=2))
def test_above_the_contactless_limit_the_pin_is_always_needed(amount):
    found, text = figures(decline_place="contactless", payment_amount_eur=amount)
    assert "contactless_in_a_row" not in found
    assert "insert the card and type the PIN" in text


@given(amount=amounts, a_day=st.integers(min_value=1, max_value=5000))
def test_parts_are_those_of_paying_day_by_day(amount, a_day):
    if amount / a_day > 2000:
        amount = Decimal(a_day)
    days = paid_day_by_day(amount, a_day)
    assert parts(amount, Decimal(a_day)) == (len(days), Decimal(days[-1]) / 100)


@given(amount=amounts)
def test_cash_is_compared_with_every_plan(amount):
    found, _ = figures(decline_place="cash_machine", payment_amount_eur=amount)
    for plan, limit in (("standard", 600), ("plus", 1000)):
        days = paid_day_by_day(amount, limit)
        if len(days) == 1:
            assert found[f"cash_left_{plan}"] == Decimal(limit * 100 - days[0]) / 100
        else:
            assert found[f"cash_days_{plan}"] == len(days)


@given(amount=amounts)
def test_card_payments_are_compared_with_the_day(amount):
    for place in ("chip", "online"):
        found, text = figures(decline_place=place, payment_amount_eur=amount)
        days = paid_day_by_day(amount, 5000)
        assert found.get("payment_days", 1) == len(days)
        assert ("make a transfer" in text) == (len(days) > 1)


@given(amount=amounts)
def test_notes_are_the_nearest_sums_that_notes_can_make(amount):
    found = {figure.id: figure.value for figure in notes(amount, 10).figures}
    sums = [Decimal(10 * n) for n in range(1, 5002)]
    if amount in sums:
        assert found == {}
    else:
        assert found["notes_up"] == min(s for s in sums if s > amount)
        assert found.get("notes_down") == max((s for s in sums if s < amount), default=None)


@given(amount=amounts)
def test_the_fee_of_another_currency_has_to_be_free_as_well(amount):
    found, _ = figures(decline_place="chip", payment_amount_eur=amount, current_country="US")
    in_hundredths_of_a_cent = int(amount * 100) * 10175 // 100  # 1.75 % on top
    assert abs(found["needed"] - Decimal(in_hundredths_of_a_cent) / 10_000) <= Decimal("0.0051")
    assert "needed" not in figures(decline_place="chip", payment_amount_eur=amount, current_country="DE")[0]
    assert "needed" not in figures(decline_place="online", payment_amount_eur=amount, current_country="US")[0]


SAID = {  # way to pay → words, by country: written down by hand from the sources in README.md
    "RU": dict.fromkeys(("chip", "contactless", "cash_machine"), "do not work where you are"),
    "DE": {"chip": "girocard", "contactless": "girocard"},
    "CN": {"chip": "Alipay", "contactless": "Alipay"},
    "US": {"chip": "postcode", "contactless": "postcode"},
    "JP": {"cash_machine": "convenience stores"},
    "IE": {},
}
ANY = ("do not work where you are", "girocard", "Alipay", "postcode", "convenience stores")


@pytest.mark.parametrize(("country", "place"), list(itertools.product(SAID, PLACES)))
def test_a_country_is_mentioned_where_it_makes_a_difference_and_nowhere_else(country, place):
    _, text = figures(decline_place=place, current_country=country)
    expected = SAID[country].get(place)
    assert [words for words in ANY if words in text] == [w for w in ANY if expected and w in expected]


def test_where_no_card_works_no_step_is_said():
    found, text = figures(decline_place="chip", payment_amount_eur=Decimal(80), current_country="RU")
    assert text.startswith("Foreign Visa and Mastercard cards do not work")
    assert set(found) == {"new_card_by"}
    found, _ = figures(payment_amount_eur=Decimal(80), current_country="RU")
    assert found["payments_left"] == 4920  # it may have been an online payment


@pytest.mark.parametrize("place", PLACES)
def test_the_steps_are_said_in_the_order_of_the_file(place):
    steps = DECLINES.steps[place]
    _, text = figures(decline_place=place)
    numbered = [line for line in text.splitlines() if line[0].isdigit()]
    assert numbered == [f"{n}. {PROGRAM.sentences[step]}" for n, step in enumerate(steps, start=1)]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda d: d["steps"].pop("online"), "steps must be given"),
        (lambda d: d["steps"].update(chip=["shout"]), "Input should be"),
        (lambda d: d["local_schemes"].pop("DE"), "lacks its name"),
    ],
)
def test_a_mistake_in_the_bank_s_file_is_refused(change, reason):
    content = yaml.safe_load(BANK.read_text())["declines"]
    change(content)
    with pytest.raises(ValueError, match=reason):
        Declines.model_validate(content)


def test_the_texts_name_the_limits_of_the_tariff():
    cards = yaml.safe_load((BANK.parents[1] / "bank.yml").read_text())["cards"]
    limits, plans = cards["limits"], cards["plans"]
    general = PROGRAM.general_help
    assert f"payments €{limits['payments_day_eur']:,} a day" in general
    assert f"contactless €{limits['contactless_payment_eur']} a payment" in general
    assert f"after {limits['pin_tries']} wrong tries" in general
    assert f"cash €{plans['standard']['cash_day_limit_eur']:,} a day" in general
    for name in ("plus", "travel"):
        assert f"€{plans[name]['cash_day_limit_eur']:,} with Plus or Travel" in general
    total, times = limits["contactless_in_a_row_eur"], limits["contactless_in_a_row_times"]
    first = PROGRAM.finer_needs["contactless_not_working"].first
    assert f"€{total} or {times} contactless payments" in first
    assert f"€{limits['single_use_payment_eur']:,}" in PROGRAM.finer_needs["virtual_card_not_working"].first
