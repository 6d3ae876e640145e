"""
A small assistant that keeps the widget's protocol, so that the widget can be tried without the three servers.

It must never be kinder than the real one: a token that it did not issue is refused, and so is a button that
it did not offer.
"""

import asyncio
import secrets
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import socketio
import uvicorn

from tests.browser.script import Said, Script

LONGEST = 2_000


@dataclass
class FakeAssistant:
    """One assistant on a loopback port. `heard` has every message that arrived, in order."""

    origins: list[str]
    port: int = 0
    heard: list[dict[str, Any]] = field(default_factory=list)
    issued: set[str] = field(default_factory=set)
    drops_answers: bool = False
    """Hears, but neither acknowledges nor answers: the connection breaks in between."""

    def __post_init__(self) -> None:
        self.port = self.port or _free_port()
        self._scripts: dict[str, Script] = {}
        self._tokens: dict[str, str] = {}
        self._server: uvicorn.Server | None = None
        self._sio: socketio.AsyncServer | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._may_speak = asyncio.Event()
        self._may_speak.set()
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Listens until `stop`. May be started again: tokens and conversations are remembered."""
        self._sio = self._socket()
        config = uvicorn.Config(
            socketio.ASGIApp(self._sio),
            host="127.0.0.1",
            port=self.port,
            log_level="error",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            self._thread.join(0.01)
            assert self._thread.is_alive(), "the fake assistant could not start"

    def stop(self) -> None:
        """Ends every connection and frees the port."""
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        self._thread.join(10)
        self._server = None

    def forget_tokens(self) -> None:
        """From now on, every token issued so far is refused."""
        self.issued.clear()

    def hold_back(self) -> None:
        """From now on it acknowledges, but says nothing until `let_go`."""
        self._on_the_loop(self._may_speak.clear)

    def let_go(self) -> None:
        """Says what was held back."""
        self._on_the_loop(self._may_speak.set)

    def broadcast(self, event: object) -> None:
        """Sends any event to everybody, also one that breaks the protocol."""
        assert self._sio is not None
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(self._sio.emit("bot_uttered", event), self._loop).result(5)

    def texts(self) -> list[str]:
        return [message["text"] for message in self.heard if "text" in message]

    def presses(self) -> list[str]:
        return [message["payload"].partition("~")[0] for message in self.heard if "payload" in message]

    def _on_the_loop(self, act: Callable[[], object]) -> None:
        assert self._loop is not None
        self._loop.call_soon_threadsafe(act)

    def _socket(self) -> socketio.AsyncServer:
        server = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins=self.origins)

        async def connect(sid: str, _: object, auth: dict[str, str] | None = None) -> None:
            await self._connect(server, sid, auth)

        async def hear(sid: str, message: dict[str, Any]) -> dict[str, Any]:
            return await self._hear(server, sid, message)

        server.on("connect", connect)
        server.on("user_uttered", hear)
        return server

    async def _connect(self, server: socketio.AsyncServer, sid: str, auth: dict[str, str] | None) -> None:
        self._loop = asyncio.get_running_loop()
        token = (auth or {}).get("token")
        if token is not None and token not in self.issued:
            raise socketio.exceptions.ConnectionRefusedError("invalid_token")
        token = token or secrets.token_urlsafe(32)
        self.issued.add(token)
        self._tokens[sid] = token
        self._scripts.setdefault(token, Script())
        await server.emit("session", {"token": token}, to=sid)

    async def _hear(self, server: socketio.AsyncServer, sid: str, message: dict[str, Any]) -> dict[str, Any]:
        self.heard.append(message)
        if self.drops_answers:
            await asyncio.sleep(3600)
        if len(message.get("text", "")) > LONGEST:
            return {"ok": False, "error": "too_long"}
        answers = self._scripts[self._tokens[sid]].answer(message)
        if answers is None:
            return {"ok": False, "error": "bad_message"}
        server.start_background_task(self._speak, server, sid, answers)
        return {"ok": True}

    async def _speak(self, server: socketio.AsyncServer, sid: str, answers: list[Said]) -> None:
        await server.emit("typing", {"on": True}, to=sid)
        await self._may_speak.wait()
        for said in answers:
            await server.emit("bot_uttered", said.as_event(), to=sid)
        await server.emit("typing", {"on": False}, to=sid)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
