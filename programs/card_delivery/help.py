"""
Waiting for a new card: when it should come, and what to do if it is late.

Every subset of order day, country and speed gives what follows from it. Pure; the bank's times come from
bank.yml.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from programs.bank.business_days import holidays_between, knows_holidays
from programs.bank.card_post import SPEEDS, ZONES, CardPost, Speed, Window, delivery_window
from programs.saying.tailoring import Figure, Help, Sentence


def card_delivery(
    *,
    card_order_date: date | None,
    delivery_country: str | None,
    delivery_speed: Speed | None,
    today: date,
    card_post: CardPost,
) -> Help:
    """
    The days on which the card should come, or how many business days it takes, as far as the given values
    allow.

    `delivery_country` is an ISO 3166-1 alpha-2 code. None means "not given". Raises nothing for values in
    range. Source: the bank's delivery times and public holidays, programs/card_delivery/README.md.
    """
    if (card_order_date, delivery_country, delivery_speed) == (None, None, None):
        return _by_yourself(card_post, today)
    speeds = (delivery_speed,) if delivery_speed else SPEEDS
    if card_order_date is None:
        return _days_only(card_post, delivery_country, speeds, today)
    if delivery_country is None:
        return _by_zone(card_post, card_order_date, speeds, today)
    windows = {s: delivery_window(card_post, card_order_date, s, delivery_country) for s in speeds}
    said = [
        _state(f"{speed}_to_country", window, today, delivery_country) for speed, window in windows.items()
    ]
    slowest = max(windows.values(), key=lambda window: window.last)
    said += _holidays(card_post, card_order_date, slowest, delivery_country)
    said.append(_what_if_late(windows.values(), today))
    return Help(tuple(said), tuple(f for speed, window in windows.items() for f in _figures(speed, window)))


def _by_yourself(post: CardPost, today: date) -> Help:
    """
    Nothing is known: how to count, with today as the example. The times themselves are in the general help.
    """
    last = delivery_window(post, today, "standard", post.home_country).last
    return Help(
        (Sentence("count_yourself"), Sentence("example_at_home", {"last": last})),
        (Figure("last_if_ordered_today", last, "date"),),
    )


def _state(name: str, window: Window, today: date, country: str | None = None) -> Sentence:
    """Where today lies: before, within or after the window."""
    params: dict[str, object] = {
        "what": Sentence(name, {"country": country} if country else {}),
        "first": window.first,
        "last": window.last,
        "late": (today - window.last).days,
    }
    if today > window.last:
        return Sentence("is_late", params)
    if today >= window.first:
        return Sentence("any_day_now", params)
    return Sentence("comes_on" if window.first == window.last else "comes_between", params)


def _what_if_late(windows: Iterable[Window], today: date) -> Sentence:
    last = max(window.last for window in windows)
    if today > last:
        return Sentence("late_now")
    return Sentence("late_from", {"from_day": last + timedelta(days=1)})


def _by_zone(post: CardPost, ordered: date, speeds: tuple[Speed, ...], today: date) -> Help:
    """The country is not known: one line a zone, without the public holidays of the countries abroad."""
    said: list[Sentence] = []
    figures: list[Figure] = []
    for speed in speeds:
        for zone in ZONES:
            window = delivery_window(post, ordered, speed, zone=zone)
            said.append(_state(f"{speed}_{zone}", window, today))
            figures.extend(_figures(f"{speed}_{zone}", window))
    return Help((*said, Sentence("holidays_abroad"), Sentence("late_general")), tuple(figures))


def _days_only(post: CardPost, country: str | None, speeds: tuple[Speed, ...], today: date) -> Help:
    """The order day is not known: how many business days it takes, and the day for a card ordered today."""
    zones = ZONES if country is None else (post.zone_of(country),)
    said: list[Sentence] = []
    figures: list[Figure] = []
    for speed in speeds:
        for zone in zones:
            days = post.days_to(zone, speed)
            name = f"{speed}_{zone}" if country is None else f"{speed}_to_country"
            what = Sentence(name, {"country": country} if country else {})
            key = "takes_exactly" if days.shortest == days.longest else "takes"
            said.append(Sentence(key, {"what": what, "shortest": days.shortest, "longest": days.longest}))
            figures.append(Figure(f"{speed}_{zone}_longest", days.longest, "business day"))
    if country is not None:
        slowest = max(delivery_window(post, today, speed, country).last for speed in speeds)
        said.append(Sentence("if_ordered_today", {"last": slowest}))
        figures.append(Figure("last_if_ordered_today", slowest, "date"))
    return Help((*said, Sentence("count_yourself"), Sentence("late_general")), tuple(figures))


def _holidays(post: CardPost, ordered: date, window: Window, country: str) -> list[Sentence]:
    """
    The public holidays that count: ours until the card leaves, then those of the country, if they are known.
    """
    if not knows_holidays(country):
        return [Sentence("holidays_unknown", {"country": country})]
    ours = holidays_between(ordered, window.sent, post.home_country)
    found = dict(ours) | dict(holidays_between(window.sent, window.last, country))
    if not found:
        return []
    parts = tuple(Sentence("holiday", {"name": name, "day": day}) for day, name in sorted(found.items()))
    return [Sentence("holidays_on_the_way", {"holidays": parts})]


def _figures(name: str, window: Window) -> tuple[Figure, Figure]:
    return Figure(f"{name}_first", window.first, "date"), Figure(f"{name}_last", window.last, "date")
