"""
When topped-up money is there, by the way it takes; for cards also when the money of a failed one is back.

The days are those of programs/bank/payment_times.py. Pure.
"""

from __future__ import annotations

from datetime import date

from programs.bank import payment_times
from programs.bank.business_days import holidays_between, open_day_after, open_in, target_closings_between
from programs.bank.payment_facts import TopUps, Transfers
from programs.bank.payment_times import Arrival
from programs.saying.tailoring import Figure, Help, Sentence, joined
from programs.top_up.sums import Method


def when(top_ups: TopUps, transfers: Transfers, method: Method | None, start: date, today: date) -> Help:
    """The days of one way, with the holidays that lie on it, or of all."""
    lodged = Sentence("if_lodged", {"cut_off": transfers.cash_cut_off})
    cash, cheque = payment_times.cash(transfers, start), payment_times.cheque(transfers, start, None)
    match method:
        case "bank_transfer":
            return _transfer(transfers, start, today, named=True)
        case "debit_card" | "other_card":
            return _card(top_ups, transfers, start, today)
        case "cash":
            said = _day("cash", Sentence("cash"), cash, lodged, today)
            return joined(said, _off(holidays_between(start, cash.last_if_late, transfers.home_country)))
        case "cheque":
            said = _day("cheque", Sentence("cheque"), cheque, lodged, today)
            off = _off(holidays_between(start, cheque.last, transfers.home_country))
            return joined(said, off, Help((Sentence("uncleared"),)))
    return joined(
        _transfer(transfers, start, today, named=False),
        _card(top_ups, transfers, start, today),
        _day("cash", Sentence("cash"), cash, lodged, today),
        _day("cheque", Sentence("cheque"), cheque, lodged, today),
    )


def what_if_late(times: Help, method: Method | None) -> tuple[Sentence, ...]:
    """What to do if a way is over; nothing if none is, and nothing for cards, where it is said already."""
    if not any(sentence.key == "is_late" for sentence in times.sentences):
        return ()
    advice: dict[Method | None, str] = {
        "bank_transfer": "late_transfer",
        "cash": "late_lodged",
        "cheque": "late_lodged",
    }
    return (Sentence(advice.get(method, "late_general")),)


def _transfer(transfers: Transfers, start: date, today: date, *, named: bool) -> Help:
    arrival = payment_times.incoming(transfers, start)
    said = _day("bank_transfer", Sentence("bank_transfer"), arrival, Sentence("if_transfer"), today)
    off = _off(target_closings_between(start, arrival.last_if_late)) if named else Help(())
    at_once = (Sentence("instant", {"seconds": transfers.instant_seconds}),) if start >= today else ()
    return joined(said, off, Help(at_once))


def _card(top_ups: TopUps, transfers: Transfers, start: date, today: date) -> Help:
    """There at once; a failed one is back when the card's bank ends its hold, in our business days."""
    back, opened = top_ups.failed_back_business_days, open_in(transfers.home_country)
    first, last = (open_day_after(start, count, opened) for count in (back.shortest, back.longest))
    key = "card_at_once" if start >= today else "card_past" if today <= last else "card_over"
    said = Sentence(key, {"minutes": top_ups.card_minutes, "first": first, "last": last})
    return Help((said,), (Figure("back_first", first, "date"), Figure("back_last", last, "date")))


def _day(name: str, what: Sentence, arrival: Arrival, if_late: Sentence, today: date) -> Help:
    params: dict[str, object] = {
        "what": what,
        "last": arrival.last,
        "late": arrival.last_if_late,
        "if_late": if_late,
        "days": (today - arrival.last_if_late).days,
    }
    if today > arrival.last_if_late:
        key = "is_late"
    elif today > arrival.last:
        key = "only_if_late"
    else:
        key = "there_by" if arrival.last == arrival.last_if_late else "there_by_or"
    figures = (Figure(f"{name}_last", arrival.last, "date"),)
    return Help(
        (Sentence(key, params),), (*figures, Figure(f"{name}_last_if_late", arrival.last_if_late, "date"))
    )


def _off(found: tuple[tuple[date, str], ...]) -> Help:
    """The holidays that do not count, by name."""
    parts = tuple(Sentence("holiday", {"name": name, "day": day}) for day, name in found)
    return Help((Sentence("days_off", {"holidays": parts}),) if parts else ())
