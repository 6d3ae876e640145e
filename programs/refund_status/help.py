"""
A refund: when it should show, what to do if it does not, and until when.

Every subset of the day of sending, the way and the shop's country gives what follows from it. Pure; times
from bank.yml.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from programs.bank.business_days import holidays_between, knows_holidays
from programs.bank.card_rules import CardRules
from programs.bank.disputes import Disputes
from programs.bank.payment_facts import Transfers
from programs.refund_status.rights import debit, dispute, exchanged, helpers, store_credit
from programs.refund_status.windows import Window, card_window, transfer_windows
from programs.saying.tailoring import Figure, Help, Sentence, joined

Way = Literal["card", "direct_debit", "transfer", "store_credit"]


def refund_status(
    *,
    refund_date: date | None,
    refund_way: Way | None,
    shop_country: str | None,
    today: date,
    disputes: Disputes,
    transfers: Transfers,
    card_rules: CardRules,
) -> Help:
    """
    The days on which a refund should show, and what to do until when, as far as the given values allow.

    `refund_date` is the day on which the shop sent it, `shop_country` an ISO 3166-1 alpha-2 code. None means
    "not given". Raises nothing for values in range. Source: README.md.
    """
    eu = card_rules.eu_countries
    parts = [_when(refund_date, refund_way, shop_country, today, disputes, transfers)]
    if refund_way in ("card", None):
        parts.append(dispute(disputes, refund_date, today))
    if refund_way == "direct_debit":
        parts.append(debit(disputes, refund_date, today))
    if refund_way == "store_credit":
        parts = [store_credit(disputes, refund_date, shop_country, eu, today)]
    if shop_country is not None:
        exchange = exchanged(shop_country) if refund_way != "store_credit" else ()
        parts.append(Help((*exchange, *helpers(shop_country, disputes.home_country, eu))))
    return joined(*parts)


def _when(
    sent: date | None,
    way: Way | None,
    country: str | None,
    today: date,
    disputes: Disputes,
    transfers: Transfers,
) -> Help:
    """The window of each way that it may take; a shop pays a direct debit back by transfer."""
    by_card = (card_window(disputes, sent or today, country),) if way in ("card", None) else ()
    by_transfer = transfer_windows(transfers, sent or today, country) if way != "card" else ()
    by_transfer = by_transfer[:1] if way == "direct_debit" else by_transfer  # there is none outside SEPA
    windows = (*by_card, *by_transfer)
    if sent is None:
        return _days_only(windows, country, disputes, transfers)
    said = [_state(window, today) for window in windows]
    slowest = max(windows, key=lambda window: window.last)
    said += _holidays(sent, slowest, country, disputes.home_country)
    said.append(_if_late(slowest, way, today))
    return Help(tuple(said), tuple(figure for window in windows for figure in _figures(window)))


def _days_only(
    windows: tuple[Window, ...], country: str | None, disputes: Disputes, transfers: Transfers
) -> Help:
    """The day of sending is not known: how many business days it takes, and the last day if sent today."""
    card, far = disputes.card_refund_business_days, transfers.incoming_outside_business_days
    days = {
        "way_card": (card.shortest, card.longest),
        "way_transfer": (transfers.incoming_sepa_target_days, transfers.incoming_sepa_target_days),
        "way_transfer_abroad": (far.shortest, far.longest),
    }
    said, figures = [], []
    for window in windows:
        shortest, longest = days[window.way]
        key = "takes_up_to" if shortest == longest else "takes"
        way = Sentence(window.way)
        said.append(Sentence(key, {"way": way, "shortest": shortest, "longest": longest}))
        if country is not None:
            said.append(Sentence("if_sent_today", {"way": way, "last": window.last}))
        figures += [Figure(f"{window.way}_longest", longest, "business day"), _figures(window)[1]]
    return Help((*said, Sentence("count_yourself")), tuple(figures))


def _state(window: Window, today: date) -> Sentence:
    params: dict[str, object] = {
        "way": Sentence(window.way),
        "first": window.first,
        "last": window.last,
        "late": (today - window.last).days,
    }
    if today > window.last:
        return Sentence("is_late", params)
    return Sentence("any_day_now" if today >= window.first else "comes_between", params)


def _if_late(window: Window, way: Way | None, today: date) -> Sentence:
    late, from_day = today > window.last, {"from_day": window.last + timedelta(days=1)}
    if way in ("transfer", "direct_debit"):
        return Sentence("ask_transfer") if late else Sentence("ask_transfer_if_late", from_day)
    return Sentence("ask_reference") if late else Sentence("ask_if_late", from_day)


def _holidays(sent: date, window: Window, country: str | None, home: str) -> list[Sentence]:
    """The public holidays of the shop's country on the way of the slowest window, if they are known."""
    if country is None:
        return [Sentence("as_in_ireland")]
    if not knows_holidays(country):
        return [Sentence("holidays_unknown", {"country": country})]
    if window.way == "way_transfer":
        return []
    found = dict(holidays_between(sent, window.last, country))
    if window.way == "way_transfer_abroad":
        found |= dict(holidays_between(sent, window.last, home))
    parts = tuple(Sentence("holiday", {"name": name, "day": day}) for day, name in sorted(found.items()))
    return [Sentence("holidays_on_the_way", {"holidays": parts})] if parts else []


def _figures(window: Window) -> tuple[Figure, Figure]:
    name = window.way.removeprefix("way_")
    return Figure(f"{name}_first", window.first, "date"), Figure(f"{name}_last", window.last, "date")
