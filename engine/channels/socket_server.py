"""
The socket.io server, deaf for events that only it may cause, and patient with strangers for a few seconds.

A client may name its event as it likes. One that it calls "connect" or "disconnect" must never reach what is
called when somebody really comes or goes. Whoever sends what no widget sends is hung up on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from socketio import AsyncServer

from engine.channels.addresses import address_of
from settings import Settings

NAMESPACE = "/"
TOO_MANY = "too_many"
BINARY = ("5", "6")


class SocketServer(AsyncServer):
    """
    Passes on what a client sends, unless it bears the name of something of our own. Takes so many sockets of
    an address that have not said who they are, and closes each of them soon.
    """

    def __init__(self, settings: Settings, **options: Any) -> None:
        super().__init__(**options)
        self._settings = settings
        self._strangers: dict[str, str] = {}
        self._waiting: set[asyncio.Task[None]] = set()

    async def _handle_eio_connect(self, eio_sid: str, environ: Mapping[str, Any]) -> str | None:
        """What is returned is the reason of a refusal."""
        address = address_of(environ["sanic.request"], self._settings.proxies)
        if list(self._strangers.values()).count(address) >= self._settings.unknown_sockets:
            return TOO_MANY
        await super()._handle_eio_connect(eio_sid, environ)
        self._wait_for_a_word(eio_sid, address)
        return None

    def _wait_for_a_word(self, eio_sid: str, address: str) -> None:
        self._strangers[eio_sid] = address
        task = asyncio.ensure_future(self._close_a_stranger(eio_sid))
        self._waiting.add(task)
        task.add_done_callback(self._waiting.discard)

    async def _close_a_stranger(self, eio_sid: str) -> None:
        await asyncio.sleep(self._settings.unknown_socket_seconds)
        if self._strangers.pop(eio_sid, None) is not None:
            await self._hang_up(eio_sid)

    async def _hang_up(self, eio_sid: str) -> None:
        """Close a connection, also of a client that does not do its part."""
        socket = self.eio.sockets.pop(eio_sid, None)
        if socket is not None:
            await socket.close(wait=False, reason=self.reason.SERVER_DISCONNECT)
            await socket.queue.put(None)  # its writer ends, and closes what it writes to

    async def _handle_eio_disconnect(self, eio_sid: str, reason: str) -> None:
        self._strangers.pop(eio_sid, None)
        await super()._handle_eio_disconnect(eio_sid, reason)

    async def _handle_eio_message(self, eio_sid: str, data: Any) -> None:
        """Widgets send text alone, and packets that can be read."""
        is_text = isinstance(data, str) and data[:1] not in BINARY
        try:
            if is_text:
                await super()._handle_eio_message(eio_sid, data)
        except (ValueError, RecursionError, TypeError, IndexError, KeyError):
            is_text = False
        if not is_text:
            await self._hang_up(eio_sid)

    async def _handle_connect(self, eio_sid: str, namespace: str | None, data: Any) -> None:
        """Once a connection; whoever is known is no stranger any more."""
        if self.manager.sid_from_eio_sid(eio_sid, namespace or NAMESPACE) is not None:
            return
        await super()._handle_connect(eio_sid, namespace, data)
        if self.manager.sid_from_eio_sid(eio_sid, NAMESPACE) is not None:
            self._strangers.pop(eio_sid, None)

    async def _handle_disconnect(self, eio_sid: str, namespace: str | None, reason: Any = None) -> None:
        """Who takes leave has no use for the connection."""
        await super()._handle_disconnect(eio_sid, namespace, reason)
        if reason == self.reason.CLIENT_DISCONNECT and eio_sid in self.environ:
            await self._hang_up(eio_sid)

    async def disconnect(self, sid: str, namespace: str | None = None, ignore_queue: bool = False) -> None:
        """Close a tab, and what it came over."""
        eio_sid = self.manager.eio_sid_from_sid(sid, namespace or NAMESPACE)
        await super().disconnect(sid, namespace, ignore_queue)
        if eio_sid is not None:
            await self._hang_up(eio_sid)

    async def _handle_event(self, eio_sid: str, namespace: str | None, id: Any, data: Any) -> None:  # noqa: A002, the library's name
        if data and data[0] not in self.reserved_events:
            await super()._handle_event(eio_sid, namespace, id, data)
