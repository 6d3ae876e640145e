"""
A declined card: the amount against the limits, what to try in which order, and what is different there.

Every subset of way to pay, amount and country gives what follows from it. Pure; the steps, limits and
countries are the bank's (bank.yml). It never says why a payment was declined, which only the app can.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from programs.bank.card_post import CardPost, delivery_window
from programs.bank.tariff import Cards
from programs.declined_card import limits
from programs.declined_card.facts import Declines, Place, Reason
from programs.saying.steps import numbered
from programs.saying.tailoring import Figure, Help, Sentence, joined


def declined_card(
    *,
    decline_place: Place | None,
    payment_amount_eur: Decimal | None,
    current_country: str | None,
    today: date,
    cards: Cards,
    card_post: CardPost,
    declines: Declines,
) -> Help:
    """
    Which limit a payment may have met, what to try in which order, and what the country changes.

    `payment_amount_eur` in EUR, `current_country` an ISO 3166-1 alpha-2 code; None means "not given". Raises
    nothing for values in range. Source: Regulation (EU) 2018/389, Articles 11 and 16, README.md.
    """
    where = _country(decline_place, current_country, card_post, declines)
    call = _call(decline_place, current_country, today, card_post)
    if decline_place and Sentence("no_network", {"country": current_country}) in where.sentences:
        return joined(where, call)
    found = (
        _limits(decline_place, payment_amount_eur, current_country, cards, declines),
        _steps(decline_place, declines),
        _needed(decline_place, payment_amount_eur, current_country, cards, declines),
        where,
        call,
    )
    return joined(*found)


def _limits(
    place: Place | None, amount: Decimal | None, country: str | None, cards: Cards, declines: Declines
) -> Help:
    """The limits of this way to pay; of all ways where it is not known but the amount is."""
    match place:
        case "contactless":
            return limits.contactless(amount, cards)
        case "online":
            return limits.online(amount, cards, declines)
        case "virtual_card":
            return limits.single_use(amount, cards)
        case "cash_machine":
            in_euro = country is None or country in declines.euro_countries
            notes = limits.notes(amount, declines.smallest_note_eur) if amount and in_euro else Help(())
            return joined(limits.cash(amount, cards), notes)
        case "chip":
            return limits.payment(amount, cards)
    if amount is None:
        return Help(())
    return joined(
        limits.contactless(amount, cards), limits.payment(amount, cards), limits.cash(amount, cards)
    )


def _steps(place: Place | None, declines: Declines) -> Help:
    """What to try in which order; where the way to pay is not known, what the words on the till mean."""
    if place is None:
        messages = ("message_insert", "message_pin", "message_funds", "message_refused", "message_line")
        return Help((Sentence("by_message"), *map(Sentence, messages)))
    return numbered(Sentence(step) for step in declines.steps[place])


def _needed(
    place: Place | None, amount: Decimal | None, country: str | None, cards: Cards, declines: Declines
) -> Help:
    """What has to be available for an amount in another currency: with the fee of the basic plan."""
    elsewhere = country is not None and country not in declines.euro_countries
    if amount is None or not elsewhere or place in (None, "online", "virtual_card"):
        return Help(())
    at_machine = place == "cash_machine"
    fee = cards.basic.foreign_cash_fee(amount) if at_machine else cards.basic.payment_fee(amount)
    params = {"plan": cards.basic.name, "amount": amount, "needed": amount + fee}
    key = "needs_for_cash" if at_machine else "needs_for_payment"
    return Help((Sentence(key, params),), (Figure("needed", amount + fee, "EUR"),))


def _country(place: Place | None, country: str | None, post: CardPost, declines: Declines) -> Help:
    """What is different in that country for this way to pay. Online, where you are makes no difference."""
    if country is None or country == post.home_country:
        return Help(())
    reasons = declines.reasons_in(country, place)
    said = [_because(reason, country, declines) for reason in reasons]
    if post.zone_of(country) == "eea" and place != "cash_machine":
        said.append(Sentence("eea_shops"))
    at_till = place not in ("online", "virtual_card")
    if at_till and country not in declines.euro_countries and "no_network" not in reasons:
        said.append(Sentence("choose_local", {"country": country}))
    return Help(tuple(said))


def _because(reason: Reason, country: str, declines: Declines) -> Sentence:
    scheme = {"scheme": declines.local_schemes[country]} if reason == "local_scheme" else {}
    return Sentence(reason, {"country": country, **scheme})


def _call(place: Place | None, country: str | None, today: date, post: CardPost) -> Help:
    """How to reach us, and when a new card would come; a virtual card needs no post."""
    if country is None:
        return Help((Sentence("call_any"),))
    at_home = country == post.home_country
    if place == "virtual_card":
        return Help((Sentence("call_home" if at_home else "call_any"), Sentence("new_virtual")))
    last = delivery_window(post, today, "standard" if at_home else "express", country).last
    new_card = Sentence("new_card_home" if at_home else "new_card_there", {"country": country, "last": last})
    figures = (Figure("new_card_by", last, "date"),)
    return Help((Sentence("call_home" if at_home else "call_any"), new_card), figures)
