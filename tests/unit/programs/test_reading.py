"""What people type is read as one value or as none, never as a guess. The cases are in cases/reading/."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from programs import (
    Amount,
    Item,
    NotUnderstood,
    explain,
    looks_volunteered,
    read_value,
    to_text,
)
from tests.catalogue import our_catalogue
from tests.tables import each

CASES = Path(__file__).parent / "cases"
FILES = [yaml.safe_load(path.read_text()) for path in sorted((CASES / "reading").glob("*.yml"))]
OWN = {f["item"]["id"]: Item.model_validate(f["item"]) for f in FILES if isinstance(f["item"], dict)}
"""Items of types that must be read well whichever of them the programs ask for."""


def _id(item: str | dict[str, object]) -> str:
    return item if isinstance(item, str) else str(item["id"])


READ = [(_id(f["item"]), str(text), value) for f in FILES for text, value in f["read"].items()]
NOT = [(_id(f["item"]), str(text), reason) for f in FILES for text, reason in f["not_understood"].items()]
VOLUNTEERED = yaml.safe_load((CASES / "volunteered.yml").read_text())
ITEMS = {**our_catalogue().items, **OWN}
DAY = date(2026, 5, 6)
PAYLOADS = ["/allow", '/inform{"x": 1200}', "\t/yesterday", " / 1200", "/Germany", "/express"]


@each("item, text, value", READ)
def test_an_answer_is_read(item, text, value):
    found = read_value(ITEMS[item], text, today=DAY)
    if isinstance(found, Amount):
        assert to_text(ITEMS[item], found) == value
    else:
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        assert found == (Decimal(str(value)) if is_number else value)
        assert isinstance(found, bool) == isinstance(value, bool)


@each("item, text, reason", NOT)
def test_an_answer_that_is_none_says_why(item, text, reason):
    assert read_value(ITEMS[item], text, today=DAY) == NotUnderstood(reason)


@each("item, text", product(ITEMS.values(), PAYLOADS))
def test_a_payload_never_becomes_a_value(item, text):
    assert read_value(item, text, today=DAY) == NotUnderstood("command")


@settings(max_examples=60)
@given(text=st.text(max_size=80))
def test_no_text_whatever_raises_or_leaves_the_range(text):
    for item in ITEMS.values():
        _is_none_or_fits(item, read_value(item, text, today=DAY))


def _is_none_or_fits(item, value):
    if isinstance(value, Decimal):
        assert item.minimum <= value <= item.maximum
    if isinstance(value, date):
        assert item.minimum <= (value - DAY).days <= item.maximum
    if isinstance(value, int) and not isinstance(value, bool):
        assert item.minimum <= value <= item.maximum
    if isinstance(value, Amount):
        assert item.minimum <= value.value <= item.maximum
    if isinstance(value, str) and item.type == "choice":
        assert value in item.choices
    if not isinstance(value, NotUnderstood):
        assert to_text(item, value)


@given(amount=st.decimals(min_value=1, max_value=1_000_000, places=2))
def test_amounts_are_read_as_they_are_written_here_and_elsewhere(amount):
    for written in (
        f"{amount:,.2f}",
        f"€{amount:,.2f}",
        _german(f"{amount:,.2f}"),
        f"{amount:,.2f} euros".replace(",", " "),
    ):
        assert read_value(ITEMS["debt_balance_eur"], written, today=DAY) == amount


def _german(written: str) -> str:
    return written.translate(str.maketrans(",.", ".,")) + " €"


@given(back=st.integers(min_value=0, max_value=365))
def test_days_are_read_as_we_write_them(back):
    from datetime import timedelta

    from programs import display

    item, day = ITEMS["card_order_date"], DAY - timedelta(days=back)
    assert read_value(item, display(item, day), today=DAY) == day
    assert read_value(item, day.isoformat(), today=DAY) == day
    if back:
        assert read_value(item, f"{back} days ago", today=DAY) == day


def test_every_country_is_read_by_the_name_we_show():
    from programs import display
    from programs.reading.countries import english_names

    item = ITEMS["delivery_country"]
    unread = {code for code in english_names() if read_value(item, display(item, code), today=DAY) != code}
    assert unread == set()


@pytest.mark.parametrize("text", ["a" * 301, "1200 " * 100])
def test_a_story_is_no_answer(text):
    assert read_value(ITEMS["debt_balance_eur"], text, today=DAY) == NotUnderstood("unreadable")


@each("item, text, reason", NOT)
def test_every_reason_is_explained_kindly_without_repeating_the_answer(item, text, reason):
    words = explain(ITEMS[item], NotUnderstood(reason))
    assert ITEMS[item].examples[0] in words
    assert "{" not in words
    if len(text) > 4:
        assert text not in words.replace(ITEMS[item].examples[0], "")


def test_the_limits_are_said_when_a_value_is_beyond_them():
    assert "€1,000,000" in explain(ITEMS["debt_balance_eur"], NotUnderstood("too_high"))
    assert "100%" in explain(ITEMS["yearly_rate_percent"], NotUnderstood("too_high"))


@pytest.mark.parametrize("text", VOLUNTEERED["carries_data"])
def test_data_that_was_not_asked_for_is_noticed(text):
    assert looks_volunteered(text)


@pytest.mark.parametrize("text", VOLUNTEERED["carries_none"])
def test_ordinary_talk_is_not_taken_for_data(text):
    assert not looks_volunteered(text)


@given(text=st.text(max_size=200))
def test_looking_for_data_never_raises(text):
    assert looks_volunteered(text) in (True, False)


def test_the_foreign_names_of_countries_are_those_of_babel() -> None:
    from programs.reading.countries import english_names
    from programs.reading.foreign_names import foreign_names, from_cldr

    assert foreign_names() == from_cldr(list(english_names()))
