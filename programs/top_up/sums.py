"""
Sums of a top-up: its fee by the way it takes, and the fewest top-ups by card that the limits let through.

Amounts in EUR, fees rounded to the cent. Pure.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Literal

from programs.bank.payment_facts import TopUps, Transfers
from programs.saying.tailoring import Figure, Help, Sentence

Method = Literal["bank_transfer", "debit_card", "other_card", "cash", "cheque"]
CARDS: tuple[Method | None, ...] = ("debit_card", "other_card")
CENT = Decimal("0.01")


def fee(top_ups: TopUps, method: Method, amount: Decimal) -> Decimal:
    """What a way costs; for cash, if it is the first this month."""
    match method:
        case "other_card":
            exact = amount * top_ups.other_card_fee_percent / 100
        case "cash":
            exact = max(amount - top_ups.cash_free_month_eur, Decimal(0)) * top_ups.cash_fee_percent / 100
        case "cheque":
            exact = top_ups.cheque_fee_eur
        case _:
            exact = Decimal(0)
    return exact.quantize(CENT, ROUND_HALF_UP)


def costs(
    top_ups: TopUps, transfers: Transfers, method: Method | None, amount: Decimal, start: date | None
) -> Help:
    """The fee and the parts; `start` is the day on which they begin, None if that is over."""
    limit = transfers.source_asked_above_eur
    source = (Sentence("source", {"limit": limit}),) if amount > limit else ()
    by_card = method is None or method in CARDS
    if by_card and amount < top_ups.card_minimum_eur:
        return _below(top_ups, method, amount)
    price = _all_fees(top_ups, amount) if method is None else _fee(top_ups, method, amount)
    parts = _parts(top_ups, amount, start) if by_card else Help(())
    return Help((*price.sentences, *parts.sentences, *source), (*price.figures, *parts.figures))


def rules(top_ups: TopUps, method: Method) -> Help:
    """The fee and the limits of a way where the amount is not known."""
    limits: dict[str, object] = {
        "minimum": top_ups.card_minimum_eur,
        "maximum": top_ups.card_maximum_eur,
        "day_limit": top_ups.card_day_limit_eur,
    }
    match method:
        case "bank_transfer":
            said = Sentence("rules_transfer")
        case "debit_card":
            said = Sentence("rules_debit_card", limits)
        case "other_card":
            said = Sentence("rules_other_card", limits | {"percent": top_ups.other_card_fee_percent})
        case "cash":
            free, percent = top_ups.cash_free_month_eur, top_ups.cash_fee_percent
            said = Sentence("rules_cash", {"free": free, "percent": percent})
        case "cheque":
            said = Sentence("rules_cheque", {"fee": top_ups.cheque_fee_eur})
    return Help((said,))


def _below(top_ups: TopUps, method: Method | None, amount: Decimal) -> Help:
    """The amount is too small for a card."""
    minimum, cheque = top_ups.card_minimum_eur, fee(top_ups, "cheque", amount)
    figures = (Figure("card_minimum", minimum, "EUR"), Figure("fee_cheque", cheque, "EUR"))
    if method is None:
        said = Sentence("costs_small", {"amount": amount, "cheque": cheque, "minimum": minimum})
        return Help((said,), figures)
    return Help((Sentence("below_minimum", {"minimum": minimum}),), figures[:1])


def _all_fees(top_ups: TopUps, amount: Decimal) -> Help:
    ways: dict[str, Method] = {"card": "other_card", "cash": "cash", "cheque": "cheque"}
    fees = {name: fee(top_ups, method, amount) for name, method in ways.items()}
    figures = tuple(Figure(f"fee_{method}", fees[name], "EUR") for name, method in ways.items())
    return Help((Sentence("costs_all", {"amount": amount, **fees}),), figures)


def _fee(top_ups: TopUps, method: Method, amount: Decimal) -> Help:
    cost = fee(top_ups, method, amount)
    figures = (Figure("fee", cost, "EUR"),)
    match method:
        case "bank_transfer":
            return Help((Sentence("free_transfer", {"amount": amount}),), figures)
        case "debit_card":
            return Help((Sentence("free_card", {"amount": amount}),), figures)
        case "other_card":
            total = amount + cost
            percent = top_ups.other_card_fee_percent
            params = {"amount": amount, "fee": cost, "percent": percent, "total": total}
            return Help((Sentence("card_fee", params),), (*figures, Figure("charged", total, "EUR")))
        case "cheque":
            left = amount - cost
            said = Sentence("cheque_fee", {"amount": amount, "fee": cost, "left": left})
            return Help((said,), (*figures, Figure("arrives", left, "EUR")))
        case "cash":
            return _cash(top_ups, amount, cost)


def _cash(top_ups: TopUps, amount: Decimal, cost: Decimal) -> Help:
    """Free up to a sum a month: what is left of it, or over how many months it would cost nothing."""
    free, figures = top_ups.cash_free_month_eur, (Figure("fee", cost, "EUR"),)
    if amount <= free:
        return Help((Sentence("cash_free", {"amount": amount, "left": free - amount}),), figures)
    months = _ceil(amount / free)
    percent = top_ups.cash_fee_percent
    params = {"amount": amount, "fee": cost, "percent": percent, "free": free, "months": months}
    return Help((Sentence("cash_fee", params),), (*figures, Figure("free_in_months", months, "month")))


def _parts(top_ups: TopUps, amount: Decimal, start: date | None) -> Help:
    """
    The fewest top-ups by card, all of about the same size, and the days that they take.

    As many of the largest size fit into a day as the day's limit holds; equal parts are never larger.
    """
    maximum, day_limit = top_ups.card_maximum_eur, top_ups.card_day_limit_eur
    parts = _ceil(amount / maximum)
    if parts == 1:
        return Help((Sentence("in_one_go"),), (Figure("top_ups", 1, "top-up"),))
    each = (amount / parts).quantize(CENT, ROUND_CEILING)
    days = _ceil(Decimal(parts) / (day_limit // maximum))
    params = {"maximum": maximum, "day_limit": day_limit, "parts": parts, "each": each, "days": days}
    said = [Sentence("in_parts", params)]
    figures = [Figure("top_ups", parts, "top-up"), Figure("each", each, "EUR"), Figure("days", days, "day")]
    if start is not None and days > 1:
        last = start + timedelta(days=days - 1)
        said.append(Sentence("last_part", {"first": start, "last": last}))
        figures.append(Figure("last_top_up", last, "date"))
    return Help(tuple(said), tuple(figures))


def _ceil(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_CEILING))
