"""
Paying off a debt: how long it takes, what it costs, and what a little more a month would change.

Every subset of the three figures gives what follows from it. Pure; says nothing that was not computed here.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from programs.bank.annuity import CENT, Plan, debt_for, monthly_interest, payment_for, payoff, shrinks
from programs.debt_payoff.chart import balance_chart
from programs.saying.tailoring import Figure, Help, Sentence

TERMS_MONTHS = (12, 24, 36)
LONG_TERMS_MONTHS = (36, 60, 120)
A_THOUSAND_EUR = Decimal(1000)
A_BILLION_EUR = Decimal(1_000_000_000)
LONGEST_MONTHS = 360
"""Thirty years. What takes longer is no plan, and is said to be none."""


def debt_payoff(
    *,
    debt_balance_eur: Decimal | None,
    yearly_rate_percent: Decimal | None,
    monthly_payment_eur: Decimal | None,
) -> Help:
    """
    Months until the debt is paid and the interest until then, as far as the given values allow.

    Amounts in EUR, the rate in percentage points a year (nominal). None means "not given". Raises nothing
    for values in range. Source: annuity formula, programs/debt_payoff/README.md.
    """
    match (debt_balance_eur, yearly_rate_percent, monthly_payment_eur):
        case (Decimal() as balance, Decimal() as rate, Decimal() as payment):
            covered = shrinks(balance, rate, payment)
            return _plan(balance, rate, payment) if covered else _grows(balance, rate, payment)
        case (Decimal() as balance, Decimal() as rate, None):
            return _payments_needed(balance, rate)
        case (Decimal() as balance, None, Decimal() as payment):
            return _rate_unknown(balance, payment)
        case (None, Decimal() as rate, Decimal() as payment):
            return _balance_unknown(rate, payment)
        case (Decimal() as balance, None, None):
            return _only_balance(balance)
        case (None, Decimal() as rate, None):
            return _only_rate(rate)
        case (None, None, Decimal() as payment):
            return _only_payment(payment)
    return Help((Sentence("by_yourself"), Sentence("rule_of_thumb")))


def _plan(balance: Decimal, rate: Decimal, payment: Decimal) -> Help:
    plan = payoff(balance, rate, payment)
    more = (payment * Decimal("1.1")).quantize(CENT, ROUND_CEILING)
    faster = payoff(balance, rate, more)
    if plan.months > LONGEST_MONTHS:
        return _no_plan(balance, rate, payment, plan)
    said = [_in_one_month(plan) if plan.months == 1 else _in_months(plan)]
    if (plan.months, plan.interest_eur) != (faster.months, faster.interest_eur):
        said.append(_with_more(plan, faster, more))
    return Help(
        (*said, Sentence("how_counted")),
        (
            Figure("months", plan.months, "month"),
            Figure("last_payment", plan.last_payment_eur, "EUR"),
            Figure("interest", plan.interest_eur, "EUR"),
            Figure("months_with_more", faster.months, "month"),
            Figure("interest_with_more", faster.interest_eur, "EUR"),
        ),
        balance_chart(balance, rate, payment),
    )


def _in_one_month(plan: Plan) -> Sentence:
    return Sentence("paid_next_month", {"last": plan.last_payment_eur, "interest": plan.interest_eur})


def _in_months(plan: Plan) -> Sentence:
    return Sentence(
        "paid_in", {"months": plan.months, "last": plan.last_payment_eur, "interest": plan.interest_eur}
    )


def _with_more(plan: Plan, faster: Plan, more: Decimal) -> Sentence:
    params = {
        "payment": more,
        "sooner": plan.months - faster.months,
        "saved": plan.interest_eur - faster.interest_eur,
    }
    if plan.months == faster.months:
        return Sentence("ten_percent_more_changes_little", params)
    return Sentence("ten_percent_more" if params["saved"] else "ten_percent_more_without_interest", params)


def _grows(balance: Decimal, rate: Decimal, payment: Decimal) -> Help:
    """The honest answer: this payment never ends the debt; these would."""
    interest = monthly_interest(balance, rate)
    growth = interest - payment
    key = "debt_grows" if growth > 0 else "debt_stays"
    params = {"interest": interest, "payment": payment, "growth": growth, "in_a_year": payment * 12}
    needed, figures = _terms("term", {m: payment_for(balance, rate, m) for m in TERMS_MONTHS})
    return Help(
        (Sentence(key, params), Sentence("terms", {"terms": needed}), Sentence("talk_to_somebody")),
        (Figure("interest_a_month", interest, "EUR"), Figure("growth_a_month", growth, "EUR"), *figures),
    )


def _no_plan(balance: Decimal, rate: Decimal, payment: Decimal, plan: Plan) -> Help:
    """The honest answer to what ends one day, but in no time that anybody plans for."""
    interest = monthly_interest(balance, rate)
    key = "hardly_covers" if interest * 2 > payment else "too_long"
    rest = {"shrinking": payment - interest, "longest": LONGEST_MONTHS}
    params = {"payment": payment, "interest": interest, **rest}
    needed, figures = _terms("term", {m: payment_for(balance, rate, m) for m in LONG_TERMS_MONTHS})
    return Help(
        (Sentence(key, params), Sentence("terms", {"terms": needed}), Sentence("talk_to_somebody")),
        (
            Figure("months", plan.months, "month"),
            Figure("interest", plan.interest_eur, "EUR"),
            Figure("interest_a_month", interest, "EUR"),
            *figures,
        ),
    )


def _payments_needed(balance: Decimal, rate: Decimal) -> Help:
    interest = monthly_interest(balance, rate)
    needed, figures = _terms("term", {m: payment_for(balance, rate, m) for m in TERMS_MONTHS})
    said = (
        Sentence("interest_a_month", {"interest": interest}),
        Sentence("terms", {"terms": needed}),
        Sentence("how_counted"),
    )
    return Help(said, (Figure("interest_a_month", interest, "EUR"), *figures))


def _rate_unknown(balance: Decimal, payment: Decimal) -> Help:
    months = payoff(balance, Decimal(0), payment).months
    limit = (payment * 1200 / balance).quantize(Decimal("0.1"), ROUND_FLOOR)
    said = (
        Sentence("at_least_months", {"months": months}),
        Sentence("rate_limit", {"limit": limit}),
        Sentence("look_up_rate"),
    )
    return Help(said, (Figure("months_at_least", months, "month"), Figure("rate_limit", limit, "%")))


def _balance_unknown(rate: Decimal, payment: Decimal) -> Help:
    debts, figures = _terms("debt_term", {m: debt_for(payment, rate, m) for m in TERMS_MONTHS})
    said = [Sentence("debts", {"terms": debts})]
    limit = payment * 1200 / rate if rate else A_BILLION_EUR
    if limit < A_BILLION_EUR:  # above, nobody's debt gets near it
        limit = limit.quantize(CENT, ROUND_FLOOR)
        said.append(Sentence("debt_limit", {"limit": limit}))
        figures = (*figures, Figure("debt_limit", limit, "EUR"))
    return Help((*said, Sentence("how_counted")), figures)


def _only_balance(balance: Decimal) -> Help:
    one_percent = (balance / 100).quantize(CENT)
    parts, figures = _terms("term", {m: payment_for(balance, Decimal(0), m) for m in TERMS_MONTHS})
    said = (
        Sentence("without_interest", {"terms": parts}),
        Sentence("one_percent_costs", {"cost": one_percent}),
        Sentence("look_up_rate"),
    )
    return Help(said, (Figure("one_percent_a_year", one_percent, "EUR"), *figures))


def _only_rate(rate: Decimal) -> Help:
    interest = monthly_interest(A_THOUSAND_EUR, rate)
    needed, figures = _terms("term", {m: payment_for(A_THOUSAND_EUR, rate, m) for m in TERMS_MONTHS})
    said = (
        Sentence("per_thousand", {"thousand": A_THOUSAND_EUR, "interest": interest}),
        Sentence("terms_per_thousand", {"thousand": A_THOUSAND_EUR, "terms": needed}),
        Sentence("how_counted"),
    )
    return Help(said, (Figure("interest_a_month", interest, "EUR"), *figures))


def _only_payment(payment: Decimal) -> Help:
    said = (
        Sentence("paid_in_a_year", {"payment": payment, "year": payment * 12}),
        Sentence("compare_with_interest", {"payment": payment}),
        Sentence("by_yourself"),
    )
    return Help(said, (Figure("paid_in_a_year", payment * 12, "EUR"),))


def _terms(key: str, amounts: dict[int, Decimal]) -> tuple[tuple[Sentence, ...], tuple[Figure, ...]]:
    """Amounts by term (months), as parts of a list and as figures."""
    parts = tuple(Sentence(key, {"amount": amount, "months": months}) for months, amount in amounts.items())
    figures = tuple(Figure(f"{key}_{months}_months", amount, "EUR") for months, amount in amounts.items())
    return parts, figures
