"""
What one adult needs to live on in a month besides housing, childcare and debts: the bank's yardstick.

From a public guideline and an allowance for the rise of prices since (bank.yml, section living_costs). Pure.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from programs.catalogue.model import Facts

TEN_EUR = Decimal(10)


class LivingCosts(Facts):
    """
    The Insolvency Service of Ireland's reasonable living expenses of one adult with a car (EUR a month), of
    which year, and what the bank adds for the rise of prices since (percent).
    """

    guideline_one_adult_month_eur: Decimal
    guideline_year: int
    price_allowance_percent: Decimal

    @property
    def one_adult_month_eur(self) -> Decimal:
        """EUR a month, rounded up to ten euros: a yardstick, not a measurement."""
        raised = self.guideline_one_adult_month_eur * (100 + self.price_allowance_percent) / 100
        return (raised / TEN_EUR).to_integral_value(ROUND_CEILING) * TEN_EUR
