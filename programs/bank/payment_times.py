"""
When money arrives: the first and the last day, by the way it takes. Cut-offs split a day in two.

The numbers are the bank's (bank.yml, section transfers). Pure: no clock, only a day and a country.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from programs.bank.business_days import A_DAY, OpenOn, first_open, is_target_day, open_day_after, open_in
from programs.bank.payment_facts import Transfers
from programs.bank.units import BusinessDays


@dataclass(frozen=True)
class Arrival:
    """
    The first day on which the money may be there, and the last: ordered before the cut-off, or after it.
    """

    first: date
    last: date
    last_if_late: date


def standard(transfers: Transfers, ordered: date) -> Arrival:
    """A SEPA transfer that we send: there on the next TARGET day at the latest (PSD2, Article 83(1))."""
    return _arrival(ordered, 0, transfers.standard_target_days, is_target_day)


def incoming(transfers: Transfers, sent: date) -> Arrival:
    """A SEPA transfer that comes in; the sender's bank has a cut-off too, we do not know which."""
    return _arrival(sent, 0, transfers.incoming_sepa_target_days, is_target_day)


def outside(transfers: Transfers, ordered: date, country: str | None) -> Arrival:
    """A transfer to a country outside SEPA. Days count that are business days here and, if known, there."""
    return _between(ordered, transfers.outside_business_days, _both(transfers, country))


def incoming_outside(transfers: Transfers, sent: date, country: str | None) -> Arrival:
    """A transfer that comes in from a country outside SEPA."""
    return _between(sent, transfers.incoming_outside_business_days, _both(transfers, country))


def cash(transfers: Transfers, lodged: date) -> Arrival:
    """Cash lodged at a branch: the same business day, after the cut-off the next."""
    return _arrival(lodged, 0, 0, open_in(transfers.home_country))


def cheque(transfers: Transfers, lodged: date, country: str | None) -> Arrival:
    """A cheque lodged with us; one of a bank abroad goes back there first."""
    opened = open_in(transfers.home_country)
    if country in (None, transfers.home_country):
        cleared = open_day_after(first_open(lodged, opened), transfers.cheque_business_days, opened)
        return Arrival(cleared, cleared, cleared)
    days = transfers.cheque_abroad_business_days
    taken = first_open(lodged, opened)
    first, last = (open_day_after(taken, count, opened) for count in (days.shortest, days.longest))
    return Arrival(first, last, last)


def _both(transfers: Transfers, country: str | None) -> OpenOn:
    return open_in(transfers.home_country, *(() if country is None else (country,)))


def _between(ordered: date, days: BusinessDays, open_on: OpenOn) -> Arrival:
    return _arrival(ordered, days.shortest, days.longest, open_on)


def _arrival(ordered: date, shortest: int, longest: int, open_on: OpenOn) -> Arrival:
    """
    An order on a day that is closed, or after the cut-off, counts as received on the next open day (PSD2,
    Article 78(1)). The days after the receipt are counted.
    """
    received, received_late = first_open(ordered, open_on), first_open(ordered + A_DAY, open_on)
    return Arrival(
        first=open_day_after(received, shortest, open_on),
        last=open_day_after(received, longest, open_on),
        last_if_late=open_day_after(received_late, longest, open_on),
    )
