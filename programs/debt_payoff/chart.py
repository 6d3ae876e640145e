"""
What is still owed, month by month, until the debt is paid: a line to look at.

Pure. The values are those of the plan (programs/bank/annuity.py), not a drawing of their own.
"""

from __future__ import annotations

from decimal import Decimal

from programs.bank.annuity import owed_after, payoff
from programs.saying.tailoring import Chart, Point, Sentence

MOST_STEPS = 12
"""Steps of equal length along the line; more are not seen on a phone."""


def balance_chart(balance: Decimal, rate: Decimal, payment: Decimal) -> Chart | None:
    """
    The line from today's debt to nothing; None if one payment is enough, so that there is no line to see.

    Amounts in EUR, the rate in percentage points a year. Raises ValueError if the debt does not shrink.
    """
    months = payoff(balance, rate, payment).months
    if months == 1:
        return None
    step = -(-months // MOST_STEPS)
    halfway = months // 2
    text = {
        "start": balance,
        "halfway": halfway,
        "then": owed_after(balance, rate, payment, halfway),
        "months": months,
    }
    return Chart(
        kind="line",
        title=Sentence("chart_title"),
        text=Sentence("chart_text", text),
        unit="EUR",
        points=(
            _point(0, balance),
            *(
                _point(month, owed_after(balance, rate, payment, month))
                for month in range(step, months, step)
            ),
            _point(months, Decimal(0)),
        ),
    )


def _point(month: int, owed: Decimal) -> Point:
    label = Sentence("chart_month", {"month": month}) if month else Sentence("chart_today")
    return Point(label, owed, Sentence("chart_owed", {"owed": owed}), at=month)
