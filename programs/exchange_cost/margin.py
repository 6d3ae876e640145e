"""
How far a charge in euro lies from what the foreign money was worth at a reference rate. Pure.

The mark-up is a share of the value at the reference rate, as Article 4(1) of Regulation (EU) 2021/1230 wants
currency conversion charges to be expressed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from programs.bank.tariff import CENT
from programs.exchange_cost.reference_rates import ReferenceRate
from programs.saying.values import Amount

ABSURD_ABOVE_PERCENT = 100
ABSURD_BELOW_PERCENT = -50
"""Outside of these two, the amounts are hardly those of one payment: another currency, a slip of the pen."""


@dataclass(frozen=True)
class Margin:
    """
    EUR charged, the rate got (units for one euro), and the difference to the value: in EUR and in percent of
    it, both to two decimals; negative if less was charged.
    """

    currency: str
    charged_eur: Decimal
    got: Decimal
    euros: Decimal
    percent: Decimal

    @property
    def absurd(self) -> bool:
        """True if the two amounts hardly belong together."""
        return not ABSURD_BELOW_PERCENT <= self.percent <= ABSURD_ABOVE_PERCENT


def worth_of(paid: Amount, rate: ReferenceRate) -> Decimal:
    """What an amount is worth at a rate of its currency, in EUR to the cent."""
    return (paid.value / rate.per_euro).quantize(CENT, ROUND_HALF_UP)


def margin_of(paid: Amount, charged_eur: Decimal, rate: ReferenceRate) -> Margin:
    """The margin of a charge of `charged_eur` for `paid`, a sum in the rate's currency and above nothing."""
    exact = paid.value / rate.per_euro
    return Margin(
        currency=paid.currency,
        charged_eur=charged_eur,
        got=paid.value / charged_eur,
        euros=charged_eur - worth_of(paid, rate),
        percent=((charged_eur - exact) / exact * 100).quantize(CENT, ROUND_HALF_UP),
    )
