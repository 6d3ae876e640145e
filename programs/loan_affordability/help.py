"""
Which loan is affordable: the instalment that an income allows, the loan that it carries, and its cost.

Where nothing is affordable it says so, and whom to turn to. Pure; the loan and the rule come from bank.yml.
"""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

from programs.bank.living_costs import LivingCosts
from programs.loan_affordability.loans import (
    EURO,
    YEAR_MONTHS,
    Loans,
    Offer,
    Room,
    carried,
    income_needed,
    offer_for,
    price,
    room_for,
    shortest_that_works,
    year_apart,
)
from programs.loan_affordability.without_income import by_costs, by_term, by_yourself, how_counted
from programs.saying.tailoring import Figure, Help, Sentence

TERMS_MONTHS = (12, 36, 60, 84)
APART = {"more": "year_more", "less": "year_less"}


def loan_affordability(
    *,
    net_income_month_eur: Decimal | None,
    fixed_costs_month_eur: Decimal | None,
    loan_term_months: int | None,
    loans: Loans,
    living_costs: LivingCosts,
) -> Help:
    """
    The instalment and the loan that fit, or honestly that none does, as far as the given values allow.

    Amounts in EUR a month. None means "not given". Raises nothing for values in range. Source: the bank's
    rule and the annuity formula, README.md.
    """
    income, fixed, term = net_income_month_eur, fixed_costs_month_eur, loan_term_months
    reserve = living_costs.one_adult_month_eur
    if income is None:
        if fixed is not None:
            return by_costs(loans, reserve, fixed, term)
        return by_yourself(loans, reserve) if term is None else by_term(loans, term)
    room = room_for(loans, income, fixed or Decimal(0), reserve)
    if room.most_eur <= 0:
        return _not_now(loans, reserve, income, fixed, term)
    found = _terms(loans, room) if term is None else _term(loans, room, term)
    if found is None:
        return _too_small(loans, reserve, room, fixed, term)
    conditions = _conditions(loans, reserve, room, fixed, found.figures)
    most = Figure("most_a_month", room.most_eur, "EUR")
    return Help(
        (
            _most(loans, reserve, room, fixed),
            *found.sentences,
            *conditions,
            Sentence("not_a_goal"),
            how_counted(loans),
        ),
        (most, *found.figures),
    )


def _most(loans: Loans, reserve: Decimal, room: Room, fixed: Decimal | None) -> Sentence:
    """The most a month, and which of the two limits it comes from."""
    params = {"most": room.most_eur, "share": loans.debt_share_percent, "reserve": reserve}
    if room.by_share_eur <= room.by_living_eur:
        return Sentence("most_by_share", params)
    return Sentence("most_before_rent" if fixed is None else "most_by_living", params)


def _term(loans: Loans, room: Room, months: int) -> Help | None:
    """The loan over this term, and what a year more or less changes."""
    offer = offer_for(loans, room.most_eur, months)
    if offer is None:
        return None
    largest = offer.loan_eur == loans.largest_eur
    said = [Sentence("carries_largest" if largest else "carries", _costs(offer))]
    figures = list(_figures("", offer))
    for name, other_months in year_apart(loans, months).items():
        other = offer_for(loans, room.most_eur, other_months)
        if other is not None:
            said.append(Sentence(APART[name], _costs(other)))
            figures += _figures(f"_{name}", other)
    return Help(tuple(said), tuple(figures))


def _terms(loans: Loans, room: Room) -> Help | None:
    """The loans over several terms, those that fit."""
    offers = [offer for m in TERMS_MONTHS if (offer := offer_for(loans, room.most_eur, m)) is not None]
    if not offers:
        return None
    parts = tuple(Sentence("offer", _costs(offer)) for offer in offers)
    figures = tuple(f for offer in offers for f in _figures(f"_{offer.months}_months", offer))
    return Help((Sentence("offers", {"offers": parts}),), figures)


