"""
When money arrives: by which day it should be there, and what to do if it is late.

Every subset of kind, day and country gives what follows from it. Pure; the bank's times come from bank.yml.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from programs.bank.payment_facts import Transfers
from programs.saying.tailoring import Figure, Help, Sentence
from programs.transfer_timing.rests import rests
from programs.transfer_timing.ways import Journey, journeys

Kind = Literal["standard", "instant", "incoming", "cheque", "cash"]
ADVICE = {
    "standard": "advice_sent",
    "instant": "advice_sent",
    "incoming": "advice_incoming",
    "cheque": "advice_lodged",
    "cash": "advice_lodged",
    None: "advice_either",
}


def transfer_timing(
    *,
    transfer_kind: Kind | None,
    transfer_date: date | None,
    transfer_country: str | None,
    today: date,
    transfers: Transfers,
) -> Help:
    """
    The day by which money should be there, as far as the given values allow; without a day, as of today.

    `transfer_country` is the ISO 3166-1 alpha-2 code of the other country. None means "not given". Raises
    nothing for values in range. Source: PSD2, Articles 78, 83 and 85, and this folder's README.md.
    """
    sent = transfer_date or today
    ways = journeys(transfers, transfer_kind, sent, transfer_country)
    said: list[Sentence] = []
    figures: list[Figure] = []
    if transfer_date is None and ways:
        said.append(Sentence("example_today", {"today": today}))
    if transfer_kind in (None, "instant"):
        instant = _instant(transfers, transfer_country, sent, today, asked=transfer_kind == "instant")
        said += instant.sentences
        figures += instant.figures
    for way in ways:
        said += [_state(way, today), *rests(way, sent, transfer_country, transfers)]
        figures += _figures(way)
    if transfer_kind == "cash" and transfer_country not in (None, transfers.home_country):
        said.append(Sentence("cash_here_only", {"country": transfer_country}))
    if transfer_date is None and ways:
        said.append(Sentence("count_yourself"))
    said.append(_what_if_late(transfer_kind, ways, transfer_date, today))
    return Help(tuple(said), tuple(figures))


def _instant(transfers: Transfers, country: str | None, sent: date, today: date, *, asked: bool) -> Help:
    """What an instant transfer does, and whether it reaches the country; nothing if that was not asked."""
    if country is not None and not transfers.in_sepa(country):
        return Help((Sentence("instant_not_there", {"country": country}),) if asked else ())
    what = Sentence("instant_to", {"country": country}) if country else Sentence("instant")
    if country is None:
        reach = Sentence("reach_varies")
    else:
        reach = Sentence("every_bank" if country in transfers.instant_countries else "not_every_bank")
    key = "seconds_over" if sent < today else "in_seconds"
    seconds = transfers.instant_seconds
    said = (Sentence(key, {"what": what, "seconds": seconds}), reach)
    return Help(said, (Figure("instant_seconds", seconds, "second"),))


def _state(way: Journey, today: date) -> Sentence:
    """Where today lies: before, within or after the days on which it may come."""
    days = way.arrival
    params: dict[str, object] = {
        "what": way.what,
        "first": days.first,
        "last": days.last,
        "late": days.last_if_late,
        "if_late": way.if_late,
        "days": (today - days.last_if_late).days,
    }
    one = days.last == days.last_if_late
    if today > days.last_if_late:
        return Sentence("is_late", params)
    if today > days.last:
        return Sentence("only_if_late", params)
    if today >= days.first:
        return Sentence("any_time" if one else "any_time_or", params)
    if way.is_window and days.first < days.last:
        return Sentence("comes_between" if one else "comes_between_or", params)
    return Sentence("comes_by" if one else "comes_by_or", params)


def _what_if_late(kind: Kind | None, ways: Sequence[Journey], sent: date | None, today: date) -> Sentence:
    """What to do, now or from the day on which the slowest way is over."""
    advice = Sentence(ADVICE[kind])
    last_days = [way.arrival.last_if_late for way in ways]
    if not last_days:
        return Sentence("late_now" if sent and sent < today else "late_minute", {"advice": advice})
    if sent is None:
        return Sentence("late_general", {"advice": advice})
    if today > max(last_days):
        return Sentence("late_now", {"advice": advice})
    if today > min(last_days):
        return Sentence("late_partly", {"advice": advice})
    return Sentence("late_from", {"day": max(last_days), "advice": advice})


def _figures(way: Journey) -> tuple[Figure, Figure]:
    return (
        Figure(f"{way.name}_last", way.arrival.last, "date"),
        Figure(f"{way.name}_last_if_late", way.arrival.last_if_late, "date"),
    )
