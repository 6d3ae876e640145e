"""
What the bank states about transfers and top-ups: times, cut-offs, fees and limits.

Sections `transfers` and `top_ups` of bank.yml; several programs read them. Cut-offs are Irish time, countries
ISO 3166-1 alpha-2 codes.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

from programs.card_post import BusinessDays, Days
from programs.model import Facts

Eur = Annotated[Decimal, Field(ge=0)]
Percent = Annotated[Decimal, Field(ge=0, le=100)]
Time = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class Transfers(Facts):
    """Transfers out of and into an account, cheques and cash paid in."""

    home_country: CountryCode
    sepa_countries: tuple[CountryCode, ...]
    instant_countries: tuple[CountryCode, ...]
    standard_cut_off: Time
    standard_target_days: Days
    instant_seconds: int
    outside_cut_off: Time
    outside_business_days: BusinessDays
    outside_fee_eur: Eur
    outside_margin_percent: Percent
    incoming_sepa_target_days: Days
    incoming_outside_business_days: BusinessDays
    cheque_business_days: Days
    cheque_abroad_business_days: BusinessDays
    cash_cut_off: Time
    app_day_limit_eur: Eur
    phone_day_limit_eur: Eur
    source_asked_above_eur: Eur
    return_target_days: Days
    recall_target_days: Days
    recall_within_target_days: Days

    def in_sepa(self, country: str) -> bool:
        """True if a transfer in euro to or from the country goes through the Single Euro Payments Area."""
        return country in self.sepa_countries


class TopUps(Facts):
    """Money put into one's own account: by card, cash or cheque. Transfers are in the other section."""

    card_minimum_eur: Eur
    card_maximum_eur: Eur
    card_day_limit_eur: Eur
    card_minutes: int
    other_card_fee_percent: Percent
    cash_free_month_eur: Eur
    cash_fee_percent: Percent
    cheque_fee_eur: Eur
    failed_back_business_days: BusinessDays
