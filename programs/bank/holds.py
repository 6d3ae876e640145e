"""
Money that is held on a card until a payment is booked: by which day the hold has ended, by its kind.

The numbers are in bank.yml, section holds. Pure: no clock.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from programs.bank.business_days import open_day_after, open_in
from programs.bank.units import BusinessDays, Days
from programs.catalogue.model import Facts

Kind = Literal["shop", "hotel_or_car", "fuel", "cash"]
KINDS: tuple[Kind, ...] = ("shop", "hotel_or_car", "fuel", "cash")


class Holds(Facts):
    """How long money stays held on a card at the most, in calendar days; cash in business days."""

    home_country: str
    shop_days: Days
    hotel_or_car_days: Days
    fuel_usual_days: Days
    fuel_days: Days
    cash_business_days: BusinessDays

    def last_day(self, kind: Kind, paid: date) -> date:
        """The day by which a hold of `paid` has ended."""
        if kind == "cash":
            return open_day_after(paid, self.cash_business_days.longest, open_in(self.home_country))
        days = {"shop": self.shop_days, "hotel_or_car": self.hotel_or_car_days, "fuel": self.fuel_days}
        return paid + timedelta(days=days[kind])
