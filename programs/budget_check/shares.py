"""
The arithmetic of a month: shares of the income, and how far they are from the rules in bank.yml.

Amounts in EUR, exact decimals. Shares are rounded to a tenth of a percent, half up; gaps come from the exact
shares, never from the rounded ones. Pure; knows no texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from programs.catalogue.model import Facts

CENT = Decimal("0.01")
TENTH = Decimal("0.1")
DAYS_A_YEAR, WEEKS_A_YEAR = 365, 52


class BudgetRules(Facts):
    """The public rules, in percent of the income after tax, and the months that a reserve should last."""

    needs_percent: Decimal
    wants_percent: Decimal
    savings_percent: Decimal
    housing_burden_percent: Decimal
    reserve_months: int


@dataclass(frozen=True)
class Month:
    """One month: income after tax, the home, and what else has to be paid."""

    income_eur: Decimal
    home_eur: Decimal
    living_eur: Decimal

    @property
    def needs_eur(self) -> Decimal:
        """The home and what else has to be paid."""
        return self.home_eur + self.living_eur

    @property
    def left_eur(self) -> Decimal:
        """What is left; negative: what is missing."""
        return self.income_eur - self.needs_eur


def percent_of(part_eur: Decimal, income_eur: Decimal) -> Decimal:
    """A share of the income in percent, to a tenth."""
    return (part_eur * 100 / income_eur).quantize(TENTH, ROUND_HALF_UP)


def part_of(income_eur: Decimal, percent: Decimal) -> Decimal:
    """A percentage of the income, EUR, rounded down to the cent: what may be spent."""
    return (income_eur * percent / 100).quantize(CENT, ROUND_FLOOR)


def income_for(part_eur: Decimal, percent: Decimal) -> Decimal:
    """The income of which a part is no more than so many percent, EUR, rounded up to the cent."""
    return (part_eur * 100 / percent).quantize(CENT, ROUND_CEILING)


def split(rules: BudgetRules, month: Month) -> tuple[Decimal, Decimal]:
    """
    (wants, put aside) of what is left, EUR: wants take their percentage at most, and never more than their
    part of what the rule leaves after needs (30 of 30 + 20).
    """
    part = rules.wants_percent / (rules.wants_percent + rules.savings_percent)
    fair = (month.left_eur * part).quantize(CENT, ROUND_FLOOR)
    wants = min(fair, part_of(month.income_eur, rules.wants_percent))
    return wants, month.left_eur - wants


def months_until(reserve_eur: Decimal, aside_eur: Decimal) -> int:
    """Months of putting a sum aside (> 0) until the reserve is there, without interest."""
    return int((reserve_eur / aside_eur).to_integral_value(ROUND_CEILING))


def a_day(month_eur: Decimal) -> Decimal:
    """A monthly sum as EUR a day: twelve months over 365 days, to the cent, half up."""
    return (month_eur * 12 / DAYS_A_YEAR).quantize(CENT, ROUND_HALF_UP)


def a_week(month_eur: Decimal) -> Decimal:
    """A monthly sum as EUR a week: twelve months over 52 weeks, to the cent, half up."""
    return (month_eur * 12 / WEEKS_A_YEAR).quantize(CENT, ROUND_HALF_UP)
