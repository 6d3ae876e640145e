"""
A charge in euro against the reference rate: how far apart they are, how sure that is, and what explains it.

The decision table is in README.md. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from programs.bank.tariff import CENT, Plan
from programs.exchange_cost.margin import Margin, margin_of, worth_of
from programs.exchange_cost.reference_rates import ReferenceRate, rates_after, usual_change_percent
from programs.exchange_cost.tariff import Exchange
from programs.saying.tailoring import Figure, Help, Sentence
from programs.saying.values import Amount

UNKNOWN_DAY_DAYS = 30
"""Without a day, the payment is taken to be one of the last month."""
ANYTHING = Decimal("Infinity")
VISIBLE_POINTS = Decimal("0.1")
"""A spread of the margin below this is not worth a sentence."""


@dataclass(frozen=True)
class _Doubt:
    """Between which two percentages the true margin lies; whether the day's rate is known; what is said."""

    lowest: Decimal
    highest: Decimal
    rate_known: bool
    said: Help


def compared(
    paid: Amount,
    charged_eur: Decimal,
    rate: ReferenceRate,
    asked: date | None,
    today: date,
    plan: Plan,
    exchange: Exchange,
) -> tuple[Help, Help]:
    """
    What is said about the difference, and about its reason; no reason where the two amounts hardly belong
    together.

    `asked` is the day of the exchange, None if it is not known; `plan` the one whose fees are expected.
    """
    margin = margin_of(paid, charged_eur, rate)
    said = _difference(margin)
    if margin.absurd:
        return said, Help(())
    doubt = _later_rates(paid, margin, rate, today, exchange) if asked and rate.serves(asked) else None
    doubt = doubt or _orientation(margin, rate, asked)
    reason = _reason(margin, doubt, worth_of(paid, rate), plan, exchange)
    return Help((*said.sentences, *doubt.said.sentences), (*said.figures, *doubt.said.figures)), Help(reason)


def _difference(margin: Margin) -> Help:
    figures = (
        Figure("effective_rate", margin.got, f"{margin.currency}/EUR"),
        Figure("margin", margin.euros, "EUR"),
        Figure("margin_percent", margin.percent, "%"),
    )
    params = {"charged": margin.charged_eur, "got": margin.got, "currency": margin.currency}
    if margin.absurd:
        return Help((Sentence("effective", params), Sentence("does_not_fit")), figures)
    key = "above" if margin.euros > 0 else "below" if margin.euros < 0 else "even"
    said = Sentence(key, {**params, "euros": abs(margin.euros), "percent": abs(margin.percent)})
    return Help((said,), figures)


def _later_rates(
    paid: Amount, margin: Margin, rate: ReferenceRate, today: date, exchange: Exchange
) -> _Doubt:
    """The day's rate is known, but a card payment may have been booked, and exchanged, a few days later."""
    later = rates_after(rate, exchange.booking_publications, today)
    margins = sorted(margin_of(paid, margin.charged_eur, each).percent for each in (rate, *later))
    lowest, highest = margins[0], margins[-1]
    if highest - lowest < VISIBLE_POINTS:
        return _Doubt(lowest, highest, rate_known=True, said=Help(()))
    figures = (Figure("lowest_margin", lowest, "%"), Figure("highest_margin", highest, "%"))
    said = Sentence("booked_later", {"lowest": lowest, "highest": highest})
    return _Doubt(lowest, highest, rate_known=True, said=Help((said,), figures))


def _orientation(margin: Margin, rate: ReferenceRate, asked: date | None) -> _Doubt:
    """The day is not known, or its rate is not: how far the rate may have moved."""
    days = UNKNOWN_DAY_DAYS if asked is None else (asked - rate.day).days
    change = usual_change_percent(rate.currency, days, rate.day)
    if change is None:
        return _Doubt(-ANYTHING, ANYTHING, rate_known=False, said=Help((Sentence("too_long_ago"),)))
    change = change.quantize(CENT)
    said = Help(
        (Sentence("orientation", {"days": days, "change": change}),), (Figure("usual_change", change, "%"),)
    )
    return _Doubt(margin.percent - change, margin.percent + change, rate_known=False, said=said)


def _reason(
    margin: Margin, doubt: _Doubt, worth: Decimal, plan: Plan, exchange: Exchange
) -> tuple[Sentence, ...]:
    """From a good rate over our own fees to somebody else's exchange; honestly if it cannot be told."""
    own = plan.foreign_payment_percent + exchange.scheme_spread_percent
    surely = margin.percent if doubt.rate_known else doubt.highest
    if surely <= 0:
        return (Sentence("nothing_to_do"),)
    if doubt.lowest <= own:
        fits = doubt.rate_known or doubt.highest <= own
        return (Sentence("fits_payment" if fits else "cannot_tell"),)
    cash_fee = plan.foreign_cash_fee(worth)
    if doubt.lowest <= cash_fee / worth * 100 + exchange.scheme_spread_percent:
        return (Sentence("fits_cash", {"fee": cash_fee}), Sentence("not_cash"))
    saved = margin.euros - plan.payment_fee(worth)
    return (Sentence("too_much"), Sentence("converted_there", {"saved": saved}), Sentence("what_to_do"))
