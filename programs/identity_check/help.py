"""
Proving who one is: whether the document counts and is valid long enough, and which second paper goes with it.

Which document counts is a table (bank.yml); days are counted here. Pure. It never asks for a document's
number or picture.
"""

from __future__ import annotations

from datetime import date, timedelta

from programs.bank.card_post import CardPost, Zone
from programs.bank.identity_times import IdentityTimes
from programs.bank.months import months_later
from programs.identity_check.facts import Document, Identity, Paper, Validity
from programs.saying.steps import steps_for
from programs.saying.tailoring import Figure, Help, Sentence, joined


def identity_check(
    *,
    identity_document: Document | None,
    residence_country: str | None,
    document_expiry_date: date | None,
    today: date,
    card_post: CardPost,
    identity: Identity,
    identity_times: IdentityTimes,
) -> Help:
    """
    Whether a document is accepted and long enough valid, which second paper is needed, and how it goes on.

    `residence_country` is an ISO 3166-1 alpha-2 code; a document is valid on the day on which it expires.
    None means "not given". Raises nothing for values in range. Source: Criminal Justice (Money Laundering and
    Terrorist Financing) Act 2010, section 33, README.md.
    """
    zone = None if residence_country is None else card_post.zone_of(residence_country)
    state = _validity(document_expiry_date, today)
    case = Paper(document=identity_document, date=state, where=zone)
    said = steps_for(identity.documents, case)
    verdict = Help(tuple(Sentence(key) for key in said))
    counts = identity_document is None or identity_document in identity.identity_documents
    days = _days_left(document_expiry_date, today, identity, identity_times) if counts else Help(())
    return joined(
        *((days, verdict) if state == "expired" else (verdict, days)),
        _second_paper(residence_country, zone, today, identity),
        _in_app(today, identity_times) if identity_document != "none_of_these" else Help(()),
        Help(() if "basic_account" in said else (Sentence("call_us"),)),
    )


def _validity(expires: date | None, today: date) -> Validity | None:
    if expires is None:
        return None
    return "expired" if expires < today else "valid"


def _days_left(expires: date | None, today: date, identity: Identity, times: IdentityTimes) -> Help:
    """How long the document is valid, and by when a check by hand has to begin to end in time."""
    if expires is None:
        return Help(())
    days = (expires - today).days
    if days < 0:
        said = Sentence("expired", {"date": expires, "days": -days})
        return Help((said,), (Figure("expired_days", -days, "day"),))
    figures: tuple[Figure, ...] = (Figure("days_left", days, "day"),)
    params: dict[str, object] = {"date": expires, "days": days, "by_hand": times.by_hand_business_days}
    if days > identity.soon_days:
        return Help((Sentence("long", params),), figures)
    latest = _latest_by_hand(expires, times)
    if latest < today:
        return Help((Sentence("only_app" if days else "last_day", params),), figures)
    figures += (Figure("latest_by_hand", latest, "date"),)
    return Help((Sentence("soon", {**params, "latest": latest}),), figures)


def _latest_by_hand(expires: date, times: IdentityTimes) -> date:
    """The last day on which a check by hand may begin, to be done on the day of expiry or before."""
    day = expires
    while times.done_by_hand(day) > expires:
        day -= timedelta(days=1)
    return day


def _second_paper(country: str | None, zone: Zone | None, today: date, identity: Identity) -> Help:
    """The proof of address, and from which day on it may be dated; outside the EEA, that none is opened."""
    since = months_later(today, -identity.proof_age_months)
    figures = (Figure("proof_since", since, "date"),)
    params: dict[str, object] = {"since": since, "bills": identity.bills, "country": country}
    if zone == "home":
        return Help((Sentence("proof_home", {**params, "papers": identity.papers_at_home}),), figures)
    if zone == "world":
        return Help((Sentence("outside", params), Sentence("proof_bills", params)), figures)
    certificate = identity.residence_certificates.get(country or "")
    if certificate is None:
        return Help((Sentence("proof_bills", params),), figures)
    return Help((Sentence("proof_there", {**params, "papers": certificate}),), figures)


def _in_app(today: date, times: IdentityTimes) -> Help:
    done = times.done_by_hand(today)
    params = {"minutes": times.by_app_minutes, "by_hand": times.by_hand_business_days, "done": done}
    return Help((Sentence("in_app", params),), (Figure("checked_by_hand", done, "date"),))
