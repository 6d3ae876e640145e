"""
Which plan and card cost a person least, and how to get the card.

Every subset of spending, withdrawals and the wish for plastic gives what follows from it. Pure; the tariff is
the bank's.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from programs.bank.card_post import CardPost, delivery_window
from programs.bank.tariff import MONTHS_A_YEAR, PLANS, Cards, break_even
from programs.card_choice.costs import Costs, first_change, year_costs
from programs.saying.tailoring import Figure, Help, Sentence, joined


def card_choice(
    *,
    abroad_month_eur: Decimal | None,
    cash_month_times: int | None,
    wants_plastic: bool | None,
    today: date,
    cards: Cards,
    card_post: CardPost,
) -> Help:
    """
    The cheapest plan by its cost in a year, where another one begins to be cheaper, and how to get the card.

    `abroad_month_eur` is paid by card in other currencies, `cash_month_times` counts withdrawals in euro.
    None means "not given". Raises nothing for values in range. Source: the bank's tariff, README.md.
    """
    if abroad_month_eur is None:
        plan = _ranges(cash_month_times, cards)
    else:
        plan = _cheapest(abroad_month_eur, cash_month_times, cards)
    card = _card(wants_plastic, cash_month_times, today, cards, card_post)
    free = cards.plans["travel"].foreign_cash_free_month_eur
    more = Help((Sentence("foreign_cash", {"free": free}), Sentence("change")))
    return joined(plan, card, more)


def _cheapest(abroad: Decimal, times: int | None, cards: Cards) -> Help:
    costs = year_costs(abroad, times or 0, cards)
    parts = tuple(
        Sentence("with_plan", {"plan": cards.plans[name].name, "year": costs.by_plan[name]}) for name in PLANS
    )
    figures = [Figure(f"year_{name}", costs.by_plan[name], "EUR") for name in PLANS]
    figures.append(Figure("saved", costs.saved, "EUR"))
    said = [Sentence("year_costs", {"plans": parts}), _best(costs, cards)]
    if times is None:
        said.append(Sentence("free_cash_counted", {"times": cards.basic.cash_free_month_times}))
        change = first_change(abroad, cards)
        if change is not None:
            number, name = change
            said.append(Sentence("from_times", {"times": number, "plan": cards.plans[name].name}))
            figures.append(Figure("other_plan_from", number, "times"))
    return Help(tuple(said), tuple(figures))


def _best(costs: Costs, cards: Cards) -> Sentence:
    best, second = cards.plans[costs.best], cards.plans[costs.second]
    year = costs.by_plan[costs.best]
    params = {
        "plan": best.name,
        "scheme": best.scheme,
        "year": year,
        "next": second.name,
        "saved": costs.saved,
    }
    if not costs.saved:
        return Sentence("best_equal", params)
    return Sentence("best" if year else "best_free", params)


def _ranges(times: int | None, cards: Cards) -> Help:
    """From which spending on each plan is the cheapest, with so many withdrawals."""
    plans, number = cards.plans, times or 0
    plus = break_even(plans["standard"], plans["plus"], number)
    travel = break_even(plans["plus"], plans["travel"], number)
    ranges = Sentence("three_ranges" if plus else "two_ranges", {"plus": plus, "travel": travel})
    figures = (Figure("plus_from", plus, "EUR"), Figure("travel_from", travel, "EUR"))
    if times is None:
        return Help((Sentence("by_yourself"), ranges), figures)
    fee = cards.basic.cash_fee(times) * MONTHS_A_YEAR
    cash = Sentence("cash_fee" if fee else "cash_free", {"times": times, "year": fee})
    return Help((cash, ranges), (Figure("year_cash", fee, "EUR"), *figures))


def _card(wants: bool | None, times: int | None, today: date, cards: Cards, post: CardPost) -> Help:
    """How to get the card: plastic by post, virtual at once."""
    if wants is None:
        return Help((Sentence("either"),))
    if wants:
        last = delivery_window(post, today, "standard", post.home_country).last
        return Help((Sentence("plastic", {"last": last}),), (Figure("plastic_by", last, "date"),))
    number = cards.limits.virtual_cards
    figures = (Figure("virtual_cards", number, "card"),)
    return Help((Sentence("no_plastic_cash" if times else "no_plastic", {"number": number}),), figures)
