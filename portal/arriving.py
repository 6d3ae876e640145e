"""
Bounds what the portal reads: how long a request may take to arrive, its headers, their letters.

Must never wait for anybody without an end, whatever is sent and however slowly.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import h11
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from settings import Settings

BAD, TOO_LARGE = 400, 431
VERSIONS = ("1.0", "1.1")
LENGTHS = (b"content-length", b"transfer-encoding")
"""Two of them, and one on the way may read another request than we do."""


class BoundedHeaders:
    """Wraps the whole application: HTTP/1, and headers that are few, short, and in ASCII."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        status = self._refusal(scope) if scope["type"] == "http" else None
        app = self._app if status is None else Response(status_code=status, headers={"connection": "close"})
        await app(scope, receive, send)

    def _refusal(self, scope: Scope) -> int | None:
        headers: Sequence[tuple[bytes, bytes]] = scope["headers"]
        pairs = [*headers, (scope.get("raw_path") or b"", scope.get("query_string", b""))]
        if scope["http_version"] not in VERSIONS or sum(name in LENGTHS for name, _ in headers) > 1:
            return BAD
        if len(pairs) - 1 > self._settings.headers:
            return TOO_LARGE
        if sum(len(name) + len(value) for name, value in pairs) > self._settings.header_bytes:
            return TOO_LARGE
        return None if all(name.isascii() and value.isascii() for name, value in pairs) else BAD


def patient_for(seconds: float) -> type[H11Protocol]:
    """Uvicorn's protocol; a connection on which a request does not arrive whole in time is closed."""

    class Patient(H11Protocol):
        _deadline: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._wait()

        def on_response_complete(self) -> None:
            super().on_response_complete()
            self._wait()

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop()
            super().connection_lost(exc)

        def _wait(self, *, body_too: bool = False) -> None:
            self._stop()
            self._deadline = self.loop.call_later(seconds, self._look, body_too)

        def _stop(self) -> None:
            if self._deadline is not None:
                self._deadline.cancel()

        def _look(self, body_too: bool) -> None:
            """Whoever reads a body has as much time again to say that it came too slowly."""
            state: Any = self.conn.their_state
            if state is h11.IDLE or (state is h11.SEND_BODY and body_too):
                self.transport.close()
            elif state is h11.SEND_BODY:
                self._wait(body_too=True)

    return Patient
