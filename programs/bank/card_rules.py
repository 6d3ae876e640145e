"""
Payments by card that one did not make oneself: the terms of the law, and how to reach us from abroad.

The numbers are in bank.yml, section card_rules. Pure: no clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from programs.catalogue.model import Facts


class CardRules(Facts):
    """
    The law's terms for payments that are not yours, and what to dial for "+" from a landline, by country
    code.
    """

    home_country: str
    eu_countries: tuple[str, ...]
    claim_within_months: int
    liability_cap_eur: Decimal
    refund_business_days: int
    international_prefixes: Mapping[str, tuple[str, ...]]

    def prefix_of(self, country: str) -> str | None:
        """What to dial for "+" from a landline there, if we know it."""
        return next((p for p, countries in self.international_prefixes.items() if country in countries), None)
