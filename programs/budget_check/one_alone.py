"""
Checking a budget while the income or everything else is not known: sums by the rules, incomes, how to count.

Pure; part of help.py, apart from it because it starts from the other end.
"""

from __future__ import annotations

from decimal import Decimal

from programs.budget_check.shares import BudgetRules, a_day, income_for, part_of
from programs.saying.tailoring import Figure, Help, Sentence

YEAR_MONTHS = 12


def by_costs(rules: BudgetRules, home: Decimal, living: Decimal) -> Help:
    """The incomes at which these needs keep the rules."""
    needs = home + living
    for_rule = income_for(needs, rules.needs_percent)
    said = [
        Sentence("needs_sum", {"needs": needs, "year": needs * YEAR_MONTHS}),
        Sentence("income_for_rule", {"income": for_rule}),
    ]
    figures = [
        Figure("needs", needs, "EUR"),
        Figure("income_for_rule", for_rule, "EUR"),
        Figure("reserve", needs * rules.reserve_months, "EUR"),
    ]
    if home:
        line = _income_for_home(rules, home)
        said += line.sentences
        figures += line.figures
    return Help((*said, reserve_of(rules, needs), Sentence("only_marks")), tuple(figures))


def by_income(rules: BudgetRules, income: Decimal) -> Help:
    """What the rules mean in euros for this income."""
    needs, wants = part_of(income, rules.needs_percent), part_of(income, rules.wants_percent)
    savings, limit = income - needs - wants, part_of(income, rules.housing_burden_percent)
    said = (
        Sentence("rule_sums", {"needs": needs, "wants": wants, "savings": savings}),
        Sentence("home_limit", {"limit": limit, "burden": rules.housing_burden_percent}),
        reserve_of(rules, needs),
        Sentence("only_marks"),
    )
    sums = {"needs": needs, "wants": wants, "savings": savings, "home_limit": limit}
    return Help(said, tuple(Figure(name, amount, "EUR") for name, amount in sums.items()))


def by_home(rules: BudgetRules, home: Decimal) -> Help:
    """What a home costs in a year, and the income that it fits."""
    year = Figure("home_a_year", home * YEAR_MONTHS, "EUR")
    if not home:
        return Help((Sentence("no_home_costs"), _marks(rules), Sentence("only_marks")), (year,))
    line = _income_for_home(rules, home)
    said = (Sentence("home_a_year", {"year": home * YEAR_MONTHS}), *line.sentences, Sentence("only_marks"))
    return Help(said, (year, *line.figures))


def by_living(rules: BudgetRules, living: Decimal) -> Help:
    """What the other needs come to in a year and a day."""
    day, year = a_day(living), living * YEAR_MONTHS
    said = (Sentence("living_a_year", {"year": year, "day": day}), _marks(rules), Sentence("only_marks"))
    return Help(said, (Figure("living_a_year", year, "EUR"), Figure("living_a_day", day, "EUR")))


def by_yourself(rules: BudgetRules) -> Help:
    """Nothing is known: how to count."""
    return Help((_marks(rules), Sentence("only_marks")))


def reserve_of(rules: BudgetRules, needs: Decimal) -> Sentence:
    """The reserve for these needs a month."""
    return Sentence("reserve", {"months": rules.reserve_months, "reserve": needs * rules.reserve_months})


def _income_for_home(rules: BudgetRules, home: Decimal) -> Help:
    burden = rules.housing_burden_percent
    income = income_for(home, burden)
    said = Sentence("income_for_home", {"burden": burden, "income": income})
    return Help((said,), (Figure("income_for_home", income, "EUR"),))


def _marks(rules: BudgetRules) -> Sentence:
    params = {"burden": rules.housing_burden_percent, "needs": rules.needs_percent}
    return Sentence("by_yourself", {**params, "savings": rules.savings_percent})
