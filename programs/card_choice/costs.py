"""What each plan costs in a year, which one least, and from how many withdrawals on another one. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from programs.bank.tariff import MONTHS_A_YEAR, PLANS, Cards, PlanName, cheapest

MOST_WITHDRAWALS = 100


@dataclass(frozen=True)
class Costs:
    """EUR a year by plan, the plan that costs least, the next one, and how much less, in EUR."""

    by_plan: Mapping[PlanName, Decimal]
    best: PlanName
    second: PlanName
    saved: Decimal


def year_costs(abroad_eur: Decimal, cash_times: int, cards: Cards) -> Costs:
    """A year of `abroad_eur` a month in other currencies and so many withdrawals in euro a month."""
    year = {name: cards.plans[name].month_cost(abroad_eur, cash_times) * MONTHS_A_YEAR for name in PLANS}
    best = cheapest(year)
    second = min((name for name in PLANS if name != best), key=lambda name: year[name])
    return Costs(year, best, second, year[second] - year[best])


def first_change(abroad_eur: Decimal, cards: Cards) -> tuple[int, PlanName] | None:
    """From how many withdrawals in euro a month on another plan costs least, and which; None if none does."""
    now = year_costs(abroad_eur, 0, cards).best
    for times in range(MOST_WITHDRAWALS + 1):
        best = year_costs(abroad_eur, times, cards).best
        if best != now:
            return times, best
    return None
