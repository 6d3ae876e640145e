"""Lengths of time, counts, amounts, yes and no: what we write ourselves is read back, in many phrasings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from typing import get_args

import pytest
from babel.numbers import get_currency_precision
from hypothesis import given
from hypothesis import strategies as st

from programs import (
    Amount,
    Item,
    NotUnderstood,
    ValueUnusable,
    display,
    explain,
    from_text,
    read_value,
    to_text,
)
from programs.catalogue.items import ItemType
from programs.reading import Reason
from programs.reading.currencies import _codes
from programs.saying.values import answers
from tests.tables import each

DAY = date(2026, 5, 6)
WORDS = {"name": "some thing", "question": "How much?", "examples": ["2"], "why": "The help follows from it."}
RANGES = {"minimum": 1, "maximum": 1000}
MONTHS = Item(id="a_months", type="duration", unit="month", **RANGES, **WORDS)
DAYS = Item(id="a_days", type="duration", unit="day", **RANGES, **WORDS)
TIMES = Item(id="a_times", type="count", unit="times", period="month", **RANGES, **WORDS)
SUM = Item(id="an_amount", type="amount", minimum="0.01", maximum=10**9, **WORDS)
YES = Item(id="a_question", type="yes_no", **WORDS)
whole = st.integers(min_value=1, max_value=1000)


def _read(item: Item, text: str) -> object:
    return read_value(item, text, today=DAY)


@given(number=whole)
def test_whole_numbers_are_read_as_we_show_them_and_lose_nothing(number):
    for item in (MONTHS, DAYS, TIMES):
        assert _read(item, display(item, number)) == number
        assert from_text(item, to_text(item, number)) == number


@given(years=st.integers(min_value=1, max_value=80), months=st.integers(min_value=1, max_value=11))
@pytest.mark.parametrize(
    "phrase",
    [
        "{y} years and {m} months",
        "{y} years {m} months",
        "{y}y {m}m",
        "about {y} yrs, {m} mths",
        "{y} Years & {m} months",
    ],
)
def test_years_and_months_make_months(phrase, years, months):
    assert _read(MONTHS, phrase.format(y=years, m=months)) == 12 * years + months


@given(weeks=st.integers(min_value=1, max_value=100), days=st.integers(min_value=1, max_value=6))
def test_weeks_and_days_make_days_but_never_months(weeks, days):
    assert _read(DAYS, f"{weeks} weeks and {days} days") == 7 * weeks + days
    assert _read(DAYS, f"{weeks} weeks") == 7 * weeks
    assert _read(MONTHS, f"{weeks} weeks") == NotUnderstood("wrong_unit")
    assert _read(DAYS, f"{weeks} months") == NotUnderstood("wrong_unit")


@given(first=whole, second=whole)
def test_two_lengths_are_one_only_if_they_are_equally_long(first, second):
    expected = first if first == second else NotUnderstood("several")
    assert _read(MONTHS, f"{first} months or {second} months") == expected


@given(number=whole, period=st.sampled_from(["a week", "a year", "per day", "yearly"]))
def test_a_count_for_another_period_is_never_converted(number, period):
    assert _read(TIMES, f"{number} times {period}") == NotUnderstood("other_period")


@given(
    currency=st.sampled_from(sorted(_codes())),
    value=st.decimals(min_value="0.01", max_value=10**8, places=2),
)
def test_an_amount_is_read_as_we_show_it_and_as_its_code_says(currency, value):
    decimals = get_currency_precision(currency)
    amount = Amount(round(value, min(decimals, 2)), currency)
    if amount.value < SUM.minimum:
        return
    assert from_text(SUM, to_text(SUM, amount)) == amount
    assert _read(SUM, f"{amount.value} {currency}") == amount
    assert _read(SUM, f"{currency} {amount.value:,}") in (amount, NotUnderstood("ambiguous"))
    if decimals <= 2:  # with three, "1.500" may be read in two ways
        assert _read(SUM, display(SUM, amount)) == amount


@given(value=st.decimals(allow_nan=False, allow_infinity=False), currency=st.sampled_from(sorted(_codes())))
def test_amounts_lose_nothing(value, currency):
    back = from_text(SUM, to_text(SUM, Amount(value, currency)))
    assert (back.value, back.currency) == (value, currency)


@pytest.mark.parametrize(("value", "text", "shown"), [(True, "yes", "Yes"), (False, "no", "No")])
def test_yes_and_no_are_kept_shown_and_pressed_as_words(value, text, shown):
    assert to_text(YES, value) == text
    assert from_text(YES, text) is value
    assert display(YES, value) == shown
    assert answers(YES)[text] == shown
    assert _read(YES, text) is value
    assert _read(YES, shown) is value


def test_only_items_with_few_answers_have_buttons():
    assert list(answers(YES)) == ["yes", "no"]
    assert answers(YES, "fi") == answers(YES)
    assert not any(answers(item) for item in (MONTHS, DAYS, TIMES, SUM))


@pytest.mark.parametrize("item", [MONTHS, DAYS, TIMES, SUM, YES], ids=lambda item: item.type)
@pytest.mark.parametrize(
    "value",
    [
        True,
        3,
        "yes",
        Decimal(3),
        Amount(Decimal(3), "USD"),
        Amount(Decimal("NaN"), "USD"),
        Amount(Decimal(3), "QQQ"),
        2.5,
    ],
    ids=repr,
)
def test_a_value_of_another_type_is_refused(item, value):
    fits = {"duration": 3, "count": 3, "amount": Amount(Decimal(3), "USD"), "yes_no": True}[item.type]
    if type(value) is type(fits) and value == fits:
        assert from_text(item, to_text(item, value)) == value
        return
    with pytest.raises(ValueUnusable):
        to_text(item, value)
    with pytest.raises(ValueUnusable):
        display(item, value)


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (MONTHS, "2.5"),
        (MONTHS, "two"),
        (MONTHS, "٢"),
        (TIMES, ""),
        (TIMES, " 2"),
        (SUM, "200"),
        (SUM, "200 QQQ"),
        (SUM, "USD 200"),
        (SUM, "NaN USD"),
        (SUM, "1 2 USD"),
        (YES, "True"),
        (YES, "maybe"),
    ],
)
def test_a_text_that_was_not_written_by_us_is_refused(item, text):
    with pytest.raises(ValueUnusable) as error:
        from_text(item, text)
    assert item.id in str(error.value)


@each("item, reason", product([MONTHS, DAYS, TIMES, SUM, YES], get_args(Reason)))
def test_there_are_kind_words_for_every_reason(item, reason):
    words = explain(item, NotUnderstood(reason))
    assert item.examples[0] in words
    assert words.endswith(".")
    assert "{" not in words
    assert "None" not in words


def test_the_words_name_the_limits_and_units():
    assert "83 years and 4 months or less" in explain(MONTHS, NotUnderstood("too_high"))
    assert "1 day or more" in explain(DAYS, NotUnderstood("too_low"))
    assert "1,000 or less" in explain(TIMES, NotUnderstood("too_high"))
    assert "0.01 or more" in explain(SUM, NotUnderstood("too_low"))
    assert "whole months" in explain(MONTHS, NotUnderstood("wrong_unit"))


def test_every_type_is_read_by_something():
    from programs.reading import _READERS

    assert {*_READERS, "date"} == set(get_args(ItemType))
