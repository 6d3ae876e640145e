"""The day when a pending payment is over is the one that waiting shows, night by night; the words agree."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from programs import help_for
from programs.bank.holds import KINDS, Holds
from tests.catalogue import our_catalogue
from tests.unit.programs.payment_calendars import irish

CATALOGUE = our_catalogue()
PROGRAM = CATALOGUE.programs["pending_payment"]
PROGRAMS = Path(__file__).parents[3] / "programs"
HOLDS = Holds.model_validate(yaml.safe_load((PROGRAMS / "bank.yml").read_text())["holds"])
A_DAY = timedelta(days=1)
days = st.dates(min_value=date(2023, 1, 1), max_value=date(2032, 12, 31))
kinds = st.sampled_from(KINDS)
WAIT = {"shop": 7, "hotel_or_car": 30, "fuel": 3, "cash": 3}
"""Nights at the most, as the general help says; for cash only those before an Irish business day."""


def over(kind: str, paid: date) -> date:
    """Waits, night after night."""
    day, nights = paid, 0
    while nights < WAIT[kind]:
        day += A_DAY
        nights += irish(day) if kind == "cash" else 1
    return day


@given(paid=days, kind=kinds, after=st.integers(min_value=-3, max_value=3))
def test_the_last_day_is_the_one_that_waiting_shows(paid, kind, after):
    today = max(paid, over(kind, paid) + after * A_DAY)
    help_ = help_for(PROGRAM, {"pending_kind": kind, "pending_date": paid}, today=today)
    found = {figure.id: figure.value for figure in help_.figures}
    last = over(kind, paid)
    assert found == {f"{kind}_last": last, f"{kind}_days_left": (last - today).days}
    assert ("ago." in help_.text) == (today > last)
    assert ("by the end of today" in help_.text) == (today == last and kind != "cash")
    assert ("Call +353 20 911 0100" in help_.text) == (today > last)


@given(paid=days)
def test_without_the_kind_all_four_are_named(paid):
    found = help_for(PROGRAM, {"pending_date": paid}, today=paid).figures
    assert {figure.id: figure.value for figure in found if figure.unit == "date"} == {
        f"{kind}_last": over(kind, paid) for kind in KINDS
    }


@given(today=days, kind=kinds)
def test_without_the_day_it_is_as_of_today(today, kind):
    alone = help_for(PROGRAM, {"pending_kind": kind}, today=today)
    dated = help_for(PROGRAM, {"pending_kind": kind, "pending_date": today}, today=today)
    assert alone.figures == dated.figures
    assert alone.text.endswith(dated.text)


@pytest.mark.parametrize(("since", "usual"), [(0, True), (1, True), (2, False), (3, False), (4, None)])
def test_fuel_says_what_is_usual_as_long_as_that_is_true(since, usual):
    today = date(2026, 5, 6)
    given_ = {"pending_kind": "fuel", "pending_date": today - since * A_DAY}
    said = help_for(PROGRAM, given_, today=today).text
    assert ("most likely" in said) == (usual is True)
    assert ("takes longer when" in said) == (usual is False)


def test_cash_on_christmas_eve_waits_for_the_first_business_days_after():
    given_ = {"pending_kind": "cash", "pending_date": date(2026, 12, 24)}
    help_ = help_for(PROGRAM, given_, today=date(2026, 12, 27))
    # 29, 30 and 31: the 25th is a holiday, 26 and 27 a weekend, the 28th instead of the 26th
    assert help_.figures[0].value == date(2026, 12, 31)
    assert "Christmas Day" in help_.text


def test_the_general_help_says_what_the_bank_states():
    said = PROGRAM.general_help
    cash = HOLDS.cash_business_days
    for fact in (
        f"Shops and online: {HOLDS.shop_days} days",
        f"mostly {HOLDS.fuel_usual_days} day, {HOLDS.fuel_days} at most",
        f"Hotels and hired cars: {HOLDS.hotel_or_car_days} days",
        f"Cash from a machine: {cash.shortest} to {cash.longest} business days",
    ):
        assert fact in said
    assert f"{cash.shortest} to {cash.longest} business days" in PROGRAM.finer_needs["cash_pending"].first
