"""
Days of a transfer that went wrong: until when it can be cancelled, by when it comes back or is answered for.

Counted from today in TARGET days, those of payments in euro; outside SEPA in those of both countries.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from programs.bank.business_days import A_DAY, OpenOn, first_open, is_target_day, open_day_after, open_in
from programs.bank.payment_facts import Transfers
from programs.bank.payment_times import outside
from programs.saying.tailoring import Figure, Help, Sentence


def came_back(transfers: Transfers, country: str | None, today: date) -> Help:
    """By when a transfer returned today is on the account; outside SEPA no time is set."""
    if country is not None and not transfers.in_sepa(country):
        fee = transfers.outside_fee_eur
        return Help((Sentence("back_outside", {"fee": fee}),), (Figure("outside_fee", fee, "EUR"),))
    day = open_day_after(today, transfers.return_target_days, is_target_day)
    return Help((Sentence("back_by", {"day": day}),), (Figure("back_by", day, "date"),))


def answered(transfers: Transfers, today: date) -> Help:
    """By when the reason has to be told: the next business day (PSD2, Articles 79(1) and 83(1))."""
    day = open_day_after(today, transfers.standard_target_days, is_target_day)
    return Help((Sentence("reason_by", {"day": day}),), (Figure("reason_by", day, "date"),))


def recalled(transfers: Transfers, amount: Decimal | None, country: str | None, today: date) -> Help:
    """By when the other bank answers if we ask today; outside SEPA, how long it may still be on its way."""
    keep = () if amount is None else (Sentence("keep_apart", {"amount": amount}),)
    if country is not None and not transfers.in_sepa(country):
        day = outside(transfers, today, country).last_if_late
        said = Sentence("recall_outside", {"country": country, "day": day})
        return Help((said, *keep), (Figure("on_its_way_until", day, "date"),))
    day = open_day_after(today, transfers.recall_target_days, is_target_day)
    return Help((Sentence("recall_by", {"day": day}), *keep), (Figure("recall_answer_by", day, "date"),))


def sent_twice(transfers: Transfers, country: str | None, today: date) -> Help:
    """Until when a payment of today that was sent twice goes the quick way; there is none outside SEPA."""
    if country is not None and not transfers.in_sepa(country):
        return Help(())
    day = open_day_after(today, transfers.recall_within_target_days, is_target_day)
    return Help((Sentence("too_late_twice", {"day": day}),), (Figure("recall_twice_by", day, "date"),))


def cancel(transfers: Transfers, amount: Decimal | None, country: str | None, today: date) -> Help:
    """Until when an order of today can be cancelled: the cut-off of the next day on which it can go out."""
    whole = () if amount is None else (Sentence("cancelled_whole", {"amount": amount}),)
    open_on: OpenOn
    if country is None or transfers.in_sepa(country):
        what, cut_off, open_on = Sentence("cancel_standard"), transfers.standard_cut_off, is_target_day
    else:
        what = Sentence("cancel_outside", {"country": country})
        cut_off, open_on = transfers.outside_cut_off, open_in(transfers.home_country, country)
    day, late = first_open(today, open_on), first_open(today + A_DAY, open_on)
    said = Sentence(
        "cancel" if day == late else "cancel_or", {"what": what, "cut_off": cut_off, "day": day, "late": late}
    )
    figures = (Figure("cancel_until", day, "date"), Figure("cancel_until_if_late", late, "date"))
    return Help((said, Sentence("cancel_planned"), *whole), figures)
