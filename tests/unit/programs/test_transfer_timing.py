"""The days of arrival agree with living through the days one by one, on calendars worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from programs import help_for
from programs.bank.business_days import is_business_day, is_target_day, target_closings_between
from programs.bank.payment_facts import Transfers
from tests.catalogue import our_catalogue
from tests.unit.programs.payment_calendars import easter, irish, settles, walk, weekdays

CATALOGUE = our_catalogue()
PROGRAM = CATALOGUE.programs["transfer_timing"]
BANK = yaml.safe_load((Path(__file__).parents[3] / "programs" / "bank.yml").read_text())
TRANSFERS = Transfers.model_validate(BANK["transfers"])
TODAY = date(2026, 5, 6)
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2032, 12, 31))


def figures(today: date = TODAY, **values: object) -> dict[str, object]:
    return {figure.id: figure.value for figure in help_for(PROGRAM, values, today=today).figures}


def text(today: date = TODAY, **values: object) -> str:
    return help_for(PROGRAM, values, today=today).text


def test_easter_is_easter():
    assert [easter(year) for year in (2024, 2025, 2026, 2038)] == [
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2038, 4, 25),
    ]


@settings(max_examples=300)
@given(day=days)
def test_the_calendars_are_those_of_the_rules(day):
    assert is_target_day(day) == settles(day)
    if day.year > 2022:  # St Brigid's Day began in 2023; 2022 had a day of remembrance
        assert is_business_day(day, "IE") == irish(day)


def test_closings_are_named_across_the_turn_of_a_year():
    assert target_closings_between(date(2026, 12, 24), date(2027, 1, 2)) == (
        (date(2026, 12, 25), "Christmas Day"),
        (date(2027, 1, 1), "New Year's Day"),
    )


@given(
    sent=days,
    kind=st.sampled_from(["standard", "incoming"]),
    country=st.sampled_from(["IE", "DE", "GB", "CH"]),
)
def test_a_sepa_transfer_is_there_on_the_next_target_day(sent, kind, country):
    found = figures(transfer_kind=kind, transfer_date=sent, transfer_country=country)
    assert found[f"{kind}_last"] == walk(sent, settles, 1, in_time=True)
    assert found[f"{kind}_last_if_late"] == walk(sent, settles, 1, in_time=False)


@given(sent=days.filter(lambda day: day.year > 2022), kind=st.sampled_from(["standard", "incoming"]))
def test_outside_sepa_the_days_of_both_countries_count(sent, kind):
    way, longest = ("outside", 4) if kind == "standard" else ("incoming_outside", 5)
    found = figures(
        transfer_kind=kind, transfer_date=sent, transfer_country="BV"
    )  # no holidays known: weekdays
    assert found[f"{way}_last"] == walk(sent, irish, longest, in_time=True)
    assert found[f"{way}_last_if_late"] == walk(sent, irish, longest, in_time=False)
    abroad = figures(transfer_kind=kind, transfer_date=sent, transfer_country="US")
    assert abroad[f"{way}_last"] >= found[f"{way}_last"]


@given(lodged=days.filter(lambda day: day.year > 2022))
def test_cash_and_cheques_wait_for_irish_business_days(lodged):
    cash = figures(transfer_kind="cash", transfer_date=lodged)
    assert cash["cash_last"] == walk(lodged, irish, 0, in_time=True)
    assert cash["cash_last_if_late"] == walk(lodged, irish, 0, in_time=False)
    cheque = figures(transfer_kind="cheque", transfer_date=lodged)
    assert cheque["cheque_last"] == walk(lodged, irish, 5, in_time=True)
    abroad = figures(transfer_kind="cheque", transfer_date=lodged, transfer_country="US")
    assert abroad["cheque_last"] == walk(lodged, irish, 30, in_time=True)


def test_a_friday_in_egypt_is_no_business_day_for_both():
    thursday = date(2026, 5, 7)  # Egypt rests on Friday and Saturday, Ireland on Saturday and Sunday
    found = figures(transfer_kind="standard", transfer_date=thursday, transfer_country="EG")
    assert found["outside_last"] == date(2026, 5, 14)  # Monday to Thursday


@given(sent=days, after=st.integers(min_value=-3, max_value=3))
def test_it_is_late_from_the_day_after_the_last_and_never_before(sent, after):
    last = walk(sent, settles, 1, in_time=False)
    today = max(sent, last + timedelta(days=after))
    said = text(today, transfer_kind="standard", transfer_date=sent, transfer_country="DE")
    assert ("late." in said) == (today > last)
    assert ("Not there by the end of" in said) == (today <= last)
    if today > last:
        assert f"{(today - last).days} day" in said


@pytest.mark.parametrize("country", TRANSFERS.sepa_countries)
def test_instant_reaches_every_sepa_country_and_says_where_a_bank_may_refuse(country):
    said = text(transfer_kind="instant", transfer_date=TODAY, transfer_country=country)
    assert "there within 10 seconds" in said
    assert ("Every bank there" in said) == (country in TRANSFERS.instant_countries)
    assert ("standard transfer" in said) == (country not in TRANSFERS.instant_countries)


@pytest.mark.parametrize("country", ["US", "JP", "BR", "UA", "TR"])
def test_instant_does_not_reach_the_others(country):
    assert "10 seconds" not in text(transfer_kind="instant", transfer_date=TODAY, transfer_country=country)


def test_the_general_help_says_what_the_bank_states():
    said = PROGRAM.general_help
    for fact in (
        TRANSFERS.standard_cut_off,
        TRANSFERS.outside_cut_off,
        f"{TRANSFERS.instant_seconds} seconds",
        f"€{TRANSFERS.outside_fee_eur} plus {TRANSFERS.outside_margin_percent}%",
        "2 to 4 business days",
        "within 1 to 5",
    ):
        assert fact in said
    outside, coming = TRANSFERS.outside_business_days, TRANSFERS.incoming_outside_business_days
    assert (outside.shortest, outside.longest, coming.shortest, coming.longest) == (2, 4, 1, 5)
    assert (TRANSFERS.cash_cut_off, TRANSFERS.cheque_business_days) == ("15:00", 5)


def test_weekdays_are_the_calendar_of_a_country_that_nobody_has_listed():
    assert all(
        is_business_day(TODAY + timedelta(days=n), "QQ") == weekdays(TODAY + timedelta(days=n))
        for n in range(7)
    )