def _conditions(
    loans: Loans, reserve: Decimal, room: Room, fixed: Decimal | None, figures: tuple[Figure, ...]
) -> list[Sentence]:
    """What the answer rests on: other loans among the fixed costs, or fixed costs that are not known."""
    dearest = max(f.value for f in figures if f.id.startswith("instalment") and isinstance(f.value, Decimal))
    spare = (room.by_living_eur - dearest).quantize(EURO, ROUND_FLOOR)
    said = [Sentence("fixed_room", {"room": spare})] if fixed is None else []
    slack = (room.by_share_eur - dearest).quantize(EURO, ROUND_FLOOR)
    if slack < (spare if fixed is None else fixed):
        key = "other_loans_from" if slack > 0 else "other_loans_all"
        said.append(Sentence(key, {"slack": slack, "share": loans.debt_share_percent}))
    return [*said, Sentence("one_adult", {"reserve": reserve})]


def _not_now(
    loans: Loans, reserve: Decimal, income: Decimal, fixed: Decimal | None, term: int | None
) -> Help:
    """Nothing is left for an instalment: how much is missing, and who helps."""
    left = income - (fixed or Decimal(0))
    if fixed is None:
        said = Sentence("not_now_income", {"reserve": reserve})
    elif left < 0:
        said = Sentence("not_now_short", {"short": -left})
    else:
        said = Sentence("not_now_left", {"left": left, "reserve": reserve})
    needed = _needed(loans, reserve, fixed, term)
    figures = (Figure("left_a_month", left, "EUR"), *needed.figures)
    return Help((said, *needed.sentences, Sentence("ask_mabs")), figures)


def _needed(loans: Loans, reserve: Decimal, fixed: Decimal | None, term: int | None) -> Help:
    """The income with which the smallest loan would fit."""
    smallest = price(loans, loans.smallest_eur, term or loans.longest_term_months)
    income = income_needed(loans, fixed or Decimal(0), reserve, smallest.instalment_eur)
    key = "needed_before_rent" if fixed is None else "needed"
    said = Sentence(key, {**_costs(smallest), "income": income})
    return Help((said,), (Figure("income_needed", income, "EUR"),))


def _too_small(loans: Loans, reserve: Decimal, room: Room, fixed: Decimal | None, term: int | None) -> Help:
    """Something is left, but less than the smallest loan takes over this term, or over any."""
    most, works = room.most_eur, shortest_that_works(loans, room.most_eur)
    params: dict[str, object] = {"most": most, "smallest": loans.smallest_eur}
    saving = Sentence("saving_instead", {"most": most, "year": most * YEAR_MONTHS})
    figures = [Figure("most_a_month", most, "EUR")]
    if term is not None and works is not None:
        carries = carried(loans, most, term)
        said = [
            Sentence("too_small", {**params, "months": term, "carries": carries}),
            Sentence("longer_works", {**params, **_costs(works)}),
        ]
        figures += [Figure("carried", carries, "EUR"), *_figures("_longer", works)]
        return Help((*said, saving, how_counted(loans)), tuple(figures))
    needed = _needed(loans, reserve, fixed, term)
    honest = Sentence("too_small_any", {**params, "months": loans.longest_term_months})
    return Help((honest, *needed.sentences, saving, Sentence("ask_mabs")), (*figures, *needed.figures))


def _costs(offer: Offer) -> dict[str, object]:
    return {
        "loan": offer.loan_eur,
        "months": offer.months,
        "instalment": offer.instalment_eur,
        "interest": offer.interest_eur,
        "total": offer.loan_eur + offer.interest_eur,
    }


def _figures(name: str, offer: Offer) -> tuple[Figure, ...]:
    return (
        Figure(f"loan{name}", offer.loan_eur, "EUR"),
        Figure(f"instalment{name}", offer.instalment_eur, "EUR"),
        Figure(f"interest{name}", offer.interest_eur, "EUR"),
    )
