"""
A pending payment: by which day it is booked or the money is free again, and how to end it sooner.

Every subset of kind and day gives what follows from it. Pure; the times come from bank.yml.
"""

from __future__ import annotations

from datetime import date, timedelta

from programs.bank.business_days import holidays_between
from programs.bank.holds import KINDS, Holds, Kind
from programs.saying.tailoring import Figure, Help, Sentence

TIPS = {"shop": "tip_shop", "hotel_or_car": "tip_hotel_or_car", "fuel": "tip_fuel", "cash": "tip_cash"}


def pending_payment(
    *, pending_kind: Kind | None, pending_date: date | None, today: date, holds: Holds
) -> Help:
    """
    The day by which the payment is over, as far as the given values allow; without a day, as of today.

    None means "not given". Raises nothing for values in range. Source: PSD2, Article 75, and this folder's
    README.md.
    """
    paid = pending_date or today
    kinds = (pending_kind,) if pending_kind else KINDS
    last_days = {kind: holds.last_day(kind, paid) for kind in kinds}
    said = [] if pending_date else [Sentence("example_today", {"today": today})]
    figures: list[Figure] = []
    for kind, last in last_days.items():
        said.append(_state(kind, last, today))
        figures += [
            Figure(f"{kind}_last", last, "date"),
            Figure(f"{kind}_days_left", (last - today).days, "day"),
        ]
        said += _usual(paid, last, today, holds) if kind == "fuel" else []
        said += _bank_holidays(paid, last, holds) if kind == "cash" else []
    if pending_kind is None:
        said.append(Sentence("weekends_count"))
    over = [kind for kind, last in last_days.items() if last < today]
    return Help((*said, _what_to_do(pending_kind, over)), tuple(figures))


def _state(kind: Kind, last: date, today: date) -> Sentence:
    """Where today lies: before the last day, on it, or after it."""
    params: dict[str, object] = {"last": last, "left": (last - today).days, "days": (today - last).days}
    if kind == "cash":
        return Sentence("cash_over" if today > last else "cash_until", params)
    params["what"] = Sentence(kind)
    if today > last:
        return Sentence("over", params)
    return Sentence("until" if today < last else "until_today", params)


def _usual(paid: date, last: date, today: date, holds: Holds) -> list[Sentence]:
    usual = paid + timedelta(days=holds.fuel_usual_days)
    if today > last:
        return []
    return [Sentence("fuel_usual", {"usual": usual}) if today <= usual else Sentence("fuel_longer")]


def _bank_holidays(paid: date, last: date, holds: Holds) -> list[Sentence]:
    found = holidays_between(paid, last, holds.home_country)
    parts = tuple(Sentence("holiday", {"name": name, "day": day}) for day, name in found)
    return [Sentence("bank_holidays", {"holidays": parts})] if parts else []


def _what_to_do(kind: Kind | None, over: list[Kind]) -> Sentence:
    if kind is None:
        return Sentence("over_partly" if over else "tip_any")
    if not over:
        return Sentence(TIPS[kind])
    return Sentence("over_now_cash" if kind == "cash" else "over_now")
