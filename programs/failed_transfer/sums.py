"""
Sums of a transfer: what it needs on the account, whether it fits the daily limits, in how many parts it goes.

Amounts in EUR. Each function gives its part of the help, and nothing where the amount is not known.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from programs.bank.payment_facts import Transfers
from programs.saying.tailoring import Figure, Help, Sentence

CENT = Decimal("0.01")
NOTHING = Help(())


def needed(transfers: Transfers, amount: Decimal | None, country: str | None) -> Help:
    """What has to be on the account; outside SEPA with the fee, and what lies in the exchange rate."""
    if amount is None:
        return NOTHING
    total = amount + transfers.outside_fee_eur
    if country is None:
        said = Sentence("needed_unknown", {"amount": amount, "outside": total})
        return Help((said,), (Figure("needed", amount, "EUR"), Figure("needed_outside", total, "EUR")))
    if transfers.in_sepa(country):
        return Help((Sentence("needed_in_sepa", {"amount": amount}),), (Figure("needed", amount, "EUR"),))
    percent = transfers.outside_margin_percent
    margin = (amount * percent / 100).quantize(CENT, ROUND_HALF_UP)
    params = {
        "needed": total,
        "amount": amount,
        "fee": transfers.outside_fee_eur,
        "margin": margin,
        "percent": percent,
    }
    figures = (Figure("needed", total, "EUR"), Figure("exchange_margin", margin, "EUR"))
    return Help((Sentence("needed", params),), figures)


def fits(transfers: Transfers, amount: Decimal | None, country: str | None, *, asked: bool = False) -> Help:
    """Whether the amount fits the limits of a day, and otherwise on how many days it goes."""
    app, phone = transfers.app_day_limit_eur, transfers.phone_day_limit_eur
    if amount is None:
        rules = (Sentence("over_limit"), Sentence("by_phone", {"limit": phone}))
        limits = (Figure("app_day_limit", app, "EUR"), Figure("phone_day_limit", phone, "EUR"))
        return Help(rules, limits) if asked else NOTHING
    params: dict[str, object] = {"amount": amount, "limit": app, "phone": phone}
    if amount <= app:
        return Help((Sentence("within_limit", params),), (Figure("days_in_a_row", 1, "day"),))
    days = int((amount / (app if amount <= phone else phone)).to_integral_value(ROUND_CEILING))
    part = (amount / days).quantize(CENT, ROUND_CEILING)
    key = "above_limit" if amount <= phone else "above_both"
    said = (Sentence(key, params | {"days": days, "part": part}), *_parts(transfers, days, country))
    return Help(said, (Figure("days_in_a_row", days, "day"), Figure("a_day_at_most", part, "EUR")))


def again(transfers: Transfers, amount: Decimal | None, country: str | None) -> Help:
    """What comes back, and what sending it once more costs."""
    if amount is None:
        return NOTHING
    fee, total = transfers.outside_fee_eur, amount + transfers.outside_fee_eur
    if country is None:
        unknown = Sentence("again_unknown", {"amount": amount, "fee": fee})
        return Help((unknown,), (Figure("needed_outside", total, "EUR"),))
    if not transfers.in_sepa(country):
        outside = Sentence("again_outside", {"fee": fee, "needed": total})
        return Help((outside,), (Figure("needed", total, "EUR"),))
    said = (Sentence("comes_back_whole", {"amount": amount}), Sentence("again_free", {"amount": amount}))
    return Help(said, (Figure("comes_back", amount, "EUR"),))


def try_first(transfers: Transfers, amount: Decimal | None, country: str | None) -> Help:
    """How to be sure of a new recipient before the whole amount goes."""
    if amount is None:
        return NOTHING
    if country is not None and not transfers.in_sepa(country):
        return Help((Sentence("first_ask", {"amount": amount, "fee": transfers.outside_fee_eur}),))
    return Help((Sentence("first_small", {"amount": amount}),))


def _parts(transfers: Transfers, days: int, country: str | None) -> tuple[Sentence, ...]:
    if country is None:
        return ()
    if transfers.in_sepa(country):
        return (Sentence("parts_free"),)
    fee = transfers.outside_fee_eur
    return (Sentence("parts_cost", {"fee": fee, "days": days, "fees": fee * days}),)
