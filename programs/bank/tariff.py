"""
What cards cost and how far they reach: plans, fees and limits of the bank (bank.yml, section `cards`).

Pure: it only multiplies and adds what the bank states. It knows no text, no clock and no exchange rate.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from programs.bank.units import Eur, Percent, Times
from programs.catalogue.model import Facts, Frozen

PlanName = Literal["standard", "plus", "travel"]
PLANS: tuple[PlanName, ...] = ("standard", "plus", "travel")
CENT = Decimal("0.01")
MONTHS_A_YEAR = 12


class Plan(Frozen):
    """
    One plan: its price, and its fees on payments and cash.

    `cash_free_month_times` is None where every withdrawal in euro is free. Cash in another currency is free
    up to `foreign_cash_free_month_eur` a month; above, the percentage, but at least the minimum each time.
    """

    name: str
    scheme: str
    month_eur: Eur
    foreign_payment_percent: Percent
    cash_free_month_times: Times | None
    cash_further_each_eur: Eur
    foreign_cash_percent: Percent
    foreign_cash_minimum_eur: Eur
    foreign_cash_free_month_eur: Eur
    cash_day_limit_eur: Eur

    def payment_fee(self, euros: Decimal) -> Decimal:
        """The fee in EUR on payments of `euros` in other currencies, to the cent."""
        return _share(euros, self.foreign_payment_percent)

    def cash_fee(self, times: int) -> Decimal:
        """The fee in EUR of so many withdrawals in euro in one month."""
        if self.cash_free_month_times is None:
            return Decimal(0)
        return self.cash_further_each_eur * max(times - self.cash_free_month_times, 0)

    def month_cost(self, abroad_eur: Decimal, cash_times: int) -> Decimal:
        """A month in EUR: price, fee on `abroad_eur` paid in other currencies, `cash_times` withdrawals."""
        return self.month_eur + self.payment_fee(abroad_eur) + self.cash_fee(cash_times)

    def foreign_cash_fee(self, euros: Decimal, already_eur: Decimal = Decimal(0)) -> Decimal:
        """
        The fee in EUR of one withdrawal worth `euros` in another currency, after `already_eur` in the same
        month.
        """
        free = max(self.foreign_cash_free_month_eur - already_eur, Decimal(0))
        charged = max(euros - free, Decimal(0))
        return max(
            _share(charged, self.foreign_cash_percent),
            self.foreign_cash_minimum_eur if charged else Decimal(0),
        )


class Limits(Frozen):
    """How much at once or a day. EUR; `contactless_in_a_row_*`: then the PIN is asked for."""

    contactless_payment_eur: Eur
    contactless_in_a_row_eur: Eur
    contactless_in_a_row_times: Times
    payments_day_eur: Eur
    single_use_payment_eur: Eur
    single_use_new_a_day: Times
    virtual_cards: Times
    spare_cards: Times
    pin_tries: Times


class Cards(Facts):
    """The whole tariff of cards: plans by their id, what further cards cost in EUR, and the limits."""

    plans: Mapping[PlanName, Plan]
    spare_card_eur: Eur
    new_card_before_expiry_days: Annotated[int, Field(ge=1)]
    limits: Limits

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if set(self.plans) != set(PLANS):
            raise ValueError(f"plans must be {', '.join(PLANS)}")
        return self

    @property
    def basic(self) -> Plan:
        """The plan that everybody has who chose none."""
        return self.plans["standard"]


def break_even(less: Plan, more: Plan, cash_times: int = 0) -> Decimal:
    """
    EUR a month paid in other currencies from which the plan with the higher price and the lower fee is not
    dearer, rounded up to the cent; 0 if it never is dearer. `cash_times`: withdrawals in euro a month.
    """
    apart = more.month_cost(Decimal(0), cash_times) - less.month_cost(Decimal(0), cash_times)
    saved = less.foreign_payment_percent - more.foreign_payment_percent
    return max((apart * 100 / saved).quantize(CENT, ROUND_CEILING), Decimal(0))


def cheapest(costs: Mapping[PlanName, Decimal]) -> PlanName:
    """The plan that costs least; of several the one with the lower price a month."""
    return min(PLANS, key=lambda name: costs[name])


def _share(euros: Decimal, percent: Decimal) -> Decimal:
    return (euros * percent / 100).quantize(CENT, ROUND_HALF_UP)
