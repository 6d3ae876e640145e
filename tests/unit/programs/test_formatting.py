"""Values in sentences: each form as a person reads it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs import Amount
from programs.saying.formatting import SPECS, fill, rate


@pytest.mark.parametrize(
    ("template", "value", "shown"),
    [
        ("{x:amount}", Amount(Decimal(200), "USD"), "US$200"),
        ("{x:amount}", Amount(Decimal("1200.5"), "GBP"), "£1,200.50"),
        ("{x:amount}", Amount(Decimal(1500), "JPY"), "JP¥1,500"),
        ("{x:amount}", Amount(Decimal("49.50"), "CHF"), "CHF\xa049.50"),
        ("{x:amount}", Amount(Decimal("1.5"), "KWD"), "KWD\xa01.500"),
        ("{x:amount}", Amount(Decimal(-3), "EUR"), "-€3"),
        ("{x:money}", Decimal("1200.5"), "€1,200.50"),
        ("{x:money}", Decimal(1200), "€1,200"),
        ("{x:rate}", Decimal("1.0842"), "1.0842"),
        ("{x:rate}", Decimal("161.254999"), "161.255"),
        ("{x:rate}", Decimal("0.0061234567"), "0.0061235"),
        ("{x:rate}", Decimal(1), "1"),
        ("{x:days}", 1, "1 day"),
        ("{x:days}", 10, "10 days"),
        ("{x:span}", 27, "2 years and 3 months"),
        ("{x:count time|times}", 1, "1 time"),
        ("at {x}", "15:00", "at 15:00"),
    ],
)
def test_a_value_is_shown_in_its_form(template, value, shown):
    assert fill(template, {"x": value}) == shown


def test_another_language_shows_amounts_and_rates_its_own_way():
    assert fill("{x:rate}", {"x": Decimal("1.0842")}, "de") == "1,0842"
    assert fill("{x:amount}", {"x": Amount(Decimal("49.5"), "USD")}, "de") == "49,50\xa0$"
    assert fill("{x:days}", {"x": 2}, "de") == "2 Tage"


@given(value=st.decimals(min_value="0.000001", max_value=10**6, places=9))
def test_a_rate_is_shown_exactly_enough(value):
    shown = Decimal(rate(value).replace(",", ""))
    assert abs(shown - value) <= min(Decimal(1), value) * Decimal("0.00005")


def test_a_form_that_nobody_knows_is_refused():
    with pytest.raises(KeyError):
        fill("{x:colour}", {"x": 1})
    assert {"amount", "rate", "days"} <= set(SPECS)
