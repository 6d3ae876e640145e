"""Who can have an account: every answer agrees with a truth table by rules, and every day with a calendar."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs import NotUnderstood, help_for, read_value
from programs.eligibility.rules import AGES, KINDS, AccountRules
from tests.catalogue import our_catalogue
from tests.tables import each
from tests.unit.programs.payment_calendars import irish

CATALOGUE = our_catalogue()
PROGRAM = CATALOGUE.programs["eligibility"]
TODAY = date(2026, 5, 6)
PLACES = {"IE": True, "PL": True, "NO": True, "LI": True, "GB": False, "CH": False, "US": False, "QQ": False}
YEARS = {
    "under_7": range(7),
    "from_7_to_15": range(7, 16),
    "from_16_to_17": range(16, 18),
    "from_18": range(18, 120),
}
OPEN_TO = {"own": range(16, 120), "youth": range(7, 16), "joint": range(18, 120)}
days = st.dates(min_value=date(2021, 1, 1), max_value=date(2032, 12, 31))


def said(today: date = TODAY, **values: str) -> str:
    return help_for(PROGRAM, values, today=today).text


def figures(today: date = TODAY, **values: str) -> dict[str, object]:
    return {figure.id: figure.value for figure in help_for(PROGRAM, values, today=today).figures}


@each("country, age, kind", product(PLACES, AGES, KINDS))
def test_yes_is_said_exactly_to_those_of_the_right_place_and_age(country, age, kind):
    """The rule in words, year by year: residents of the EEA whose every year of age is one of the kind's."""
    open_ = PLACES[country] and all(year in OPEN_TO[kind] for year in YEARS[age])
    answer = help_for(
        PROGRAM, {"residence_country": country, "age_group": age, "account_kind": kind}, today=TODAY
    )
    assert answer.text.startswith("Yes:") is open_
    assert answer.figures[0].value == int(open_)


@each("age, kind", product(AGES, KINDS))
def test_no_is_never_said_without_what_is_possible_instead(age, kind):
    possible = [k for k in KINDS if all(year in OPEN_TO[k] for year in YEARS[age])]
    text = said(residence_country="IE", age_group=age, account_kind=kind)
    words = {"own": "account of your own", "youth": "youth account", "joint": "joint account"}
    if kind not in possible:
        assert any(words[k] in text for k in possible) or not possible


@pytest.mark.parametrize("age", AGES)
def test_all_kinds_are_named_once_where_the_kind_is_not_known(age):
    text = said(age_group=age)
    found = figures(age_group=age)["accounts_possible"]
    assert found == sum(all(year in OPEN_TO[k] for year in YEARS[age]) for k in KINDS)
    if found:
        line = next(line for line in text.splitlines() if line.startswith("At that age we open"))
        for kind, words in {"own": "of your own", "youth": "youth account", "joint": "joint account"}.items():
            assert (words in line) is all(year in OPEN_TO[kind] for year in YEARS[age])


@given(today=days)
def test_a_proof_of_address_is_never_older_than_three_months(today):
    oldest = figures(today, residence_country="IE")["proof_dated_from"]
    assert isinstance(oldest, date)
    assert (today.year * 12 + today.month) - (oldest.year * 12 + oldest.month) == 3
    last_of_month = (oldest + timedelta(days=1)).day == 1
    assert oldest.day == today.day or (last_of_month and oldest.day < today.day)


@given(today=days)
def test_the_days_promised_are_counted_in_irish_business_days(today):
    """Counted here by walking over every day and ticking off the open ones."""
    found = figures(today, residence_country="DE", age_group="from_18")
    for name, wanted in (("checked_by", 2), ("basic_account_by", 10)):
        open_days, day = 0, today
        while open_days < wanted:
            day += timedelta(days=1)
            open_days += irish(day)
        assert found[name] == day


def test_a_table_with_a_hole_is_refused():
    rules = {
        "youth_from_years": 7,
        "own_from_years": 16,
        "joint_from_years": 18,
        "proof_of_address_months": 3,
        "check_by_hand_business_days": 2,
        "basic_account_business_days": 10,
        "answers": {"home": {"own": {"under_7": "too_young"}}},
    }
    with pytest.raises(ValueError, match=r"answers lacks home\.own\.from_7_to_15"):
        AccountRules.model_validate(rules)


def test_the_general_help_names_the_ages_and_times_of_the_table():
    text = PROGRAM.general_help
    for words in (
        "from 16 an account",
        "from 7 to 15 a youth",
        "joint accounts from 18",
        "3 months",
        "2 business days",
    ):
        assert words in text


@pytest.mark.parametrize("group", AGES)
def test_every_age_that_is_typed_falls_into_its_group(group):
    for years in YEARS[group]:
        assert read_value(CATALOGUE.items["age_group"], str(years), today=TODAY) == group, years


@pytest.mark.parametrize(
    "typed", ["under 16", "over 12", "between 15 and 16", "not 18", "17 or 18", "up to 17"]
)
def test_an_age_that_may_mean_two_groups_is_asked_about_again(typed):
    assert isinstance(read_value(CATALOGUE.items["age_group"], typed, today=TODAY), NotUnderstood)
