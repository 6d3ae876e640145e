"""
The socket.io server, deaf for events that only it may cause.

A client may name its event as it likes. One that it calls "connect" or "disconnect" must never reach what is
called when somebody really comes or goes.
"""

from __future__ import annotations

from typing import Any

from socketio import AsyncServer


class SocketServer(AsyncServer):
    """Passes on what a client sends, unless it bears the name of something of our own."""

    async def _handle_event(self, eio_sid: str, namespace: str | None, id: Any, data: Any) -> None:  # noqa: A002, the library's name
        if data and data[0] not in self.reserved_events:
            await super()._handle_event(eio_sid, namespace, id, data)
