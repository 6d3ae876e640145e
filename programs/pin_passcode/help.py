"""
A PIN or a passcode that is forgotten, blocked or to be changed: the steps for that case, from that place.

Which steps is a table (bank.yml). Pure. It never asks for a code and never sees one.
"""

from __future__ import annotations

from datetime import date

from programs.bank.card_post import CardPost, delivery_window
from programs.bank.identity_times import IdentityTimes
from programs.bank.tariff import Cards
from programs.pin_passcode.facts import App, Code, Codes, Problem, Step, Where
from programs.saying.steps import numbered, steps_for
from programs.saying.tailoring import Figure, Help, Sentence, joined

RESETS = ("get_into_app", "get_in_if_closed", "reset_passcode", "reset_while_open")
"""Steps in which the person proves who they are, by document and selfie."""


def pin_passcode(
    *,
    code_problem: Problem | None,
    current_country: str | None,
    app_access: bool | None,
    today: date,
    cards: Cards,
    card_post: CardPost,
    codes: Codes,
    identity_times: IdentityTimes,
) -> Help:
    """
    The steps to a PIN or passcode, what if they fail, and how to reach us, as far as the given values allow.

    `current_country` is an ISO 3166-1 alpha-2 code; None means "not given". Raises nothing for values in
    range. Source: the table in bank.yml; Regulation (EU) 2018/389, Article 4(3)(b), README.md.
    """
    app: App | None = None if app_access is None else "open" if app_access else "closed"
    case = Code(problem=code_problem, app=app, where=_where(current_country, card_post))
    steps = steps_for(codes.steps, case)
    return joined(
        _standing(code_problem, cards, codes),
        numbered(Sentence(step, {"minutes": identity_times.by_app_minutes}) for step in steps),
        _proof(steps, today, identity_times),
        _call(current_country, card_post),
        _new_card(code_problem, current_country, today, card_post),
    )


def _where(country: str | None, post: CardPost) -> Where | None:
    if country is None:
        return None
    return "home" if country == post.home_country else "abroad"


def _standing(problem: Problem | None, cards: Cards, codes: Codes) -> Help:
    """What has happened, and what has not."""
    match problem:
        case None:
            return Help((Sentence("which_code"),))
        case "change_pin":
            return Help((Sentence("pin_stays"),))
        case "forgotten_passcode":
            said, tries = "passcode_tries", codes.passcode_tries
        case "blocked_pin":
            said, tries = "pin_is_blocked", cards.limits.pin_tries
        case "forgotten_pin":
            said, tries = "pin_tries", cards.limits.pin_tries
    return Help((Sentence(said, {"tries": tries}),), (Figure("tries", tries, "try"),))


def _proof(steps: tuple[Step, ...], today: date, times: IdentityTimes) -> Help:
    """How long a proof of identity takes, and when it is done by hand, where the steps hold one."""
    if not set(steps) & set(RESETS):
        return Help(())
    last = times.done_by_hand(today)
    takes = Figure("reset_takes", times.by_app_minutes, "minute")
    said = Sentence("by_hand", {"days": times.by_hand_business_days, "last": last})
    return Help((said,), (takes, Figure("checked_by_hand", last, "date")))


def _call(country: str | None, post: CardPost) -> Help:
    if country is None:
        return Help((Sentence("call_any"),))
    match post.zone_of(country):
        case "home":
            return Help((Sentence("call_home"),))
        case "eea":
            return Help((Sentence("call_eea"),))
        case "world":
            return Help((Sentence("call_world"),))


def _new_card(problem: Problem | None, country: str | None, today: date, post: CardPost) -> Help:
    """When a card with a new PIN would come; the passcode and a change need none."""
    if country is None or problem not in (None, "blocked_pin", "forgotten_pin"):
        return Help(())
    last = delivery_window(post, today, "express", country).last
    said = Sentence("new_card", {"country": country, "last": last})
    return Help((said,), (Figure("new_card_by", last, "date"),))
