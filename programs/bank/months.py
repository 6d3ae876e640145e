"""Counting in calendar months. No clock is read here."""

from __future__ import annotations

import calendar
from datetime import date


def months_later(day: date, months: int) -> date:
    """
    The same day `months` months later (earlier, if negative); the month's last day if it has no such day.

    Source: Regulation (EEC, Euratom) No 1182/71, Article 3(2)(c).
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
