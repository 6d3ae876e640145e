"""
Which instalment is affordable and which loan it carries: the bank's rule, and the annuity formula.

Amounts in EUR, exact decimals: limits are rounded down to the cent, loans down to the euro, instalments up to
the cent, so that no rounding ever makes a loan look easier than it is. Pure; knows no texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from programs.bank.annuity import CENT, debt_for, payment_for, payoff
from programs.catalogue.model import Facts

EURO = Decimal(1)
YEAR_MONTHS = 12


class Loans(Facts):
    """The bank's personal loan and its rule of affordability. Rates and shares in percent, terms: months."""

    yearly_rate_percent: Decimal
    apr_percent: Decimal
    shortest_term_months: int
    longest_term_months: int
    smallest_eur: Decimal
    largest_eur: Decimal
    from_years: int
    debt_share_percent: Decimal


@dataclass(frozen=True)
class Offer:
    """A loan, its term, and what it costs: a month, and in interest over the whole term."""

    loan_eur: Decimal
    months: int
    instalment_eur: Decimal
    interest_eur: Decimal


@dataclass(frozen=True)
class Room:
    """The two limits of an instalment: the share of the income, and what the costs of living leave."""

    by_share_eur: Decimal
    by_living_eur: Decimal

    @property
    def most_eur(self) -> Decimal:
        """The most that a new loan may cost a month; zero or below: nothing is affordable."""
        return min(self.by_share_eur, self.by_living_eur)


def room_for(loans: Loans, income_eur: Decimal, fixed_eur: Decimal, reserve_eur: Decimal) -> Room:
    """What an income leaves for an instalment, EUR a month, under both limits."""
    share = (income_eur * loans.debt_share_percent / 100).quantize(CENT, ROUND_FLOOR)
    return Room(share, income_eur - fixed_eur - reserve_eur)


def price(loans: Loans, loan_eur: Decimal, months: int) -> Offer:
    """What a loan costs over a term; the last instalment may be a few cents smaller than the others."""
    instalment = payment_for(loan_eur, loans.yearly_rate_percent, months)
    interest = payoff(loan_eur, loans.yearly_rate_percent, instalment).interest_eur
    return Offer(loan_eur, months, instalment, interest)


def carried(loans: Loans, instalment_eur: Decimal, months: int) -> Decimal:
    """The loan that an instalment pays back over a term, rounded down to the euro; 0 if there is nothing."""
    if instalment_eur <= 0:
        return Decimal(0)
    return debt_for(instalment_eur, loans.yearly_rate_percent, months).quantize(EURO, ROUND_FLOOR)


def offer_for(loans: Loans, instalment_eur: Decimal, months: int) -> Offer | None:
    """The largest loan for an instalment over a term, as far as the bank lends; None: not the smallest."""
    loan = min(carried(loans, instalment_eur, months), loans.largest_eur)
    return price(loans, loan, months) if loan >= loans.smallest_eur else None


def shortest_that_works(loans: Loans, instalment_eur: Decimal) -> Offer | None:
    """The smallest loan over the shortest term that the instalment allows; None: over no term."""
    for months in range(loans.shortest_term_months, loans.longest_term_months + 1):
        offer = price(loans, loans.smallest_eur, months)
        if offer.instalment_eur <= instalment_eur:
            return offer
    return None


def income_needed(loans: Loans, fixed_eur: Decimal, reserve_eur: Decimal, instalment_eur: Decimal) -> Decimal:
    """The smallest income after tax, EUR a month to the cent, with which an instalment keeps both limits."""
    by_share = (instalment_eur * 100 / loans.debt_share_percent).quantize(CENT, ROUND_CEILING)
    return max(by_share, fixed_eur + reserve_eur + instalment_eur)


def year_apart(loans: Loans, months: int) -> dict[str, int]:
    """A year more and a year less than a term, as far as the bank lends over them."""
    terms = {"more": months + YEAR_MONTHS, "less": months - YEAR_MONTHS}
    return {k: m for k, m in terms.items() if loans.shortest_term_months <= m <= loans.longest_term_months}
