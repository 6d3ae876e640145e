"""Between which days a refund should show on the account, by the way it comes. Pure: no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from programs.bank.business_days import first_open, open_day_after, open_in
from programs.bank.disputes import Disputes
from programs.bank.payment_facts import Transfers
from programs.bank.payment_times import incoming, incoming_outside


@dataclass(frozen=True)
class Window:
    """The first and the last day on which the money should show; `way` names it in words."""

    way: str
    first: date
    last: date


def card_window(disputes: Disputes, sent: date, country: str | None) -> Window:
    """
    Business days of the shop's country until it reaches us (of ours, if that is not known); then we book it,
    on the same day if we are open.
    """
    there, here = open_in(country or disputes.home_country), open_in(disputes.home_country)
    days = disputes.card_refund_business_days
    first, last = (open_day_after(sent, count, there) for count in (days.shortest, days.longest))
    return Window("way_card", first_open(first, here), first_open(last, here))


def transfer_windows(transfers: Transfers, sent: date, country: str | None) -> tuple[Window, ...]:
    """A transfer within SEPA, or from elsewhere; both where the country is not known."""
    near, far = incoming(transfers, sent), incoming_outside(transfers, sent, country)
    inside = Window("way_transfer", near.first, near.last_if_late)
    outside = Window("way_transfer_abroad", far.first, far.last_if_late)
    if country is None:
        return (inside, outside)
    return (inside,) if transfers.in_sepa(country) else (outside,)
