"""
How often one address and one person may ask. Counted in this process's memory, and nowhere written down.

It must never keep an address for longer than its minute, or the hour in which it began a conversation.
"""

from __future__ import annotations

import math
import time
from ipaddress import IPv6Address, ip_address

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.types import ASGIApp, Receive, Scope, Send

from portal.api.refusals import Refused, answer


class Rates:
    """What may still be done after the minute, or the hour, before now."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def spend(self, what: str, most: int, who: str, *, hourly: bool = False) -> None:
        """Count one of at most so many `what` of `who` in a minute, or in an hour. Raises Refused."""
        rate = RateLimitItemPerHour(most) if hourly else RateLimitItemPerMinute(most)
        if not self._limiter.hit(rate, what, who):
            raise Refused("too_many_requests", {"retry-after": str(self._seconds(rate, what, who))})

    def _seconds(self, rate: RateLimitItem, what: str, who: str) -> int:
        again = self._limiter.get_window_stats(rate, what, who).reset_time
        return max(1, math.ceil(again - time.time()))


def address_of(scope: Scope) -> str:
    """
    Where a request came from, as far as it is one household: of an IPv6 address its first 64 bits.

    Whoever has one address of such a network has all of them (RFC 6177).
    """
    host = scope["client"][0] if scope.get("client") else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return address.packed[:8].hex()
    return str(getattr(address, "ipv4_mapped", None) or address)


class AddressRate:
    """Wraps the API, so that also what it never understands is counted."""

    def __init__(self, app: ASGIApp, rates: Rates, most: int) -> None:
        self._app = app
        self._rates = rates
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            try:
                self._rates.spend("request", self._most, address_of(scope))
            except Refused as refused:
                await answer(refused.code, refused.headers)(scope, receive, send)
                return
        await self._app(scope, receive, send)
