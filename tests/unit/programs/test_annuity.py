"""The debt's arithmetic agrees with paying month by month, which is simulated here in another way."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from programs.bank.annuity import debt_for, monthly_interest, payment_for, payoff, shrinks

CENT = Decimal("0.01")
balances = st.decimals(min_value=1, max_value=1_000_000, places=2)
rates = st.decimals(min_value=0, max_value=100, places=2)
payments = st.decimals(min_value=1, max_value=100_000, places=2)
LONG = 400


@st.composite
def shrinking(draw: st.DrawFn) -> tuple[Decimal, Decimal, Decimal]:
    """Balance, rate and a payment above the interest, from a cent more to the whole debt."""
    balance, rate = draw(balances), draw(rates)
    extra = draw(st.decimals(min_value=balance / 200, max_value=balance, places=2))
    payment = (balance * rate / 1200).quantize(CENT, ROUND_CEILING) + max(extra, CENT)
    return balance, rate, payment


@st.composite
def growing(draw: st.DrawFn) -> tuple[Decimal, Decimal, Decimal]:
    """Balance, rate and a payment that is at most the interest."""
    balance, rate = draw(balances), draw(rates)
    interest = (balance * rate / 1200).quantize(CENT, ROUND_FLOOR)
    return balance, rate, draw(st.decimals(min_value=0, max_value=interest, places=2))


def simulate(balance: Decimal, rate: Decimal, payment: Decimal) -> tuple[int, Fraction, Fraction] | None:
    """Months, last payment and interest by adding interest and paying, month by month, in exact fractions."""
    owed, monthly, pays = Fraction(balance), Fraction(rate) / 1200, Fraction(payment)
    months, interest = 0, Fraction(0)
    while months < LONG:
        months += 1
        interest += owed * monthly
        owed += owed * monthly
        if owed < pays + Fraction(1, 200):  # less than half a cent is nothing
            return months, owed, interest
        owed -= pays
    return None


@given(debt=shrinking())
def test_the_plan_is_what_paying_month_by_month_gives(debt):
    balance, rate, payment = debt
    months, last, interest = simulate(balance, rate, payment)
    plan = payoff(balance, rate, payment)
    assert plan.months == months
    assert abs(Fraction(plan.last_payment_eur) - last) <= Fraction(1, 200)
    assert abs(Fraction(plan.interest_eur) - interest) <= Fraction(1, 100)


@given(debt=shrinking())
def test_what_is_paid_is_the_debt_and_the_interest_to_the_cent(debt):
    balance, rate, payment = debt
    plan = payoff(balance, rate, payment)
    assert (plan.months - 1) * payment + plan.last_payment_eur == balance + plan.interest_eur
    assert 0 < plan.last_payment_eur <= payment
    assert plan.interest_eur >= 0


@given(debt=shrinking())
def test_paying_more_is_never_slower_and_never_dearer(debt):
    balance, rate, payment = debt
    less, more = payoff(balance, rate, payment), payoff(balance, rate, payment * 2)
    assert more.months <= less.months
    assert more.interest_eur <= less.interest_eur


@given(balance=balances, rate=rates, months=st.sampled_from([12, 24, 36]))
def test_the_payment_for_a_term_does_it_in_time_and_a_cent_less_does_not(balance, rate, months):
    payment = payment_for(balance, rate, months)
    assume(payment >= 1)
    assert shrinks(balance, rate, payment)
    assert payoff(balance, rate, payment).months <= months
    less = payment - CENT
    if shrinks(balance, rate, less):
        rest = payoff(balance, rate, less)
        assert rest.months > months or rest.last_payment_eur == less


@given(payment=payments, rate=rates, months=st.sampled_from([12, 24, 36]))
def test_the_debt_for_a_payment_is_paid_in_time(payment, rate, months):
    debt = debt_for(payment, rate, months)
    assert payoff(debt, rate, payment).months <= months


@given(debt=growing())
def test_a_debt_that_does_not_shrink_has_no_plan(debt):
    balance, rate, payment = debt
    assert not shrinks(balance, rate, payment)
    with pytest.raises(ValueError):
        payoff(balance, rate, payment)
    assert monthly_interest(balance, rate) >= payment


def test_a_textbook_example():
    # 200,000 at 6 % over 30 years: 1,199.10 a month (a standard mortgage example)
    assert payment_for(Decimal(200_000), Decimal(6), 360) == Decimal("1199.11")  # rounded up to the cent
