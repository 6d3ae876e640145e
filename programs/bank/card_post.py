"""
How long a card is on its way: production, then transit, in business days of the two countries.

The numbers are the bank's (bank.yml, section card_post). Pure: no clock, and no address ever, only a country.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, Self

from pydantic import model_validator

from programs.bank.business_days import A_DAY, first_open, open_day_after, open_in
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
    home, production = open_in(post.home_country), post.production_business_days
    early = open_day_after(first_open(ordered, home), production, home)
    late = open_day_after(first_open(ordered + A_DAY, home), production, home)
    return Window(
        first=open_day_after(early, transit.shortest, open_in(there)),
        last=open_day_after(late, transit.longest, open_in(there)),
        sent=late,
    )
