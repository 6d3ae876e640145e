"""What the plans would cost for the same use, and from how many fees on a dearer plan is no dearer. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from programs.bank.tariff import CENT, MONTHS_A_YEAR, PLANS, Cards, Plan, PlanName, cheapest
from programs.saying.tailoring import Figure, Help, Sentence


def prices_from(fee: Decimal, cards: Cards) -> Help:
    """How many fees of `fee` EUR a month on Standard make Plus, and Travel, no dearer than Standard."""
    times = {name: _times_from(fee, cards.basic, cards.plans[name]) for name in PLANS[1:]}
    said = Sentence("plan_from", {"plus": times["plus"], "travel": times["travel"]})
    return Help((said,), tuple(Figure(f"{name}_from", number, "times") for name, number in times.items()))


def _times_from(fee: Decimal, less: Plan, more: Plan) -> int:
    """Multiplied before it is divided: a quotient that is a whole number stays exactly that."""
    apart = (more.month_eur - less.month_eur) * less.foreign_payment_percent
    saved = fee * (less.foreign_payment_percent - more.foreign_payment_percent)
    return int((apart / saved).to_integral_value(ROUND_CEILING))


def plans_compared(month_costs: Mapping[PlanName, Decimal], cards: Cards) -> Help:
    """A year with each plan, price and fees together, and which is the cheapest."""
    year = {name: _cents(month_costs[name] * MONTHS_A_YEAR) for name in PLANS}
    best = cheapest(year)
    parts = tuple(
        Sentence("with_plan", {"plan": cards.plans[name].name, "year": year[name]}) for name in PLANS
    )
    figures = tuple(Figure(f"year_{name}", year[name], "EUR") for name in PLANS)
    said = Sentence("plans", {"plans": parts})
    if best == "standard":
        return Help((said, Sentence("stay")), figures)
    saved = year["standard"] - year[best]
    change = Sentence("change_plan", {"plan": cards.plans[best].name, "saved": saved})
    return Help((said, change), (*figures, Figure("saved", saved, "EUR")))


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)
