"""
The arithmetic of paying off a debt with equal monthly payments, exact in Decimal.

Interest is added once a month, a twelfth of the nominal yearly rate; payments come at the end of each month.
Source: the annuity formula, programs/debt_payoff/README.md. Pure; knows no texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext

CENT = Decimal("0.01")
PRECISION = 50
"""Digits. (1 + rate)^months loses a few over very long terms; 50 leave more than enough for cents."""
TINY = Decimal("1e-20")
"""A yearly rate in percent below which the interest on a million in a million months is less than a cent."""


@dataclass(frozen=True)
class Plan:
    """
    Months until the debt is paid, the last payment (EUR, not above the others), all interest until then
    (EUR).
    """

    months: int
    last_payment_eur: Decimal
    interest_eur: Decimal


def monthly_interest(balance_eur: Decimal, yearly_rate_percent: Decimal) -> Decimal:
    """The interest of the next month in EUR, rounded to the cent."""
    return (balance_eur * yearly_rate_percent / 1200).quantize(CENT, ROUND_HALF_UP)


def shrinks(balance_eur: Decimal, yearly_rate_percent: Decimal, payment_eur: Decimal) -> bool:
    """True if the payment is more than the exact interest of a month; otherwise the debt is never paid."""
    return payment_eur * 1200 > balance_eur * yearly_rate_percent


def payoff(balance_eur: Decimal, yearly_rate_percent: Decimal, payment_eur: Decimal) -> Plan:
    """
    The plan of paying `payment_eur` every month: n = ⌈−ln(1 − r·B/P) / ln(1 + r)⌉, the last payment is the
    rest.

    Raises ValueError if the debt does not shrink.
    """
    if not shrinks(balance_eur, yearly_rate_percent, payment_eur):
        raise ValueError("the payment does not cover the interest")
    with localcontext() as context:
        context.prec = PRECISION
        rate = _monthly(yearly_rate_percent)
        months = _months(balance_eur, rate, payment_eur)
        last = _last_payment(balance_eur, rate, payment_eur, months)
        interest = (months - 1) * payment_eur + last - balance_eur
        return Plan(months, last, interest.quantize(CENT, ROUND_HALF_UP))


def payment_for(balance_eur: Decimal, yearly_rate_percent: Decimal, months: int) -> Decimal:
    """
    The monthly payment in EUR, rounded up to the cent, that pays the debt in `months`: P = r·B / (1 − (1 +
    r)^−n).
    """
    with localcontext() as context:
        context.prec = PRECISION
        rate = _monthly(yearly_rate_percent)
        exact = balance_eur / months if not rate else balance_eur * rate / (1 - (1 + rate) ** -months)
        return exact.quantize(CENT, ROUND_CEILING)


def debt_for(payment_eur: Decimal, yearly_rate_percent: Decimal, months: int) -> Decimal:
    """
    The largest debt in EUR, rounded down to the cent, that the payment pays in `months`: B = P·(1 − (1 +
    r)^−n) / r.
    """
    with localcontext() as context:
        context.prec = PRECISION
        rate = _monthly(yearly_rate_percent)
        exact = payment_eur * months if not rate else payment_eur * (1 - (1 + rate) ** -months) / rate
        return exact.quantize(CENT, ROUND_FLOOR)


def owed_after(
    balance_eur: Decimal, yearly_rate_percent: Decimal, payment_eur: Decimal, months: int
) -> Decimal:
    """
    What is still owed in EUR, rounded to the cent, right after the payment of that month: B·(1 + r)^k − P·((1
    + r)^k − 1) / r, and nothing once it is paid.
    """
    with localcontext() as context:
        context.prec = PRECISION
        owed = _rest(balance_eur, _monthly(yearly_rate_percent), payment_eur, months)
        return max(owed, Decimal(0)).quantize(CENT, ROUND_HALF_UP)


def _monthly(yearly_rate_percent: Decimal) -> Decimal:
    """The rate of one month, as a fraction."""
    return yearly_rate_percent / 1200 if yearly_rate_percent >= TINY else Decimal(0)


def _months(balance: Decimal, rate: Decimal, payment: Decimal) -> int:
    """
    The smallest n whose last payment is not above the others; the logarithm may miss it by one at a
    boundary.
    """
    exact = balance / payment if not rate else -(1 - rate * balance / payment).ln() / (1 + rate).ln()
    months = max(1, int(exact.to_integral_value(ROUND_CEILING)))
    while _last_payment(balance, rate, payment, months) > payment:
        months += 1
    while months > 1 and _last_payment(balance, rate, payment, months - 1) <= payment:
        months -= 1
    return months


def _last_payment(balance: Decimal, rate: Decimal, payment: Decimal, months: int) -> Decimal:
    """What is owed at the end of month n, after n − 1 payments, in EUR rounded to the cent."""
    rest = _rest(balance, rate, payment, months - 1)
    return (rest * (1 + rate)).quantize(CENT, ROUND_HALF_UP)


def _rest(balance: Decimal, rate: Decimal, payment: Decimal, paid: int) -> Decimal:
    """What is owed in EUR after that many equal payments, exact; below nothing once too much is paid."""
    if not rate:
        return balance - payment * paid
    growth = (1 + rate) ** paid
    return balance * growth - payment * (growth - 1) / rate
