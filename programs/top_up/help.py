"""
Topping up an account: what it costs, in how many top-ups it goes, and when the money is there, or back.

Every subset of way, amount and day gives what follows from it. Pure; fees, limits and times are in bank.yml.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from programs.bank.payment_facts import TopUps, Transfers
from programs.saying.tailoring import Help, Sentence
from programs.top_up.sums import CARDS, Method, costs, rules
from programs.top_up.times import what_if_late, when


def top_up(
    *,
    top_up_method: Method | None,
    top_up_amount_eur: Decimal | None,
    top_up_date: date | None,
    today: date,
    top_ups: TopUps,
    transfers: Transfers,
) -> Help:
    """
    The fee, the number of top-ups and the day of arrival, as far as the given values allow; without a day, as
    of today.

    Amounts in EUR. None means "not given". Raises nothing for values in range. Source: the bank's tariff,
    PSD2, Articles 83, 85 and 87, and this folder's README.md.
    """
    method, amount = top_up_method, top_up_amount_eur
    start = top_up_date or today
    if amount is not None:
        money = costs(top_ups, transfers, method, amount, start if start >= today else None)
    else:
        money = rules(top_ups, method) if method else Help(())
    if top_up_date is None and method is None and amount is not None:
        return money
    times = when(top_ups, transfers, method, start, today)
    example = () if top_up_date or method in CARDS else (Sentence("example_today", {"today": today}),)
    late = what_if_late(times, method)
    said = (*money.sentences, *example, *times.sentences, *late)
    return Help(said, (*money.figures, *times.figures))
