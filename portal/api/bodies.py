"""
How large a request may be, and how long it may take to arrive.

It must never hold more of a request than that in memory, whatever its header says of its length.
"""

from __future__ import annotations

import asyncio
import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.api.refusals import answer

MOST_BYTES = 10_000
MOST_SECONDS = 10.0
_LENGTH = re.compile("[0-9]{1,9}")


class _Gone(Exception):
    """The client hung up before the request was whole."""


class _TooLarge(Exception):
    """The body is longer than MOST_BYTES."""


class WholeBodies:
    """Wraps the API: hands on requests whose body has arrived whole, and refuses the others."""

    def __init__(self, app: ASGIApp, most_seconds: float = MOST_SECONDS) -> None:
        self._app = app
        self._most_seconds = most_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            body = await asyncio.wait_for(_read(scope, receive), self._most_seconds)
        except _TooLarge:
            await answer("too_large", {"connection": "close"})(scope, receive, send)
        except TimeoutError:
            await answer("too_slow", {"connection": "close"})(scope, receive, send)
        except _Gone:
            return
        else:
            await self._app(scope, _again(body, receive), send)


async def _read(scope: Scope, receive: Receive) -> bytes:
    declared = Headers(scope=scope).get("content-length", "0")
    if not _LENGTH.fullmatch(declared) or int(declared) > MOST_BYTES:
        raise _TooLarge
    body = b""
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Gone
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > MOST_BYTES:
            raise _TooLarge
    return body


def _again(body: bytes, receive: Receive) -> Receive:
    """What the application receives: the whole body at once, then whatever the server still says."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return waiting.pop() if waiting else await receive()

    return next_message
