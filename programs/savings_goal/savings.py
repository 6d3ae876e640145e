"""
Saving a monthly sum with interest after tax, month by month, to the cent.

Each month: the sum goes in, a month's interest is added, DIRT is taken off it; both are rounded to the cent,
half a cent up. Amounts in EUR. Pure; knows no texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal, localcontext

from programs.catalogue.model import Facts

CENT = Decimal("0.01")
PRECISION = 50
LONGEST_MONTHS = 600
"""Fifty years. What takes longer is no plan."""


class Savings(Facts):
    """The savings account's annual equivalent rate before tax, and the tax on its interest, in percent."""

    aer_percent: Decimal
    dirt_percent: Decimal

    @property
    def month_rate(self) -> Decimal:
        """The rate of one month (a fraction) that makes the annual equivalent rate: (1 + AER)^(1/12) − 1."""
        with localcontext() as context:
            context.prec = PRECISION
            return (1 + self.aer_percent / 100) ** (Decimal(1) / 12) - 1

    @property
    def net_percent(self) -> Decimal:
        """What stays of a year's interest after tax, in percent, one decimal."""
        net_month = self.month_rate * (100 - self.dirt_percent) / 100
        return (((1 + net_month) ** 12 - 1) * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Saved:
    """What is there after some months: put in, interest after tax, and the tax."""

    months: int
    put_in_eur: Decimal
    interest_eur: Decimal
    dirt_eur: Decimal

    @property
    def balance_eur(self) -> Decimal:
        """Put in and interest together."""
        return self.put_in_eur + self.interest_eur


def save(savings: Savings, month_eur: Decimal, months: int) -> Saved:
    """What `month_eur` at the start of each of `months` months comes to at the end of the last one."""
    saved, rate = Saved(0, Decimal(0), Decimal(0), Decimal(0)), savings.month_rate
    for _ in range(months):
        saved = _next(saved, month_eur, rate, savings.dirt_percent)
    return saved


def save_until(savings: Savings, month_eur: Decimal, goal_eur: Decimal) -> Saved | None:
    """What is there at the end of the month in which the goal is reached; None: not within fifty years."""
    saved, rate = Saved(0, Decimal(0), Decimal(0), Decimal(0)), savings.month_rate
    while saved.months < LONGEST_MONTHS:
        saved = _next(saved, month_eur, rate, savings.dirt_percent)
        if saved.balance_eur >= goal_eur:
            return saved
    return None


def monthly_for(savings: Savings, goal_eur: Decimal, months: int) -> Decimal:
    """
    The smallest monthly sum, in whole cents, that reaches the goal in `months` months; halving the range.

    Rounded month by month, a larger sum never ends up with less, so that halving finds it.
    """
    low, high = 0, int((goal_eur / months / CENT).to_integral_value(ROUND_CEILING))
    while high - low > 1:
        middle = (low + high) // 2
        reached = save(savings, middle * CENT, months).balance_eur >= goal_eur
        low, high = (low, middle) if reached else (middle, high)
    return high * CENT


def _next(saved: Saved, month_eur: Decimal, rate: Decimal, dirt_percent: Decimal) -> Saved:
    """One month more."""
    gross = ((saved.balance_eur + month_eur) * rate).quantize(CENT, ROUND_HALF_UP)
    dirt = (gross * dirt_percent / 100).quantize(CENT, ROUND_HALF_UP)
    return Saved(
        saved.months + 1,
        saved.put_in_eur + month_eur,
        saved.interest_eur + gross - dirt,
        saved.dirt_eur + dirt,
    )
