"""
A fee: what it comes to in a year, what it says about the payment behind it, and the cheaper habit or plan.

Every subset of kind, sum and number a month gives what follows from it. Pure; the tariff is the bank's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from programs.bank.payment_facts import TopUps, Transfers
from programs.bank.tariff import MONTHS_A_YEAR, Cards
from programs.fees import kinds
from programs.fees.kinds import Case, Kind
from programs.saying.tailoring import Figure, Help, Sentence, joined

BY_KIND: Mapping[Kind, Callable[[Case], Help]] = {
    "foreign_payment": kinds.foreign_payment,
    "cash_euro": kinds.cash_euro,
    "cash_foreign": kinds.cash_foreign,
    "card_top_up": kinds.card_top_up,
    "transfer": kinds.transfer,
    "other": kinds.other,
}


def fees(
    *,
    fee_kind: Kind | None,
    fee_amount_eur: Decimal | None,
    fee_month_times: int | None,
    cards: Cards,
    transfers: Transfers,
    top_ups: TopUps,
) -> Help:
    """
    A fee's yearly cost, the payment behind it and what would be cheaper, as far as the given values allow.

    `fee_amount_eur` is one such fee, `fee_month_times` how many of them there are a month. None means "not
    given". Raises nothing for values in range. Source: the bank's tariff, README.md.
    """
    if (fee_kind, fee_amount_eur, fee_month_times) == (None, None, None):
        return Help((Sentence("by_yourself"), Sentence("cheap_habits"), Sentence("tell_us")))
    case = Case(fee_amount_eur, fee_month_times, cards, transfers, top_ups)
    if fee_kind == "cash_euro" and fee_amount_eur is None:
        case = replace(case, fee=cards.basic.cash_further_each_eur)  # always the same
    return joined(_year(case, fee_kind), BY_KIND[fee_kind or "other"](case))


def _year(case: Case, kind: Kind | None) -> Help:
    """The fees of a year, as far as they are known."""
    if case.fee is not None:
        number = case.times or 1
        year = case.fee * number * MONTHS_A_YEAR
        said = Sentence(
            "year" if number > 1 else "year_once", {"fee": case.fee, "times": number, "year": year}
        )
        return Help((said,), (Figure("year", year, "EUR"),))
    if case.times is None:
        return Help(())
    number = case.times * MONTHS_A_YEAR
    figures = (Figure("year_times", number, "times"),)
    least = _least(case, kind)
    if least is None:
        return Help((Sentence("year_each", {"times": case.times, "number": number}),), figures)
    said = Sentence("year_at_least", {"times": case.times, "year": least * number})
    return Help((said,), (*figures, Figure("year_at_least", least * number, "EUR")))


def _least(case: Case, kind: Kind | None) -> Decimal | None:
    """The least that one fee of this kind can be, in EUR, where there is such a thing."""
    if kind == "cash_foreign":
        return case.cards.basic.foreign_cash_minimum_eur
    return case.transfers.outside_fee_eur if kind == "transfer" else None
