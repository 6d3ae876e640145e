"""
Each kind of fee: what it says about the payment behind it, and the cheaper habit or plan.

Everything is reckoned for the Standard plan, on which nearly all fees arise. Pure; the tariff is the bank's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from programs.bank.payment_facts import TopUps, Transfers
from programs.bank.tariff import CENT, MONTHS_A_YEAR, PLANS, Cards, PlanName, break_even
from programs.fees.plans import plans_compared, prices_from
from programs.saying.tailoring import Figure, Help, Sentence, joined

HUNDRED = Decimal(100)
Kind = Literal["foreign_payment", "cash_euro", "cash_foreign", "card_top_up", "transfer", "other"]


@dataclass(frozen=True)
class Case:
    """What is known: one such fee in EUR, how many of them a month, and the bank's tariff."""

    fee: Decimal | None
    times: int | None
    cards: Cards
    transfers: Transfers
    top_ups: TopUps


def foreign_payment(case: Case) -> Help:
    """A share of each payment in another currency; from a certain sum a month another plan is cheaper."""
    plans = case.cards.plans
    share = case.cards.basic.foreign_payment_percent
    if case.fee is None:
        first, then = break_even(plans["standard"], plans["plus"]), break_even(plans["plus"], plans["travel"])
        figures = (Figure("plus_from", first, "EUR"), Figure("travel_from", then, "EUR"))
        return Help((Sentence("abroad_break_even", {"plus": first, "travel": then}),), figures)
    payment = (case.fee * HUNDRED / share).quantize(CENT)
    means = Help(
        (Sentence("means_payment", {"fee": case.fee, "payment": payment, "share": share}),),
        (Figure("payment", payment, "EUR"),),
    )
    if case.times is None:
        return joined(means, prices_from(case.fee, case.cards))
    month = (case.fee * case.times * HUNDRED / share).quantize(CENT)
    costs = {name: plans[name].month_cost(month, 0) for name in PLANS}
    costs["standard"] = case.fee * case.times
    return joined(means, plans_compared(costs, case.cards))


def cash_euro(case: Case) -> Help:
    """Some withdrawals a month are free; fewer and larger ones cost nothing."""
    basic = case.cards.basic
    each, free = basic.cash_further_each_eur, basic.cash_free_month_times or 0
    rule = Sentence("cash_rule", {"free": free, "each": each})
    figures: tuple[Figure, ...] = (Figure("free_times", free, "times"),)
    if case.fee is not None and case.fee != each:
        not_ours = Sentence("cash_not_ours", {"fee": case.fee, "each": each})
        return Help((not_ours, rule), (*figures, Figure("our_fee", each, "EUR")))
    if case.times is None:
        return Help((rule, Sentence("cash_habit")), figures)
    withdrawals = free + case.times
    habit = Sentence("cash_larger", {"free": free, "all": withdrawals})
    costs = {name: case.cards.plans[name].month_cost(Decimal(0), withdrawals) for name in PLANS}
    return joined(
        Help((rule, habit), (*figures, Figure("withdrawals", withdrawals, "times"))),
        plans_compared(costs, case.cards),
    )


def cash_foreign(case: Case) -> Help:
    """A share of the sum, but a minimum: small withdrawals are dear."""
    basic = case.cards.basic
    minimum, share = basic.foreign_cash_minimum_eur, basic.foreign_cash_percent
    up_to = (minimum * HUNDRED / share).quantize(CENT)
    rule = Sentence("foreign_cash_rule", {"share": share, "minimum": minimum, "up_to": up_to})
    known = Help((rule,), (Figure("same_fee_up_to", up_to, "EUR"),))
    if case.fee is None:
        return joined(known, Help((Sentence("foreign_cash_plans"),)))
    if case.fee < minimum:
        return joined(
            Help((Sentence("foreign_cash_not_ours", {"fee": case.fee, "minimum": minimum}),)), known
        )
    sum_ = (case.fee * HUNDRED / share).quantize(CENT)
    key = "at_the_minimum" if case.fee == minimum else "means_cash"
    means = Help((Sentence(key, {"fee": case.fee, "sum": sum_}),), (Figure("sum", sum_, "EUR"),))
    if case.times is None:
        return joined(means, known, Help((Sentence("foreign_cash_plans"),)))
    plans, times = case.cards.plans, case.times
    costs: dict[PlanName, Decimal] = {
        "standard": case.fee * times,
        "plus": plans["plus"].month_eur + times * plans["plus"].foreign_cash_fee(sum_),
        "travel": plans["travel"].month_eur + plans["travel"].foreign_cash_fee(sum_ * times),
    }
    return joined(means, known, plans_compared(costs, case.cards))


