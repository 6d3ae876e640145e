"""Values come back from their text as they went in, and are shown the way people write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs import ValueUnusable, display, from_text, to_text
from tests.catalogue import our_catalogue

ITEMS = our_catalogue().items
BALANCE, RATE, DAY = ITEMS["debt_balance_eur"], ITEMS["yearly_rate_percent"], ITEMS["card_order_date"]
COUNTRY, SPEED = ITEMS["delivery_country"], ITEMS["delivery_speed"]


@given(amount=st.decimals(allow_nan=False, allow_infinity=False))
def test_numbers_lose_nothing(amount):
    for item in (BALANCE, RATE):
        assert from_text(item, to_text(item, amount)) == amount


@given(day=st.dates())
def test_days_lose_nothing(day):
    assert from_text(DAY, to_text(DAY, day)) == day


@pytest.mark.parametrize(("item", "value"), [(COUNTRY, "DE"), (SPEED, "express"), (SPEED, "standard")])
def test_words_lose_nothing(item, value):
    assert from_text(item, to_text(item, value)) == value


@pytest.mark.parametrize(
    ("item", "value"),
    [
        (BALANCE, "1200"),
        (BALANCE, Decimal("NaN")),
        (DAY, "2026-05-03"),
        (COUNTRY, Decimal(1)),
        (RATE, date(2026, 5, 3)),
    ],
)
def test_a_value_of_another_type_is_refused_and_not_repeated(item, value):
    with pytest.raises(ValueUnusable) as error:
        to_text(item, value)
    assert item.id in str(error.value)
    assert str(value) not in str(error.value)


@pytest.mark.parametrize(("item", "text"), [(BALANCE, "twelve"), (DAY, "yesterday"), (SPEED, "teleport")])
def test_a_text_that_is_no_value_is_refused_and_not_repeated(item, text):
    with pytest.raises(ValueUnusable) as error:
        from_text(item, text)
    assert text not in str(error.value)


@pytest.mark.parametrize(
    ("item", "value", "shown"),
    [
        (BALANCE, Decimal("1200.5"), "€1,200.50"),
        (BALANCE, Decimal(1200), "€1,200"),
        (BALANCE, Decimal("1200.00"), "€1,200"),
        (RATE, Decimal("19.5"), "19.5%"),
        (RATE, Decimal(20), "20%"),
        (DAY, date(2026, 5, 3), "3 May 2026"),
        (COUNTRY, "DE", "Germany"),
        (COUNTRY, "QQ", "QQ"),
        (SPEED, "express", "Express"),
    ],
)
def test_values_are_shown_as_people_write_them(item, value, shown):
    assert display(item, value) == shown


def test_another_language_shows_values_its_own_way():
    assert display(BALANCE, Decimal("1200.5"), "de") == "1.200,50\xa0€"
    assert display(DAY, date(2026, 5, 3), "de") == "3. Mai 2026"
    assert display(COUNTRY, "DE", "de") == "Deutschland"
