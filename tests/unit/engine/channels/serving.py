"""A real web server with a channel, on a free loopback port, for tests."""

from __future__ import annotations

import asyncio
import itertools
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage, register
from sanic import Sanic

numbers = itertools.count()
Sanic.test_mode = True  # more than one server a process


class FakeAgent:
    """In Rasa's place: keeps what arrives and answers as it is told."""

    def __init__(self, answer: Callable[[UserMessage], Awaitable[None]] | None = None) -> None:
        self.heard: list[UserMessage] = []
        self.arrived = asyncio.Event()
        self._answer = answer

    async def handle_message(self, message: UserMessage) -> None:
        self.heard.append(message)
        self.arrived.set()
        if self._answer:
            await self._answer(message)


@asynccontextmanager
async def served(channel: InputChannel, agent: FakeAgent) -> AsyncIterator[str]:
    """The server's address, for as long as the block lasts."""
    app = Sanic(f"test_{next(numbers)}", configure_logging=False)
    app.ctx.agent = agent
    register([channel], app, route="/webhooks/")
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server: Any = await app.create_server(sock=listener, return_asyncio_server=True)
    await server.startup()
    await server.start_serving()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.close()
        await server.wait_closed()