def card_top_up(case: Case) -> Help:
    """Only credit cards and cards from outside the EEA cost something, so another way costs nothing."""
    share = case.top_ups.other_card_fee_percent
    rule = Sentence("top_up_rule", {"share": share})
    figures = [Figure("fee_percent", share, "%")]
    said = [rule]
    if case.fee is not None:
        sum_ = (case.fee * HUNDRED / share).quantize(CENT)
        said.append(Sentence("means_top_up", {"fee": case.fee, "sum": sum_}))
        figures.append(Figure("sum", sum_, "EUR"))
    if case.fee is not None and case.times is not None:
        saved = case.fee * case.times * MONTHS_A_YEAR
        said.append(Sentence("saved_whole", {"saved": saved}))
        figures.append(Figure("saved", saved, "EUR"))
    return Help((*said, Sentence("top_up_habit")), tuple(figures))


def transfer(case: Case) -> Help:
    """Free in SEPA; elsewhere a fixed fee each time, so that one larger transfer is cheaper than several."""
    fixed, share = case.transfers.outside_fee_eur, case.transfers.outside_margin_percent
    said = [Sentence("transfer_rule", {"fixed": fixed, "share": share})]
    figures = [Figure("fixed_fee", fixed, "EUR")]
    if case.fee is not None and case.fee < fixed:
        said.append(Sentence("transfer_not_ours", {"fee": case.fee}))
    elif case.fee is not None:
        sum_ = ((case.fee - fixed) * HUNDRED / share).quantize(CENT)
        said.append(
            Sentence("means_transfer" if sum_ else "transfer_fixed_only", {"sum": sum_, "fee": case.fee})
        )
        figures.append(Figure("sum", sum_, "EUR"))
    if case.times is not None and case.times > 1 and (case.fee is None or case.fee >= fixed):
        saved = fixed * (case.times - 1) * MONTHS_A_YEAR
        said.append(Sentence("transfer_together", {"times": case.times, "saved": saved}))
        figures.append(Figure("saved", saved, "EUR"))
    else:
        said.append(Sentence("transfer_habit"))
    return Help(tuple(said), tuple(figures))


def other(case: Case) -> Help:
    """What the sum tells, where the kind does not: the fixed fees of the bank that come to it."""
    if case.fee is None:
        return joined(_fixed(case), Help((Sentence("look_it_up"), Sentence("tell_us"))))
    found = [Sentence(key) for key, fee in _fixed_fees(case).items() if fee == case.fee]
    if case.fee > case.transfers.outside_fee_eur:
        found.append(Sentence("is_transfer"))
    payment = (case.fee * HUNDRED / case.cards.basic.foreign_payment_percent).quantize(CENT)
    found.append(Sentence("is_foreign_payment", {"payment": payment}))
    said = Sentence("comes_to", {"fee": case.fee, "kinds": tuple(found)})
    return Help((said, Sentence("look_it_up"), Sentence("tell_us")), (Figure("payment", payment, "EUR"),))


def _fixed(case: Case) -> Help:
    plans, basic = case.cards.plans, case.cards.basic
    fees = {
        "cash": basic.cash_further_each_eur,
        "foreign": basic.foreign_cash_minimum_eur,
        "spare": case.cards.spare_card_eur,
        "transfer": case.transfers.outside_fee_eur,
        "plus": plans["plus"].month_eur,
        "travel": plans["travel"].month_eur,
    }
    figures = tuple(Figure(f"fixed_{name}", fee, "EUR") for name, fee in fees.items())
    return Help((Sentence("fixed_fees", fees),), figures)


def _fixed_fees(case: Case) -> Mapping[str, Decimal]:
    plans = case.cards.plans
    return {
        "is_cash": case.cards.basic.cash_further_each_eur,
        "is_cheque": case.top_ups.cheque_fee_eur,
        "is_check": Decimal(1),
        "is_cash_abroad": case.cards.basic.foreign_cash_minimum_eur,
        "is_cash_abroad_plus": plans["plus"].foreign_cash_minimum_eur,
        "is_plus": plans["plus"].month_eur,
        "is_travel": plans["travel"].month_eur,
        "is_spare_card": case.cards.spare_card_eur,
        "is_transfer": case.transfers.outside_fee_eur,
    }
