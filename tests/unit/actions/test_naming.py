"""Which item a person means when they name one in their own words."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from actions.flow.context import item_names, named_item
from actions.reading.phrases import load_phrases
from actions.turn import Turn
from tests.catalogue import our_catalogue

SERVICES = SimpleNamespace(
    catalogue=our_catalogue(),
    phrases=load_phrases("en"),
    now=lambda: datetime(2026, 5, 6, tzinfo=UTC),
    language="en",
)
DEBT = SERVICES.catalogue.programs["debt_payoff"].item_ids
LOST = SERVICES.catalogue.programs["lost_card"].item_ids
DELIVERY = SERVICES.catalogue.programs["card_delivery"].item_ids


def named(text: str, candidates: tuple[str, ...]) -> str | None:
    return named_item(SERVICES, Turn("p", "rest", text, "take_back", 1.0), candidates)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "candidates", "item"),
    [
        ("take back my interest rate", DEBT, "yearly_rate_percent"),
        ("forget my balance", DEBT, "debt_balance_eur"),
        ("not the monthly payment, please", DEBT, "monthly_payment_eur"),
        ("answer without the country", LOST, "current_country"),
        ("leave out when I last had it... I mean the seen date", LOST, "card_last_seen_date"),
        ("without the delivery speed", DELIVERY, None),  # two items speak of delivery: better to ask
        ("without the speed", DELIVERY, "delivery_speed"),
        ("take it back", DEBT, None),
        ("what you know about me", DEBT, None),
        ("balance and rate", DEBT, None),
    ],
)
def test_one_item_is_meant_or_none(text: str, candidates: tuple[str, ...], item: str | None) -> None:
    assert named(text, candidates) == item


def test_a_button_names_only_what_it_may() -> None:
    turn = Turn("p", "rest", "/x", "take_back", 1.0, pressed=True, named={"item": "yearly_rate_percent"})
    assert named_item(SERVICES, turn, DEBT) == "yearly_rate_percent"  # type: ignore[arg-type]
    assert named_item(SERVICES, turn, LOST) is None  # type: ignore[arg-type]


def test_items_are_listed_in_words() -> None:
    assert item_names(SERVICES, DEBT[:2]) == "what you still owe and your yearly interest rate"  # type: ignore[arg-type]
