"""What one can do besides waiting for a refund, by the way one paid, and who helps for free. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from babel.numbers import get_territory_currencies

from programs.bank.business_days import open_day_after, open_in
from programs.bank.disputes import Disputes
from programs.saying.tailoring import Figure, Help, Sentence

ECC_BESIDE_THE_EU = ("IS", "NO")
"""The European Consumer Centres' Network covers the Union, Iceland and Norway."""


def dispute(disputes: Disputes, sent: date | None, today: date) -> Help:
    """The card schemes' dispute: from so many days after the promise on, until so many days after it."""
    if sent is None:
        days = disputes.card_dispute_days
        return Help((Sentence("dispute_rule", {"days": days}),), (Figure("dispute_days", days, "day"),))
    start = sent + timedelta(days=disputes.card_dispute_waits_days)
    until = sent + timedelta(days=disputes.card_dispute_days)
    key = "dispute_over" if today > until else "dispute_until" if today >= start else "dispute_between"
    figures = (Figure("dispute_from", start, "date"), Figure("dispute_until", until, "date"))
    return Help((Sentence(key, {"start": start, "until": until}),), figures)


def debit(disputes: Disputes, sent: date | None, today: date) -> Help:
    """The payer's own right to have a direct debit back, which needs no shop."""
    weeks, here = disputes.direct_debit_weeks, open_in(disputes.home_country)
    answer = open_day_after(today, disputes.direct_debit_answer_business_days, here)
    own = Sentence("debit_own_right", {"weeks": weeks, "answer": answer})
    figures = [Figure("debit_back_by", answer, "date")]
    if sent is None:
        return Help((own, Sentence("debit_not_both")), tuple(figures))
    until = sent + timedelta(weeks=weeks)
    figures.append(Figure("debit_until", until, "date"))
    if today > until:
        return Help((Sentence("debit_over", {"weeks": weeks}),), tuple(figures[1:]))
    return Help(
        (own, Sentence("debit_until", {"weeks": weeks, "until": until}), Sentence("debit_not_both")),
        tuple(figures),
    )


def store_credit(
    disputes: Disputes, sent: date | None, country: str | None, eu: tuple[str, ...], today: date
) -> Help:
    """A credit is no money; in the Union one need not take it for what was bought at a distance."""
    by = today + timedelta(days=disputes.shop_refund_days)
    said = [Sentence("credit_no_money")]
    figures = [Figure("shop_pays_by", by, "date")]
    if sent is not None:
        said.append(Sentence("credit_there", {"sent": sent}))
    if country is None or country in eu:
        return Help((*said, Sentence("credit_money_eu", {"by": by})), tuple(figures))
    return Help((*said, Sentence("credit_money_elsewhere", {"country": country})), tuple(figures))


def helpers(country: str, home: str, eu: tuple[str, ...]) -> tuple[Sentence, ...]:
    """Who helps for free against a shop there."""
    if country == home:
        return (Sentence("help_ireland"),)
    return (Sentence("help_eu" if country in (*eu, *ECC_BESIDE_THE_EU) else "help_elsewhere"),)


def exchanged(country: str) -> tuple[Sentence, ...]:
    """A refund out of another currency does not come to what was paid, to the cent."""
    currencies = get_territory_currencies(country)
    return (Sentence("other_currency"),) if currencies and "EUR" not in currencies else ()
