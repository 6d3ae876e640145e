"""Where a request came from, as far as it is one household. Must never be written down."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import IPv6Address, ip_address

from sanic.request import Request


def address_of(request: Request, proxies: Collection[str]) -> str:
    """The address that connected; if it is a proxy of ours, the last that our proxies name. IPv6: 64 bits."""
    passed_on = ",".join(request.headers.getall("x-forwarded-for", []))
    hops = [hop.strip() for hop in passed_on.split(",") if hop.strip()]
    host = request.ip
    while host in proxies and hops:
        host = hops.pop()
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or address.packed[:8].hex())
    return str(address)
