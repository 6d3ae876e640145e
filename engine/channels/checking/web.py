"""
Looks at the two channels that need no provider: REST and the widget.
"""

from __future__ import annotations

import aiohttp

from engine.channels.checking import server
from engine.channels.checking.finding import Finding
from sealing.keys import SealingError, read_key, read_secret
from settings import read_settings

STRANGER = '40{"token":"none"}'
"""A connect packet of socket.io (protocol 5) with a token that nobody issued."""

REFUSED = "44"
"""What a packet begins with that says no to it."""


async def check_rest() -> Finding:
    """REST wants its secret."""
    try:
        secret = read_secret(read_settings().keys / "rest.secret")
    except SealingError:
        return Finding("rest", "incomplete", missing={"rest.secret": "is missing"})
    path = "/webhooks/rest/webhook"
    forged = await server.status("POST", path, body=b"{}")
    genuine = await server.status("POST", path, headers={"Authorization": f"Bearer {secret}"}, body=b"{}")
    reasons = _reasons(forged, refused=forged in server.REFUSED, taken=genuine == 400)
    return Finding("rest", "yes", forged is not None, not reasons, reasons=reasons)


async def check_widget() -> Finding:
    """The socket wants a token of the portal's."""
    try:
        read_key(read_settings().keys / "widget_token.key")
    except SealingError:
        return Finding("widget", "incomplete", missing={"widget_token.key": "is missing"})
    health = await server.status("GET", "/webhooks/widget/")
    refused = health is not None and await _refuses_a_stranger()
    reasons = _reasons(health, refused=refused, taken=True)
    return Finding("widget", "yes", health is not None, not reasons, reasons=reasons)


def _reasons(answered: int | None, *, refused: bool, taken: bool) -> tuple[str, ...]:
    if answered is None:
        return ("server_away",)
    return (*(() if refused else ("forged_is_taken",)), *(() if taken else ("genuine_is_refused",)))


async def _refuses_a_stranger() -> bool:
    """Whether the socket turns a token away that nobody issued."""
    url = f"{server.address()}/socket.io/?EIO=4&transport=websocket"
    timeout = aiohttp.ClientTimeout(total=server.SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.ws_connect(url) as socket:
            await socket.receive_str(timeout=server.SECONDS)
            await socket.send_str(STRANGER)
            return (await socket.receive_str(timeout=server.SECONDS)).startswith(REFUSED)
    except (aiohttp.ClientError, TypeError, TimeoutError, OSError):
        return False
