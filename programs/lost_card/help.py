"""
A lost or stolen card: which payments to look at and claim, how to reach us from there, when a new card
comes.

The first steps are not here: they are said at once, before anything is asked. Pure; rules and times from
bank.yml.
"""

from __future__ import annotations

from datetime import date

from programs.bank.business_days import open_day_after, open_in
from programs.bank.card_post import SPEEDS, CardPost, delivery_window
from programs.bank.card_rules import CardRules
from programs.bank.months import months_later
from programs.saying.tailoring import Figure, Help, Sentence


def lost_card(
    *,
    card_last_seen_date: date | None,
    current_country: str | None,
    today: date,
    card_rules: CardRules,
    card_post: CardPost,
) -> Help:
    """
    What to look at, what to claim, whom to call and when a new card comes, as far as the given values allow.

    `current_country` is an ISO 3166-1 alpha-2 code. None means "not given". Raises nothing for values in
    range. Source: Directive (EU) 2015/2366 (PSD2), Articles 69 to 74, programs/lost_card/README.md.
    """
    payments = _payments(card_last_seen_date, today, card_rules)
    place = _place(current_country, today, card_rules, card_post)
    return Help((*payments.sentences, *place.sentences), (*payments.figures, *place.figures))


def _payments(last_seen: date | None, today: date, rules: CardRules) -> Help:
    refund_by = open_day_after(today, rules.refund_business_days, open_in(rules.home_country))
    said = [Sentence("look_at_recent") if last_seen is None else _look_at(last_seen, today, rules)]
    said += [Sentence("you_bear", {"cap": rules.liability_cap_eur}), Sentence("refund", {"day": refund_by})]
    figures = [Figure("refund_by", refund_by, "date")]
    if last_seen is not None:
        figures.append(Figure("claim_until", months_later(last_seen, rules.claim_within_months), "date"))
    return Help(tuple(said), tuple(figures))


def _look_at(last_seen: date, today: date, rules: CardRules) -> Sentence:
    """Which payments to look at. Those of more than 13 months ago can no longer be claimed."""
    until = months_later(last_seen, rules.claim_within_months)
    if until < today:
        return Sentence("look_at_since_limit", {"since": months_later(today, -rules.claim_within_months)})
    if last_seen == today:
        return Sentence("look_at_today", {"until": until})
    return Sentence("look_at_since", {"since": last_seen, "days": (today - last_seen).days, "until": until})


def _place(country: str | None, today: date, rules: CardRules, post: CardPost) -> Help:
    if country is None:
        at_home: dict[str, object] = {speed: post.days_to("home", speed).longest for speed in SPEEDS}
        return Help((Sentence("call_from_anywhere"), Sentence("new_card_general", at_home)))
    express = delivery_window(post, today, "express", country)
    standard = delivery_window(post, today, "standard", country)
    new_card = Sentence("new_card", {"country": country, "express": express.last, "standard": standard.last})
    figures = (Figure("express_last", express.last, "date"), Figure("standard_last", standard.last, "date"))
    return Help((_call(country, rules, post), *_police(country, rules), new_card), figures)


def _call(country: str, rules: CardRules, post: CardPost) -> Sentence:
    if country == rules.home_country:
        return Sentence("call_at_home")
    if country in post.eea_countries:
        return Sentence("call_in_eea", {"country": country})
    prefix = rules.prefix_of(country)
    return Sentence("call_abroad_prefix" if prefix else "call_abroad", {"country": country, "prefix": prefix})


def _police(country: str, rules: CardRules) -> tuple[Sentence, ...]:
    return (Sentence("police_eu" if country in rules.eu_countries else "police_there"),)
