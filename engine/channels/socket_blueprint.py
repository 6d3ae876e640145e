"""Attaches a socket.io server to Rasa's web server. It must never add anything of its own."""

from __future__ import annotations

from typing import Any

from sanic import Blueprint, Sanic
from socketio import AsyncServer


class SocketBlueprint(Blueprint):
    """A blueprint that brings a socket.io server along when it is registered."""

    def __init__(self, sio: AsyncServer, path: str, *args: Any, **kwargs: Any) -> None:
        """path: where socket.io listens, for example "/socket.io"."""
        super().__init__(*args, **kwargs)
        self.ctx.sio = sio
        self.ctx.socket_path = path

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        """Called by the web server."""
        self.ctx.app = app
        app.config.WEBSOCKET_MAX_SIZE = self.ctx.sio.eio.max_http_buffer_size
        self.ctx.sio.attach(app, self.ctx.socket_path)
        super().register(app, options)
