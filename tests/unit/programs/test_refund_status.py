"""A refund's days agree with walking through the calendar day by day, with calendars made here anew."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import holidays
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import programs
from programs.bank.card_rules import CardRules
from programs.bank.disputes import Disputes
from programs.bank.payment_facts import Transfers
from programs.refund_status.help import refund_status
from programs.refund_status.windows import card_window
from tests.unit.programs.payment_calendars import irish

BANK = yaml.safe_load((Path(programs.__file__).parent / "bank.yml").read_text())
FACTS = {
    "disputes": Disputes.model_validate(BANK["disputes"]),
    "transfers": Transfers.model_validate(BANK["transfers"]),
    "card_rules": CardRules.model_validate(BANK["card_rules"]),
}
WEEKENDS = {"EG": (4, 5)}  # Friday and Saturday; elsewhere here: Saturday and Sunday
DAY = timedelta(days=1)
days = st.dates(min_value=date(2024, 1, 1), max_value=date(2028, 12, 31))
countries = st.sampled_from(["IE", "DE", "US", "JP", "EG", None])


@cache
def calendar_of(country: str) -> set[date]:
    return set(holidays.country_holidays(country, years=range(2023, 2031)))


@cache
def target_closed() -> set[date]:
    return set(holidays.financial_holidays("XECB", years=range(2023, 2031)))


def works(day: date, country: str) -> bool:
    if country == "IE":
        return irish(day)
    return day.weekday() not in WEEKENDS.get(country, (5, 6)) and day not in calendar_of(country)


def walk(sent: date, count: int, country: str) -> date:
    """Day by day until so many business days are counted, then on until our own bank is open."""
    day = sent
    while count:
        day += DAY
        count -= works(day, country)
    while not works(day, "IE"):
        day += DAY
    return day


def run(sent=None, way=None, country=None, today=date(2026, 5, 6)):
    help_ = refund_status(refund_date=sent, refund_way=way, shop_country=country, today=today, **FACTS)
    return {s.key for s in help_.sentences}, {f.id: f.value for f in help_.figures}


@settings(max_examples=200)
@given(sent=days, country=countries)
def test_a_card_refund_shows_when_the_days_have_been_walked(sent, country):
    window = card_window(FACTS["disputes"], sent, country)
    assert window.first == walk(sent, 3, country or "IE")
    assert window.last == walk(sent, 10, country or "IE")


@given(sent=days)
def test_a_transfer_within_sepa_is_there_on_the_second_target_day_at_the_latest(sent):
    _, figures = run(sent, "transfer", "DE", today=sent)
    target = [day for n in range(20) if (day := sent + n * DAY).weekday() < 5 and day not in target_closed()]
    received_late = next(day for day in target if day > sent)
    assert figures["transfer_first"] == target[0]
    assert figures["transfer_last"] == next(day for day in target if day > received_late)


@given(sent=days, ahead=st.integers(min_value=0, max_value=400), country=countries)
def test_today_lies_before_in_or_after_the_window(sent, ahead, country):
    today = sent + ahead * DAY
    keys, figures = run(sent, "card", country, today)
    state = keys & {"comes_between", "any_day_now", "is_late"}
    if today < figures["card_first"]:
        assert state == {"comes_between"}
    elif today <= figures["card_last"]:
        assert state == {"any_day_now"}
    else:
        assert state == {"is_late"}
    assert ("ask_reference" in keys) == (today > figures["card_last"])
    assert ("dispute_between" in keys) == (ahead < 15)
    assert ("dispute_until" in keys) == (15 <= ahead <= 120)
    assert ("dispute_over" in keys) == (ahead > 120)


# sent on Wednesday 1 April from Ireland: due from 8 to 17 April (Good Friday and Easter Monday do not count)
@pytest.mark.parametrize(
    ("today", "state", "disputed"),
    [
        (date(2026, 4, 7), "comes_between", "dispute_between"),
        (date(2026, 4, 8), "any_day_now", "dispute_between"),
        (date(2026, 4, 15), "any_day_now", "dispute_between"),
        (date(2026, 4, 17), "any_day_now", "dispute_until"),
        (date(2026, 4, 18), "is_late", "dispute_until"),
        (date(2026, 7, 30), "is_late", "dispute_until"),
        (date(2026, 7, 31), "is_late", "dispute_over"),
    ],
)
def test_each_last_day_still_counts(today, state, disputed):
    keys, _ = run(date(2026, 4, 1), "card", "IE", today)
    assert {state, disputed} <= keys


@given(sent=days, ahead=st.integers(min_value=0, max_value=120))
def test_a_direct_debit_can_come_back_for_eight_weeks_and_not_a_day_longer(sent, ahead):
    today = sent + ahead * DAY
    keys, figures = run(sent, "direct_debit", None, today)
    assert figures["debit_until"] == sent + 8 * 7 * DAY
    assert ("debit_over" in keys) == (ahead > 56)
    if ahead <= 56:
        assert figures["debit_back_by"] == walk(today, 10, "IE")


@pytest.mark.parametrize(
    ("country", "helper", "exchanged"),
    [
        ("IE", "help_ireland", False),
        ("FR", "help_eu", False),
        ("PL", "help_eu", True),
        ("NO", "help_eu", True),
        ("IS", "help_eu", True),
        ("LI", "help_elsewhere", True),
        ("GB", "help_elsewhere", True),
        ("US", "help_elsewhere", True),
        ("ME", "help_elsewhere", False),  # pays in euro, outside the Union
    ],
)
def test_who_helps_and_whether_money_was_changed_depend_on_the_country(country, helper, exchanged):
    keys, _ = run(date(2026, 5, 1), "card", country)
    assert keys & {"help_ireland", "help_eu", "help_elsewhere"} == {helper}
    assert ("other_currency" in keys) is exchanged


def test_a_store_credit_is_no_money_and_never_called_late():
    keys, figures = run(date(2025, 6, 1), "store_credit", "DE")
    assert keys == {"credit_no_money", "credit_there", "credit_money_eu", "help_eu"}
    assert figures == {"shop_pays_by": date(2026, 5, 20)}


def test_every_subset_without_a_day_names_the_longest_time():
    for way, longest in (("card", 10), ("transfer", 1)):
        _, figures = run(None, way)
        assert figures[f"way_{way}_longest"] == longest
