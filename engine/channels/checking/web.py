"""
Looks at the two channels that need no provider: REST and the widget.
"""

from __future__ import annotations

import aiohttp

from engine import settings
from engine.channels.checking import server
from engine.channels.checking.finding import Finding
from sealing.keys import SealingError, read_key, read_secret

STRANGER = '40{"token":"none"}'
"""A connect packet of socket.io (protocol 5) with a token that nobody issued."""


async def check_rest() -> Finding:
    """REST wants its secret."""
    try:
        secret = read_secret(settings.key_file("rest.secret"))
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
        read_key(settings.key_file("widget_token.key"))
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
    url = f"{server.address()}/socket.io/?EIO=4&transport=polling"
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=server.SECONDS)) as session:
            async with session.get(url) as opened:
                sid = (await opened.text()).partition('"sid":"')[2].partition('"')[0]
            async with session.post(f"{url}&sid={sid}", data=STRANGER):
                pass
            async with session.get(f"{url}&sid={sid}") as answer:
                return (await answer.text()).startswith("44")
    except (aiohttp.ClientError, TimeoutError, OSError):
        return False
