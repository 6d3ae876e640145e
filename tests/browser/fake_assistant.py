"""
A small assistant that keeps the widget's protocol, so that the widget can be tried without the three servers.

It must never be kinder than the real one: a token that the portal did not issue is refused, and so is a
button that it did not offer.
"""

import asyncio
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import socketio
import uvicorn

from sealing.token import conversation_key
from tests.browser.script import Said, Script
from tests.portal.place import TOKEN_KEY

LONGEST = 2_000


@dataclass
class FakeAssistant:
    """One assistant on a loopback port. `heard` has every message that arrived, in order."""

    origins: list[str]
    port: int = 0
    heard: list[dict[str, Any]] = field(default_factory=list)
    issued: set[str] = field(default_factory=set)
    """Tokens that somebody came with and that held."""
    token_key: bytes = TOKEN_KEY
    most_shown: int = 60
    """Messages that somebody who comes back is shown."""
    language: str | None = None
    """What it says that it speaks; None: nothing."""
    opened: int = 0
    """How often somebody connected."""
    drops_answers: bool = False
    """Hears, but neither acknowledges nor answers: the connection breaks in between."""
    drops_acknowledgements: bool = False
    """Hears and answers, but never acknowledges."""

    def __post_init__(self) -> None:
        self.port = self.port or _free_port()
        self._scripts: dict[str, Script] = {}
        self._said: dict[str, list[dict[str, Any]]] = {}
        self._conversations: dict[str, str] = {}
        self._refused: set[str] = set()
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
            socketio.ASGIApp(self._sio, on_startup=self._note_the_loop),
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
        self._refused |= self.issued
        self.issued.clear()

    def end_sessions(self) -> None:
        """Every token that somebody is here with is over."""
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(self._end_sessions(), self._loop).result(5)

    async def _end_sessions(self) -> None:
        assert self._sio is not None
        for sid in list(self._conversations):
            await self._sio.emit("session_over", {"reason": "expired"}, to=sid)
            await self._sio.disconnect(sid)

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

    @property
    def present(self) -> int:
        """How many are connected."""
        return len(self._conversations)

    @property
    def conversations(self) -> list[str]:
        """Their ids, in the order in which they began."""
        return list(self._said)

    def tell_before(self, conversation: str, text: str) -> None:
        """The person said this elsewhere, and was answered, while nobody here was connected."""
        said = self._said[conversation]
        person = {"id": f"elsewhere-{len(said)}", "at": _now(), "text": text}
        said.append({**person, "from": "person", "buttons": [], "custom": None})
        for one in self._scripts[conversation].answer({"text": text}) or []:
            said.append({"from": "assistant", **one.as_event(), "at": _now()})

    def texts(self) -> list[str]:
        return [message["text"] for message in self.heard if "text" in message]

    def presses(self) -> list[str]:
        return [message["payload"].partition("~")[0] for message in self.heard if "payload" in message]

    async def _note_the_loop(self) -> None:
        self._loop = asyncio.get_running_loop()

    def _on_the_loop(self, act: Callable[[], object]) -> None:
        assert self._loop is not None
        self._loop.call_soon_threadsafe(act)

    def _socket(self) -> socketio.AsyncServer:
        server = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins=self.origins)

        async def connect(sid: str, _: object, auth: dict[str, str] | None = None) -> None:
            await self._connect(server, sid, auth)

        async def hear(sid: str, message: dict[str, Any]) -> dict[str, Any]:
            return await self._hear(server, sid, message)

        async def leave(sid: str, *_: object) -> None:
            self._conversations.pop(sid, None)

        server.on("connect", connect)
        server.on("disconnect", leave)
        server.on("user_uttered", hear)
        return server

    async def _connect(self, server: socketio.AsyncServer, sid: str, auth: dict[str, str] | None) -> None:
        token = (auth or {}).get("token", "")
        conversation = conversation_key(self.token_key, token)
        if conversation is None or token in self._refused:
            raise socketio.exceptions.ConnectionRefusedError("invalid_token")
        self.issued.add(token)
        self.opened += 1
        self._conversations[sid] = conversation
        self._scripts.setdefault(conversation, Script())
        said = self._said.setdefault(conversation, [])
        await server.enter_room(sid, conversation)
        language = {"language": self.language} if self.language else {}
        await server.emit("session", {"conversation": "resumed" if said else "new", **language}, to=sid)
        if said:
            history = {"messages": said[-self.most_shown :], "complete": len(said) <= self.most_shown}
            await server.emit("history", history, to=sid)

    async def _hear(self, server: socketio.AsyncServer, sid: str, message: dict[str, Any]) -> dict[str, Any]:
        self.heard.append(message)
        if self.drops_answers:
            await asyncio.sleep(3600)
        if len(message.get("text", "")) > LONGEST:
            return {"ok": False, "error": "too_long"}
        conversation = self._conversations[sid]
        said = self._said[conversation]
        if any(one["id"] == message["id"] for one in said):
            return {"ok": True, "id": message["id"], "repeated": True}
        answers = self._scripts[conversation].answer(message)
        if answers is None:
            return {"ok": False, "error": "bad_message"}
        text = message.get("text") or self._title(conversation, message["payload"])
        mine = {"id": message["id"], "at": _now(), "text": text}
        said.append({**mine, "from": "person", "buttons": [], "custom": None})
        await server.emit("user_said", mine, room=conversation)
        server.start_background_task(self._speak, server, conversation, answers)
        if self.drops_acknowledgements:
            await asyncio.sleep(3600)
        return {"ok": True, "id": message["id"]}

    async def _speak(self, server: socketio.AsyncServer, conversation: str, answers: list[Said]) -> None:
        await server.emit("typing", {"on": True}, room=conversation)
        await self._may_speak.wait()
        for one in answers:
            event = {**one.as_event(), "at": _now()}
            self._said[conversation].append({"from": "assistant", **event})
            await server.emit("bot_uttered", event, room=conversation)
        await server.emit("typing", {"on": False}, room=conversation)

    def _title(self, conversation: str, payload: str) -> str:
        offered = [button for one in self._said[conversation] for button in one["buttons"]]
        return next((each["title"] for each in offered if each["payload"] == payload), "")


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
