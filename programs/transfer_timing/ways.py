"""
The ways that money may take, by what is known of the kind and the country: a decision table, README.md.

Instant transfers take seconds and are no journey; where a bank may not take them, the standard way is beside.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from programs.bank import payment_times
from programs.bank.payment_facts import Transfers
from programs.bank.payment_times import Arrival
from programs.saying.tailoring import Sentence

Name = Literal["standard", "outside", "incoming", "incoming_outside", "cheque", "cash"]


@dataclass(frozen=True)
class Journey:
    """One way: its name in words, the days of arrival, and what "after the cut-off" means for it."""

    name: Name
    what: Sentence
    arrival: Arrival
    if_late: Sentence
    is_window: bool = False
    """True if there is a first day that is worth naming."""


def journeys(transfers: Transfers, kind: str | None, sent: date, country: str | None) -> tuple[Journey, ...]:
    """The ways that fit; none for an instant transfer that every bank has to take."""
    return tuple(_journey(transfers, name, sent, country) for name in _names(transfers, kind, country))


def _names(transfers: Transfers, kind: str | None, country: str | None) -> tuple[Name, ...]:
    sepa = None if country is None else transfers.in_sepa(country)
    sure = country in transfers.instant_countries
    match kind, sepa:
        case "cheque", _:
            return ("cheque",)
        case "cash", _:
            return ("cash",)
        case "incoming", None:
            return ("incoming", "incoming_outside")
        case "incoming", _:
            return ("incoming",) if sepa else ("incoming_outside",)
        case "instant", None:
            return ()
        case "instant", True:
            return () if sure else ("standard",)
        case (("standard" | None), None):
            return ("standard", "outside")
        case (("standard" | None), True):
            return ("standard",)
        case None, _:
            return ("outside", "incoming_outside")
    return ("outside",)


def _journey(transfers: Transfers, name: Name, sent: date, country: str | None) -> Journey:
    at_home = Sentence("if_cash", {"cut_off": transfers.cash_cut_off})
    by_noon = Sentence("if_standard", {"cut_off": transfers.outside_cut_off})
    by_four = Sentence("if_standard", {"cut_off": transfers.standard_cut_off})
    elsewhere = Sentence("if_incoming")
    match name:
        case "standard":
            what = _what("standard", "standard_to", country)
            return Journey(name, what, payment_times.standard(transfers, sent), by_four)
        case "outside":
            what = _what("outside", "outside_to", country)
            return Journey(name, what, payment_times.outside(transfers, sent, country), by_noon, True)
        case "incoming":
            what = _what("incoming", "incoming_from", country)
            return Journey(name, what, payment_times.incoming(transfers, sent), elsewhere)
        case "incoming_outside":
            what = _what("incoming_outside", "incoming_outside_from", country)
            arrival = payment_times.incoming_outside(transfers, sent, country)
            return Journey(name, what, arrival, elsewhere, True)
        case "cheque":
            abroad = None if country == transfers.home_country else country
            what = _what("cheque", "cheque_from", abroad)
            return Journey(name, what, payment_times.cheque(transfers, sent, country), at_home, True)
        case "cash":
            return Journey(name, Sentence("cash"), payment_times.cash(transfers, sent), at_home)


def _what(plain: str, with_country: str, country: str | None) -> Sentence:
    return Sentence(with_country, {"country": country}) if country else Sentence(plain)
