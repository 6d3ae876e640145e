"""
Getting money back: the terms of the law, of the card schemes and of the bank, and deadlines counted in them.

The numbers are in bank.yml, section `disputes`. Pure: no clock.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from programs.business_days import OpenOn, add_days
from programs.card_post import BusinessDays
from programs.model import Facts

Days = Annotated[int, Field(ge=1, le=400)]


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
    hold_days: Days
    wrong_cash_report_days: Days
    wrong_cash_answer_business_days: Days
    shop_refund_days: Days


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the month's last day if it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def open_day_after(day: date, count: int, open_on: OpenOn) -> date:
    """
    The open day number `count` (from 1 on) after a day, which itself does not count (Regulation (EEC,
    Euratom) No 1182/71, Article 3).
    """
    return add_days(day + timedelta(days=1), count - 1, open_on)
