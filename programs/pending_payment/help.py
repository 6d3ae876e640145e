"""
A pending payment: by which day it is booked or the money is free again, and how to end it sooner.

Every subset of kind and day gives what follows from it. Pure; the times come from this folder's bank.yml.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from programs.business_days import add_days, holidays_between, open_in
from programs.card_post import BusinessDays
from programs.model import Facts
from programs.tailoring import Figure, Help, Sentence

Kind = Literal["shop", "hotel_or_car", "fuel", "cash"]
KINDS: tuple[Kind, ...] = ("shop", "hotel_or_car", "fuel", "cash")
TIPS = {"shop": "tip_shop", "hotel_or_car": "tip_hotel_or_car", "fuel": "tip_fuel", "cash": "tip_cash"}
CalendarDays = Annotated[int, Field(ge=0, le=60)]


class Holds(Facts):
    """How long money stays held on a card at the most, in calendar days; cash in business days."""

    home_country: str
    shop_days: CalendarDays
    hotel_or_car_days: CalendarDays
    fuel_usual_days: CalendarDays
    fuel_days: CalendarDays
    cash_business_days: BusinessDays

    def last_day(self, kind: Kind, paid: date) -> date:
        """The day by which a hold of `paid` has ended."""
        if kind == "cash":
            next_day = paid + timedelta(days=1)
            return add_days(next_day, self.cash_business_days.longest - 1, open_in(self.home_country))
        days = {"shop": self.shop_days, "hotel_or_car": self.hotel_or_car_days, "fuel": self.fuel_days}
        return paid + timedelta(days=days[kind])


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
