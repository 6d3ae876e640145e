"""
The days on the way that do not count: closing days of payments in euro, and public holidays of two countries.

It says the names, so that nobody has to wonder why three days became six.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from programs.bank.business_days import holidays_between, knows_holidays, target_closings_between
from programs.bank.payment_facts import Transfers
from programs.saying.tailoring import Sentence
from programs.transfer_timing.ways import Journey


def rests(way: Journey, sent: date, country: str | None, transfers: Transfers) -> list[Sentence]:
    """Sentences about the holidays between sending and the last day of a way; none where there are none."""
    last = way.arrival.last_if_late
    ours = dict(holidays_between(sent, last, transfers.home_country))
    match way.name:
        case "standard" | "incoming":
            return _in_euro(sent, last, ours)
        case "outside" | "incoming_outside":
            return _abroad(sent, last, ours, country)
    return _listed("holidays_on_the_way", ours)


def _in_euro(sent: date, last: date, ours: Mapping[date, str]) -> list[Sentence]:
    closed = dict(target_closings_between(sent, last))
    open_here = {day: name for day, name in ours.items() if day not in closed}
    return [*_listed("closings", closed), *_listed("irish_holiday", open_here)]


def _abroad(sent: date, last: date, ours: Mapping[date, str], country: str | None) -> list[Sentence]:
    if country is None:
        return [*_listed("holidays_on_the_way", ours), Sentence("holidays_abroad")]
    if not knows_holidays(country):
        unknown = Sentence("holidays_unknown", {"country": country})
        return [*_listed("holidays_on_the_way", ours), unknown]
    return _listed("holidays_on_the_way", {**dict(holidays_between(sent, last, country)), **ours})


def _listed(key: str, found: Mapping[date, str]) -> list[Sentence]:
    if not found:
        return []
    parts = tuple(Sentence("holiday", {"name": name, "day": day}) for day, name in sorted(found.items()))
    return [Sentence(key, {"holidays": parts})]
