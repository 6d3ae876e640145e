"""
Checking a budget: which share of the income goes where, how far from the usual rules, and what is left.

Every subset of income, home and other needs gives what follows from it. Pure; the rules come from bank.yml.
"""

from __future__ import annotations

from decimal import Decimal

from programs.budget_check.chart import shares_chart
from programs.budget_check.one_alone import by_costs, by_home, by_income, by_living, by_yourself, reserve_of
from programs.budget_check.shares import BudgetRules, Month, a_week, months_until, part_of, percent_of, split
from programs.saying.tailoring import Figure, Help, Sentence

YEAR_MONTHS = 12
LONG_RESERVE_MONTHS = 600
"""Beyond this, naming the time would be mockery."""


def budget_check(
    *,
    net_income_month_eur: Decimal | None,
    housing_month_eur: Decimal | None,
    living_month_eur: Decimal | None,
    budget_rules: BudgetRules,
) -> Help:
    """
    Shares, gaps to the rules, what is left and the reserve, as far as the given values allow.

    Amounts in EUR a month. None means "not given". Raises nothing for values in range. Source: the 50/30/20
    rule and Eurostat's housing cost overburden, README.md.
    """
    match (net_income_month_eur, housing_month_eur, living_month_eur):
        case (Decimal() as income, Decimal() as home, Decimal() as living):
            return _whole(budget_rules, Month(income, home, living))
        case (Decimal() as income, Decimal() as home, None):
            return _home(budget_rules, income, home)
        case (Decimal() as income, None, Decimal() as living):
            return _living(budget_rules, income, living)
        case (None, Decimal() as home, Decimal() as living):
            return by_costs(budget_rules, home, living)
        case (Decimal() as income, None, None):
            return by_income(budget_rules, income)
        case (None, Decimal() as home, None):
            return by_home(budget_rules, home)
        case (None, None, Decimal() as living):
            return by_living(budget_rules, living)
    return by_yourself(budget_rules)


def _whole(rules: BudgetRules, month: Month) -> Help:
    """All is known: shares, both rules, and then what to do with what is left, or about what is missing."""
    home = _home_rule(rules, month.income_eur, month.home_eur)
    shares = {
        "housing": percent_of(month.home_eur, month.income_eur),
        "living": percent_of(month.living_eur, month.income_eur),
        "left": percent_of(month.left_eur, month.income_eur),
    }
    figures = (
        *(Figure(f"{name}_share", share, "%") for name, share in shares.items()),
        Figure("left_a_month", month.left_eur, "EUR"),
        Figure("needs_over_half", month.needs_eur - part_of(month.income_eur, rules.needs_percent), "EUR"),
        Figure("reserve", month.needs_eur * rules.reserve_months, "EUR"),
        *home.figures,
    )
    if month.left_eur > 0:
        rest = _with_rest(rules, month)
        first = Sentence("shares", {**shares, "left_eur": month.left_eur})
        return Help(
            (first, *home.sentences, *rest.sentences), (*figures, *rest.figures), shares_chart(shares)
        )
    honest = _without_rest(month, shares)
    return Help((honest, *home.sentences, Sentence("home_first")), figures, shares_chart(shares))


def _with_rest(rules: BudgetRules, month: Month) -> Help:
    """Something is left: the rule for needs, a fair split, and the time until a reserve is there."""
    over = month.needs_eur - part_of(month.income_eur, rules.needs_percent)
    wants, aside = split(rules, month)
    target = part_of(month.income_eur, rules.savings_percent)
    said = [
        Sentence("needs_over" if over > 0 else "needs_within", {"gap": abs(over)}),
        Sentence("split", {"wants": wants, "aside": aside}),
    ]
    if aside < target:
        gap = {"savings": rules.savings_percent, "target": target, "gap": target - aside}
        said.append(Sentence("savings_short", gap))
    figures = [Figure("wants", wants, "EUR"), Figure("aside", aside, "EUR")]
    reserve = month.needs_eur * rules.reserve_months
    time = months_until(reserve, aside)
    if 0 < time <= LONG_RESERVE_MONTHS:
        params = {"months": rules.reserve_months, "reserve": reserve, "aside": aside, "time": time}
        said.append(Sentence("reserve_in", params))
        figures.append(Figure("reserve_in", time, "month"))
    elif reserve:
        said.append(reserve_of(rules, month.needs_eur))
    return Help((*said, Sentence("only_marks")), tuple(figures))


def _without_rest(month: Month, shares: dict[str, Decimal]) -> Sentence:
    """Nothing is left, or less: how much is missing, a week and a year."""
    short = -month.left_eur
    params = {**shares, "short": short, "week": a_week(short), "year": short * YEAR_MONTHS}
    return Sentence("shares_too_much" if short else "shares_all_gone", params)


def _home_rule(rules: BudgetRules, income: Decimal, home: Decimal) -> Help:
    """How far the home is from the line of Eurostat."""
    over = home - part_of(income, rules.housing_burden_percent)
    params = {"gap": abs(over), "burden": rules.housing_burden_percent}
    said = Sentence("housing_over" if over > 0 else "housing_within", params)
    return Help((said,), (Figure("home_over_burden", over, "EUR"),))


def _home(rules: BudgetRules, income: Decimal, home: Decimal) -> Help:
    """The home's share, the line, and what it leaves for other needs."""
    share, left = percent_of(home, income), income - home
    rule, room = _home_rule(rules, income, home), part_of(income, rules.needs_percent) - home
    figures = (
        Figure("housing_share", share, "%"),
        Figure("left_a_month", left, "EUR"),
        *rule.figures,
        Figure("room_for_living", room, "EUR"),
    )
    if left <= 0:
        honest = Sentence("housing_takes_all", {"housing": share})
        return Help((honest, *rule.sentences, Sentence("home_first")), figures)
    first = Sentence("housing_share", {"housing": share, "left_eur": left})
    then = Sentence("room_for_living", {"room": room}) if room > 0 else Sentence("home_over_half")
    return Help((first, *rule.sentences, then, Sentence("only_marks")), figures)


def _living(rules: BudgetRules, income: Decimal, living: Decimal) -> Help:
    """The other needs' share, and what it leaves for a home under both rules."""
    share, burden = percent_of(living, income), rules.housing_burden_percent
    room = min(part_of(income, rules.needs_percent) - living, part_of(income, burden))
    figures = (Figure("living_share", share, "%"), Figure("room_for_home", room, "EUR"))
    if living >= income:
        return Help((Sentence("living_takes_all", {"living": share}), Sentence("home_first")), figures)
    first = Sentence("living_share", {"living": share, "left_eur": income - living})
    then = (
        Sentence("room_for_home", {"room": room, "burden": burden})
        if room > 0
        else Sentence("living_over_half")
    )
    return Help((first, then, Sentence("only_marks")), figures)
