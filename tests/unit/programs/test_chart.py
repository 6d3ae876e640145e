"""A chart shows what the help says: the plan's own figures, in points that a small screen can show."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from programs import WordedChart, help_for
from programs.bank.annuity import owed_after, payoff, shrinks
from programs.saying.tailoring import Chart, Help, Sentence, joined
from tests.catalogue import our_catalogue

CATALOGUE = our_catalogue()
DEBT, BUDGET = CATALOGUE.programs["debt_payoff"], CATALOGUE.programs["budget_check"]
TODAY = date(2026, 5, 6)


def debt(balance: str, rate: str, payment: str) -> WordedChart | None:
    values = {
        "debt_balance_eur": Decimal(balance),
        "yearly_rate_percent": Decimal(rate),
        "monthly_payment_eur": Decimal(payment),
    }
    return help_for(DEBT, values, today=TODAY).chart


def budget(income: str, home: str, living: str) -> WordedChart | None:
    values = {
        "net_income_month_eur": Decimal(income),
        "housing_month_eur": Decimal(home),
        "living_month_eur": Decimal(living),
    }
    return help_for(BUDGET, values, today=TODAY).chart


def test_the_debt_s_line_goes_from_today_to_nothing_in_equal_steps() -> None:
    chart = debt("2000", "19.5", "100")
    assert chart is not None
    assert (chart.kind, chart.unit, chart.title) == ("line", "EUR", "What you would still owe")
    assert [point.label for point in chart.points[:3]] == ["today", "after 3 months", "after 6 months"]
    assert chart.points[-1].label == "after 2 years and 1 month"
    assert [point.at for point in chart.points] == [0, 3, 6, 9, 12, 15, 18, 21, 24, 25]
    assert (chart.points[0].shown, chart.points[-1].value) == ("€2,000", 0)
    assert chart.text == (
        "Today you owe €2,000. After 12 months it is €1,113.54, and after 2 years and 1 month nothing."
    )


@settings(max_examples=60)
@given(
    balance=st.decimals(100, 50_000, places=2),
    rate=st.decimals(0, 30, places=1),
    share=st.decimals("0.03", "0.9", places=2),
)
def test_the_debt_s_line_falls_and_fits_a_small_screen(
    balance: Decimal, rate: Decimal, share: Decimal
) -> None:
    payment = (balance * share).quantize(Decimal("0.01"))
    chart = debt(str(balance), str(rate), str(payment))
    values = [point.value for point in chart.points] if chart else []
    assert values == sorted(set(values), reverse=True)
    assert len(values) <= 13
    assert shrinks(balance, rate, payment)
    assert bool(chart) is (payoff(balance, rate, payment).months > 1)


@settings(max_examples=60)
@given(
    balance=st.decimals(100, 50_000, places=2),
    rate=st.decimals(0, 30, places=1),
    payment=st.decimals(1, 5_000, places=2),
    months=st.integers(0, 60),
)
def test_what_is_owed_after_some_months_is_that_of_counting_month_by_month(
    balance: Decimal, rate: Decimal, payment: Decimal, months: int
) -> None:
    owed = Fraction(balance)
    for _ in range(months):
        owed += owed * Fraction(rate) / 1200 - Fraction(payment)
    assert abs(Fraction(owed_after(balance, rate, payment, months)) - max(owed, Fraction(0))) <= Fraction(
        1, 200
    )


def test_a_debt_that_never_ends_or_is_gone_at_once_has_no_line() -> None:
    assert debt("10000", "24", "150") is None
    assert debt("100", "12", "500") is None
    assert debt("10000", "12", "100.01") is None


def test_the_budget_s_bars_are_the_shares_that_the_help_says() -> None:
    chart = budget("2600", "1100", "800")
    assert chart is not None
    assert (chart.kind, chart.unit) == ("bars", "%")
    assert [(point.label, point.shown) for point in chart.points] == [
        ("Your home", "42.3%"),
        ("What else you have to pay", "30.8%"),
        ("Left", "26.9%"),
    ]
    for point in chart.points:
        assert point.shown in chart.text


def test_what_is_missing_is_a_bar_of_its_own() -> None:
    chart = budget("2600", "1300", "1500")
    assert chart is not None
    assert (chart.points[-1].label, chart.points[-1].value) == ("Missing", Decimal("7.7"))
    assert "7.7% of your income is missing" in chart.text


def test_what_is_not_known_is_not_drawn() -> None:
    values = {"net_income_month_eur": Decimal(2600)}
    assert help_for(BUDGET, values, today=TODAY).chart is None


def test_several_helps_together_keep_the_first_chart() -> None:
    chart = Chart("bars", Sentence("chart_title"), Sentence("chart_text"), "%", ())
    assert joined(Help(()), Help((), chart=chart), Help(())).chart is chart
