"""
Which loan is affordable while the income is not known: incomes that would do, instalments, how to count.

Pure; part of help.py, apart from it because it starts from the other end.
"""

from __future__ import annotations

from decimal import Decimal

from programs.loan_affordability.loans import Loans, carried, income_needed, price, year_apart
from programs.saying.tailoring import Figure, Help, Sentence

HUNDRED_EUR = Decimal(100)
LOANS_EUR = (Decimal(1000), Decimal(5000), Decimal(10000))
MIDDLE_EUR = Decimal(5000)
TERMS_MONTHS = (12, 36, 60)
APART = {"more": "term_more", "less": "term_less"}


def how_counted(loans: Loans) -> Sentence:
    """The rate that was used, and that this is no offer."""
    return Sentence("how_counted", {"rate": loans.yearly_rate_percent})


def by_costs(loans: Loans, reserve: Decimal, fixed: Decimal, term: int | None) -> Help:
    """The incomes with which loans would fit beside these costs, over one term or over several."""
    cases = (
        [(loan, term) for loan in LOANS_EUR] if term else [(MIDDLE_EUR, months) for months in TERMS_MONTHS]
    )
    parts: list[Sentence] = []
    figures = [Figure("before_any_loan", fixed + reserve, "EUR")]
    for loan, months in cases:
        instalment = price(loans, loan, months).instalment_eur
        income = income_needed(loans, fixed, reserve, instalment)
        params = {"income": income, "loan": loan, "months": months, "instalment": instalment}
        parts.append(Sentence("income_for" if term else "income_over", params))
        figures.append(Figure(f"income_for_{loan}_over_{months}_months", income, "EUR"))
    said = Sentence("spoken_for", {"floor": fixed + reserve, "reserve": reserve})
    key, rest = ("incomes", {"months": term}) if term else ("incomes_over", {"loan": MIDDLE_EUR})
    own_rule = Sentence("needed_with_loans", {"share": loans.debt_share_percent})
    named = Sentence(key, {**rest, "incomes": tuple(parts)})
    return Help((said, named, own_rule, how_counted(loans)), tuple(figures))


def by_term(loans: Loans, months: int) -> Help:
    """What loans cost over this term, and what a year more or less would change."""
    offers = [price(loans, loan, months) for loan in LOANS_EUR]
    parts: list[Sentence] = []
    figures: list[Figure] = []
    for offer in offers:
        instalment, interest = offer.instalment_eur, offer.interest_eur
        parts.append(
            Sentence(
                "instalment_for", {"loan": offer.loan_eur, "instalment": instalment, "interest": interest}
            )
        )
        figures.append(Figure(f"instalment_for_{offer.loan_eur}", instalment, "EUR"))
        figures.append(Figure(f"interest_for_{offer.loan_eur}", interest, "EUR"))
    said = [Sentence("instalments", {"months": months, "offers": tuple(parts)})]
    for name, other in year_apart(loans, months).items():
        at = price(loans, MIDDLE_EUR, other)
        params = {"loan": MIDDLE_EUR, "instalment": at.instalment_eur, "interest": at.interest_eur}
        said.append(Sentence(APART[name], {"months": other, **params}))
        figures.append(Figure(f"instalment_a_year_{name}", at.instalment_eur, "EUR"))
    hundred = Sentence("per_hundred_over", {"loan": carried(loans, HUNDRED_EUR, months), "months": months})
    said.append(Sentence("per_hundred", {"hundred": HUNDRED_EUR, "loans": (hundred,)}))
    return Help((*said, how_counted(loans)), tuple(figures))


def by_yourself(loans: Loans, reserve: Decimal) -> Help:
    """Nothing is known: the two limits, and what each hundred euros carries."""
    parts = tuple(
        Sentence("per_hundred_over", {"loan": carried(loans, HUNDRED_EUR, months), "months": months})
        for months in TERMS_MONTHS
    )
    said = (
        Sentence("by_yourself", {"share": loans.debt_share_percent, "reserve": reserve}),
        Sentence("per_hundred", {"hundred": HUNDRED_EUR, "loans": parts}),
        how_counted(loans),
    )
    return Help(said, (Figure("one_adult_a_month", reserve, "EUR"),))
