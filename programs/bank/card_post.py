"""
How long a card is on its way: production, then transit, in business days of the two countries.

The numbers are the bank's (bank.yml, section card_post). Pure: no clock, and no address ever, only a country.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Self

from pydantic import model_validator

from programs.bank.business_days import add_business_days
from programs.bank.units import BusinessDays, Days
from programs.catalogue.model import Facts

Zone = Literal["home", "eea", "world"]
Speed = Literal["standard", "express"]
SPEEDS: tuple[Speed, ...] = ("standard", "express")
ZONES: tuple[Zone, ...] = ("home", "eea", "world")


class CardPost(Facts):
    """
    What the bank states about sending cards. Cut-off is Irish time; countries are ISO 3166-1 alpha-2 codes.
    """

    home_country: str
    order_cut_off: str
    production_business_days: Days
    eea_countries: tuple[str, ...]
    transit_business_days: Mapping[Speed, Mapping[Zone, BusinessDays]]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for speed in SPEEDS:
            for zone in ZONES:
                if zone not in self.transit_business_days.get(speed, {}):
                    raise ValueError(f"transit_business_days lacks {speed}.{zone}")
        return self

    def zone_of(self, country: str) -> Zone:
        """In which zone a country lies."""
        if country == self.home_country:
            return "home"
        return "eea" if country in self.eea_countries else "world"

    def days_to(self, zone: Zone, speed: Speed) -> BusinessDays:
        """Business days from order to arrival in a zone, production included."""
        transit, production = self.transit_business_days[speed][zone], self.production_business_days
        return BusinessDays(shortest=production + transit.shortest, longest=production + transit.longest)


@dataclass(frozen=True)
class Window:
    """
    The first and the last day on which the card should arrive, and the last day on which it leaves the bank.
    """

    first: date
    last: date
    sent: date


def delivery_window(
    post: CardPost, ordered: date, speed: Speed, country: str = "", *, zone: Zone | None = None
) -> Window:
    """
    When a card ordered on a day should arrive. First day: ordered before the cut-off; last day: after it.

    Production counts business days of the bank's country, transit those of the country it goes to. Without a
    country, give the zone: then transit abroad counts Monday to Friday.
    """
    there = post.home_country if zone == "home" else country
    transit = post.transit_business_days[speed][zone or post.zone_of(country)]
    early = add_business_days(ordered, post.production_business_days, post.home_country)
    counted_from = add_business_days(ordered + timedelta(days=1), 0, post.home_country)
    late = add_business_days(counted_from, post.production_business_days, post.home_country)
    return Window(
        first=_arrival(early, transit.shortest, there),
        last=_arrival(late, transit.longest, there),
        sent=late,
    )


def _arrival(sent: date, business_days: int, country: str) -> date:
    """`business_days` business days of the country after the day of sending, which itself does not count."""
    if business_days == 0:
        return add_business_days(sent, 0, country)
    return add_business_days(sent + timedelta(days=1), business_days - 1, country)
