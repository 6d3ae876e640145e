"""Two calendars worked out by hand, from the rules and an algorithm for Easter, to hold others against."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

A_DAY = timedelta(days=1)


def easter(year: int) -> date:
    """The anonymous Gregorian algorithm (Meeus, Jones, Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    ell = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * ell) // 433
    month = (h + ell - 7 * m + 90) // 25
    return date(year, month, (h + ell - 7 * m + 33 * month + 19) % 32)


def settles(day: date) -> bool:
    """A TARGET day: no weekend day, none of six closing days."""
    fixed = {(1, 1), (5, 1), (12, 25), (12, 26)}
    around_easter = {easter(day.year) - 2 * A_DAY, easter(day.year) + A_DAY}
    return day.weekday() < 5 and (day.month, day.day) not in fixed and day not in around_easter


def irish(day: date) -> bool:
    """
    A day on which Irish banks are open: public holidays are those of the Organisation of Working Time Act
    1997 and S.I. No. 50/2022; Good Friday, and the days instead of those on a weekend, are the banks' own.
    """
    year = day.year
    brigid = date(year, 2, 1) if date(year, 2, 1).weekday() == 4 else _monday(year, 2)
    october = max(date(year, 10, n) for n in range(25, 32) if date(year, 10, n).weekday() == 0)
    closed = {october, easter(year) + A_DAY, *(_monday(year, month) for month in (5, 6, 8))}
    closed |= {easter(year) - 2 * A_DAY} | ({brigid} if year >= 2023 else set())
    closed.add(date(2022, 3, 18))  # a day of remembrance, that year only
    for month, number in ((1, 1), (3, 17), (12, 25), (12, 26)):
        instead = date(year, month, number)
        while instead.weekday() >= 5 or instead in closed:
            instead += A_DAY
        closed.add(instead)
    return day.weekday() < 5 and day not in closed


def weekdays(day: date) -> bool:
    return day.weekday() < 5


def walk(ordered: date, opens: Callable[[date], bool], count: int, *, in_time: bool) -> date:
    """The day on which it is there, by living through the days one by one, as the bank does."""
    day, waiting, left = ordered, not in_time, None
    while True:
        if opens(day) and not waiting and left is None:
            left = count  # the bank takes the order up, and counts from the next open day on
        elif opens(day) and left is not None:
            left -= 1
        if left == 0:
            return day
        day, waiting = day + A_DAY, False


def _monday(year: int, month: int) -> date:
    return next(date(year, month, n) for n in range(1, 8) if date(year, month, n).weekday() == 0)
