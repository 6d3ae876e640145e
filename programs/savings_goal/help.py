"""
Saving for a goal: how long it takes, how much a month it needs, and what interest is left after tax.

Every subset of goal, monthly sum and term gives what follows from it. Pure; the rate comes from bank.yml.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, Decimal

from programs.bank.months import months_later
from programs.savings_goal.savings import CENT, LONGEST_MONTHS, Saved, Savings, monthly_for, save, save_until
from programs.saying.tailoring import Figure, Help, Sentence

GOAL_TERMS_MONTHS = (12, 24, 36, 60)
GROWTH_TERMS_MONTHS = (12, 24, 60, 120)
HONEST_TERMS_MONTHS = (120, 240)
YEAR_MONTHS = 12
HUNDRED_EUR, THOUSAND_EUR = Decimal(100), Decimal(1000)


def savings_goal(
    *,
    savings_goal_eur: Decimal | None,
    savings_month_eur: Decimal | None,
    savings_term_months: int | None,
    today: date,
    savings: Savings,
) -> Help:
    """
    Months, monthly sum or balance, whichever follows from the given values; interest is after DIRT.

    Amounts in EUR. None means "not given". Raises nothing for values in range. Source: month-by-month
    account, Taxes Consolidation Act 1997, sections 256 to 261; README.md.
    """
    match (savings_goal_eur, savings_month_eur, savings_term_months):
        case (Decimal() as goal, Decimal() as month, int() as term):
            found = _check(savings, goal, month, term, today)
        case (Decimal() as goal, Decimal() as month, None):
            found = _how_long(savings, goal, month, today)
        case (Decimal() as goal, None, int() as term):
            found = _how_much(savings, goal, term)
        case (None, Decimal() as month, int() as term):
            found = _what_comes(savings, month, term)
        case (Decimal() as goal, None, None):
            found = _goal_alone(savings, goal)
        case (None, Decimal() as month, None):
            found = _month_alone(savings, month)
        case (None, None, int() as term):
            found = _term_alone(savings, term)
        case _:
            found = Help((Sentence("by_yourself"),))
    return Help((*found.sentences, *_rests_on(savings, savings_goal_eur)), found.figures)


def _rests_on(savings: Savings, goal: Decimal | None) -> list[Sentence]:
    """What the answer rests on: nothing saved yet, prices as they are, the rate of today."""
    counted = Sentence("how_counted", {"aer": savings.aer_percent, "dirt": savings.dirt_percent})
    prices = Sentence("prices", {"net": savings.net_percent})
    return [prices, counted] if goal is None else [Sentence("already_saved"), prices, counted]


def _check(savings: Savings, goal: Decimal, month: Decimal, term: int, today: date) -> Help:
    """Does this sum reach the goal in this time? If not, what would."""
    saved, needed = save(savings, month, term), monthly_for(savings, goal, term)
    reached = save_until(savings, month, goal)
    over = saved.balance_eur - goal
    figures = [*_figures(saved), Figure("needed_a_month", needed, "EUR"), Figure("over_goal", over, "EUR")]
    if reached is not None:
        figures.append(Figure("months", reached.months, "month"))
    params = {"month": month, "goal": goal, "balance": saved.balance_eur, "months": term, "over": over}
    if over >= 0:
        said = [Sentence("enough" if over else "enough_exactly", params), _interest(saved)]
        if reached is not None and reached.months < term:
            said.append(Sentence("sooner_there", {"months": reached.months}))
        if needed < month:
            said.append(Sentence("less_would_do", {"needed": needed, "months": term}))
        return Help(tuple(said), tuple(figures))
    said = [
        Sentence("not_enough", {**params, "gap": -over}),
        Sentence("more_would_do", {"needed": needed, "months": term}),
    ]
    if reached is None:
        said.append(_too_long(savings, goal, month))
    else:
        day = months_later(today, reached.months)
        said.append(Sentence("longer_would_do", {"month": month, "months": reached.months, "day": day}))
    return Help(tuple(said), tuple(figures))


def _how_long(savings: Savings, goal: Decimal, month: Decimal, today: date) -> Help:
    """The months until the goal, and what a tenth more changes; honestly if that is longer than a plan."""
    saved = save_until(savings, month, goal)
    if saved is None:
        figures = [
            Figure(f"needed_{m}_months", monthly_for(savings, goal, m), "EUR") for m in HONEST_TERMS_MONTHS
        ]
        return Help((_too_long(savings, goal, month),), tuple(figures))
    day = months_later(today, saved.months)
    said = [
        Sentence("there_in", {"month": month, "goal": goal, "months": saved.months, "day": day}),
        _interest(saved),
    ]
    figures = [Figure("months", saved.months, "month"), Figure("there_on", day, "date"), *_figures(saved)]
    more = (month * Decimal("1.1")).quantize(CENT, ROUND_CEILING)
    faster = save_until(savings, more, goal)
    if faster is not None and saved.months > 1:
        sooner = saved.months - faster.months
        said.append(Sentence("faster" if sooner else "faster_not", {"more": more, "sooner": sooner}))
        figures.append(Figure("months_with_more", faster.months, "month"))
    return Help(tuple(said), tuple(figures))


def _too_long(savings: Savings, goal: Decimal, month: Decimal) -> Sentence:
    """The honest answer: at this pace nobody arrives; these sums would."""
    first, second = HONEST_TERMS_MONTHS
    params = {"month": month, "years": LONGEST_MONTHS, "first": first, "second": second}
    sums = {
        "first_month": monthly_for(savings, goal, first),
        "second_month": monthly_for(savings, goal, second),
    }
    return Sentence("too_long", params | sums)


def _how_much(savings: Savings, goal: Decimal, term: int) -> Help:
    """The monthly sum for this goal and time, and with a year more."""
    needed = monthly_for(savings, goal, term)
    saved = save(savings, needed, term)
    later = monthly_for(savings, goal, term + YEAR_MONTHS)
    said = (
        Sentence("monthly_needed", {"goal": goal, "months": term, "needed": needed}),
        _interest(saved),
        Sentence("a_year_more", {"needed": later}),
    )
    own = (Figure("needed_a_month", needed, "EUR"), Figure("needed_with_a_year_more", later, "EUR"))
    return Help(said, (*own, *_figures(saved)))


def _what_comes(savings: Savings, month: Decimal, term: int) -> Help:
    saved = save(savings, month, term)
    have = Sentence("you_have", {"month": month, "months": term, "balance": saved.balance_eur})
    return Help((have, _interest(saved)), _figures(saved))


def _goal_alone(savings: Savings, goal: Decimal) -> Help:
    sums = {months: monthly_for(savings, goal, months) for months in GOAL_TERMS_MONTHS}
    terms = tuple(Sentence("needed_in", {"needed": needed, "months": m}) for m, needed in sums.items())
    figures = tuple(Figure(f"needed_{m}_months", needed, "EUR") for m, needed in sums.items())
    return Help((Sentence("needed_over", {"goal": goal, "terms": terms}),), figures)


def _month_alone(savings: Savings, month: Decimal) -> Help:
    sums = {months: save(savings, month, months).balance_eur for months in GROWTH_TERMS_MONTHS}
    terms = tuple(Sentence("after", {"balance": balance, "months": m}) for m, balance in sums.items())
    figures = tuple(Figure(f"balance_{m}_months", balance, "EUR") for m, balance in sums.items())
    return Help((Sentence("grows_to", {"month": month, "terms": terms}),), figures)


def _term_alone(savings: Savings, term: int) -> Help:
    balance = save(savings, HUNDRED_EUR, term).balance_eur
    needed = monthly_for(savings, THOUSAND_EUR, term)
    said = (
        Sentence("per_hundred", {"months": term, "balance": balance}),
        Sentence("per_thousand", {"needed": needed}),
    )
    return Help(
        said, (Figure("balance_per_hundred", balance, "EUR"), Figure("needed_per_thousand", needed, "EUR"))
    )


def _interest(saved: Saved) -> Sentence:
    params = {"put_in": saved.put_in_eur, "interest": saved.interest_eur, "dirt": saved.dirt_eur}
    return Sentence("interest" if saved.interest_eur else "no_interest", params)


def _figures(saved: Saved) -> tuple[Figure, Figure, Figure]:
    return (
        Figure("balance", saved.balance_eur, "EUR"),
        Figure("interest", saved.interest_eur, "EUR"),
        Figure("dirt", saved.dirt_eur, "EUR"),
    )
