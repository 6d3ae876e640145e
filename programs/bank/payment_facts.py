"""
What the bank states about transfers and top-ups: times, cut-offs, fees and limits.

Sections `transfers` and `top_ups` of bank.yml; several programs read them. Cut-offs are Irish time, countries
ISO 3166-1 alpha-2 codes.
"""

from __future__ import annotations

from programs.bank.units import BusinessDays, ClockTime, CountryCode, Days, Eur, Percent
from programs.catalogue.model import Facts


class Transfers(Facts):
    """Transfers out of and into an account, cheques and cash paid in."""

    home_country: CountryCode
    sepa_countries: tuple[CountryCode, ...]
    instant_countries: tuple[CountryCode, ...]
    standard_cut_off: ClockTime
    standard_target_days: Days
    instant_seconds: int
    outside_cut_off: ClockTime
    outside_business_days: BusinessDays
    outside_fee_eur: Eur
    outside_margin_percent: Percent
    incoming_sepa_target_days: Days
    incoming_outside_business_days: BusinessDays
    cheque_business_days: Days
    cheque_abroad_business_days: BusinessDays
    cash_cut_off: ClockTime
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
