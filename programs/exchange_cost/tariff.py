"""What changing money costs at the bank: with each card plan, and in the app beforehand. Pure."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from programs.bank.tariff import CENT, PLANS, Cards, Plan
from programs.catalogue.model import Facts


class Exchange(Facts):
    """
    What the bank states about changing money. Percentages are points, sums EUR, currencies ISO 4217 codes.

    `scheme_spread_percent`: how far the card scheme's rate usually lies from the ECB's;
    `booking_publications`: after how many published rates a card payment is booked at the latest.
    """

    scheme_spread_percent: Decimal
    booking_publications: int
    shown_currencies: tuple[str, ...]
    pocket_currencies: tuple[str, ...]
    pocket_free_month_eur: Decimal
    pocket_fee_percent: Decimal


def expected_totals(worth: Decimal, cards: Cards, exchange: Exchange) -> dict[str, Decimal]:
    """EUR charged for what is worth `worth` at the ECB's rate: by plan; `pocket`: exchanged in the app."""
    totals: dict[str, Decimal] = {name: worth + cards.plans[name].payment_fee(worth) for name in PLANS}
    charged = max(worth - exchange.pocket_free_month_eur, Decimal(0))
    fee = (charged * exchange.pocket_fee_percent / 100).quantize(CENT, ROUND_HALF_UP)
    return {**totals, "pocket": worth + fee}


def fee_inside(charged_eur: Decimal, plan: Plan) -> Decimal:
    """The plan's fee in EUR that a card payment of `charged_eur` holds, to the cent."""
    percent = plan.foreign_payment_percent
    return (charged_eur * percent / (100 + percent)).quantize(CENT, ROUND_HALF_UP)
