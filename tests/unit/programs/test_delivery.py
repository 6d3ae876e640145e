"""Business days are those of the right country, and the delivery window is counted in them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.bank import business_days
from programs.bank.business_days import (
    first_open,
    holidays_between,
    is_business_day,
    knows_holidays,
    open_day_after,
    open_day_before,
    open_in,
)
from programs.bank.card_post import SPEEDS, ZONES, CardPost, delivery_window
from tests.unit.programs.payment_calendars import irish

POST = CardPost.model_validate(
    {
        "home_country": "IE",
        "order_cut_off": "15:00",
        "production_business_days": 1,
        "eea_countries": ["DE", "IE"],
        "transit_business_days": {
            speed: {
                "home": {"shortest": 1, "longest": 2},
                "eea": {"shortest": 2, "longest": 3},
                "world": {"shortest": 4, "longest": 8},
            }
            for speed in SPEEDS
        },
    }
)
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "country", "works"),
    [
        (date(2026, 5, 1), "DE", False),  # Labour Day
        (date(2026, 5, 1), "IE", True),
        (date(2026, 5, 4), "IE", False),  # May Bank Holiday
        (date(2026, 5, 4), "DE", True),
        (date(2026, 4, 3), "IE", False),  # Good Friday: no public holiday, and no bank is open
        (date(2026, 3, 17), "IE", False),
        (date(2026, 12, 25), "IE", False),
        (date(2026, 12, 28), "IE", False),  # Saint Stephen's Day was a Saturday
        (date(2026, 12, 29), "IE", True),
        (date(2027, 12, 27), "IE", False),  # Christmas Day was a Saturday,
        (date(2027, 12, 28), "IE", False),  # and Saint Stephen's Day a Sunday
        (date(2024, 3, 18), "IE", False),  # Saint Patrick's Day was a Sunday
        (date(2023, 1, 2), "IE", False),
        (date(2026, 12, 28), "DE", True),  # elsewhere nothing moves that the law does not move
        (date(2026, 5, 9), "IE", False),  # a Saturday
        (date(2026, 5, 8), "AE", True),  # the weekend of the Emirates is Saturday and Sunday now
        (date(2026, 5, 8), "EG", False),  # Friday is weekend in Egypt
        (date(2026, 5, 8), "QQ", True),  # nothing is known: Monday to Friday
        (date(2026, 5, 9), "QQ", False),
    ],
)
def test_a_business_day_is_one_of_that_country(day, country, works):
    assert is_business_day(day, country) is works


@given(
    start=days,
    count=st.integers(min_value=1, max_value=30),
    country=st.sampled_from(["IE", "DE", "EG", "QQ"]),
)
def test_counting_business_days_ends_on_one_and_passes_exactly_as_many(start, count, country):
    opened = open_in(country)
    end = open_day_after(start, count, opened)
    assert opened(end)
    between = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(map(opened, between)) == count
    assert open_day_before(end, count, opened) <= start
    assert open_day_after(start, 0, opened) == first_open(start, opened)


@given(start=days)
def test_irish_banks_are_open_as_worked_out_by_hand(start):
    assert is_business_day(start, "IE") == irish(start)


def test_business_days_are_counted_in_one_module_only():
    """Whoever steps from day to day elsewhere would have a second answer, one day off at a weekend."""
    own = Path(business_days.__file__)
    counting = re.compile(
        r"is_working_day|is_business_day\(|opened\(|open_on\(|^import holidays$", re.MULTILINE
    )
    others = [path for path in own.parents[1].rglob("*.py") if path != own]
    assert [path.name for path in others if counting.search(path.read_text())] == []


def test_holidays_are_named_in_english_and_weekends_left_out():
    assert holidays_between(date(2026, 4, 1), date(2026, 4, 30), "DE") == (
        (date(2026, 4, 3), "Good Friday"),
        (date(2026, 4, 6), "Easter Monday"),
    )
    assert holidays_between(date(2026, 4, 1), date(2026, 4, 30), "QQ") == ()
    assert holidays_between(date(2026, 12, 20), date(2027, 1, 10), "IE") == (
        (date(2026, 12, 25), "Christmas Day"),
        (date(2026, 12, 28), "Saint Stephen's Day"),
        (date(2027, 1, 1), "New Year's Day"),
    )
    assert knows_holidays("DE")
    assert not knows_holidays("QQ")


def test_a_card_waits_for_our_holidays_then_for_those_of_the_country():
    # ordered on Thursday 30 April: leaves on Friday 1 May, or after the bank holiday of 4 May on Tuesday
    window = delivery_window(POST, date(2026, 4, 30), "standard", "DE")
    assert window.sent == date(2026, 5, 5)
    assert window.first == date(2026, 5, 5)  # two business days after 1 May, in Germany
    assert window.last == date(2026, 5, 8)  # three business days after 5 May


@given(ordered=days, speed=st.sampled_from(SPEEDS), country=st.sampled_from(["IE", "DE", "US", "EG", "QQ"]))
def test_a_window_is_in_order_and_on_business_days(ordered, speed, country):
    window = delivery_window(POST, ordered, speed, country)
    assert ordered < window.first <= window.last
    assert window.sent < window.last
    assert is_business_day(window.first, country)
    assert is_business_day(window.last, country)


@given(ordered=days, speed=st.sampled_from(SPEEDS), country=st.sampled_from(["IE", "DE", "US"]))
def test_ordering_later_never_brings_the_card_earlier(ordered, speed, country):
    now = delivery_window(POST, ordered, speed, country)
    later = delivery_window(POST, ordered + timedelta(days=1), speed, country)
    assert now.first <= later.first
    assert now.last <= later.last


@given(ordered=days, zone=st.sampled_from(ZONES))
def test_a_zone_is_enough_where_the_country_is_not_given(ordered, zone):
    window = delivery_window(POST, ordered, "standard", zone=zone)
    assert ordered < window.first <= window.last


def test_from_longer_to_shorter_is_no_range():
    with pytest.raises(ValueError, match="shortest is longer than longest"):
        POST.days_to("home", "standard").model_validate({"shortest": 3, "longest": 2})
