"""
What is known about declined payments: what to try for which way to pay, and what is different where.

The order and the countries are data (bank.yml); a word there that is no sentence of ours is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from programs.catalogue.model import Facts, Frozen

Place = Literal["chip", "contactless", "online", "cash_machine", "virtual_card"]
PLACES: tuple[Place, ...] = ("chip", "contactless", "online", "cash_machine", "virtual_card")
Step = Literal[
    "wipe_chip",
    "check_pin",
    "other_terminal",
    "free_money",
    "broken_chip",
    "insert_once",
    "hold_alone",
    "phone_ready",
    "broken_antenna",
    "open_app_first",
    "card_details",
    "take_virtual",
    "ask_shop",
    "smaller_sum",
    "other_machine",
    "kept_or_short",
    "used_up",
    "where_virtual",
    "no_deposit",
]
Reason = Literal["no_network", "local_scheme", "wallet_apps", "fuel_pump", "few_machines"]


class CountryReason(Frozen):
    """In which countries, and for which ways to pay, a reason is named."""

    reason: Reason
    countries: tuple[str, ...]
    places: tuple[Place, ...]


class Declines(Facts):
    """Steps by way to pay, in their order; country codes are ISO 3166-1 alpha-2; amounts in EUR."""

    steps: Mapping[Place, Annotated[tuple[Step, ...], Field(min_length=1)]]
    unconfirmed_payment_eur: Decimal
    unconfirmed_in_a_row_eur: Decimal
    unconfirmed_in_a_row_times: int
    smallest_note_eur: Annotated[int, Field(ge=1)]
    euro_countries: tuple[str, ...]
    country_reasons: tuple[CountryReason, ...]
    local_schemes: Mapping[str, str]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if set(self.steps) != set(PLACES):
            raise ValueError(f"steps must be given for {', '.join(PLACES)}")
        for entry in self.country_reasons:
            if entry.reason == "local_scheme" and set(entry.countries) - set(self.local_schemes):
                raise ValueError("a country of local_scheme lacks its name in local_schemes")
        return self

    def reasons_in(self, country: str, place: Place | None) -> tuple[Reason, ...]:
        """What is different in a country for a way to pay; for every way where it is not known."""
        return tuple(
            entry.reason
            for entry in self.country_reasons
            if country in entry.countries and (place is None or place in entry.places)
        )
