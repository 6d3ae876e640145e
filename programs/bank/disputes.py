"""
Getting money back: the terms of the law, of the card schemes and of the bank, and deadlines counted in them.

The numbers are in bank.yml, section `disputes`. Pure: no clock.
"""

from __future__ import annotations

from datetime import date, timedelta

from programs.bank.business_days import OpenOn, add_days
from programs.bank.units import BusinessDays, Days
from programs.catalogue.model import Facts


class Disputes(Facts):
    """
    How long a refund takes, and how long one can claim. `…_business_days` are days on which we are open;
    the others are calendar days and weeks. The law's terms for payments that are not one's own are in section
    card_rules.
    """

    home_country: str
    card_refund_business_days: BusinessDays
    card_dispute_days: Days
    card_dispute_waits_days: Days
    direct_debit_weeks: Days
    direct_debit_answer_business_days: Days
    wrong_cash_report_days: Days
    wrong_cash_answer_business_days: Days
    shop_refund_days: Days


def open_day_after(day: date, count: int, open_on: OpenOn) -> date:
    """
    The open day number `count` (from 1 on) after a day, which itself does not count (Regulation (EEC,
    Euratom) No 1182/71, Article 3).
    """
    return add_days(day + timedelta(days=1), count - 1, open_on)
