"""Calls to a separate action server share one connection while the server runs, and it is closed with it."""

import asyncio
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from rasa.utils.endpoints import EndpointConfig

from engine import keep_alive


class _App:
    """What a web server's app is to us: it takes listeners."""

    def __init__(self) -> None:
        self.listeners: list[tuple[Any, str]] = []

    def register_listener(self, listener: Any, event: str) -> None:
        self.listeners.append((listener, event))


def _connections(*, kept: bool) -> tuple[int, bool]:
    """How many connections three calls need, and whether the last is closed at the end."""
    seen: dict[tuple[str, int], web.Request] = {}

    async def answer(request: web.Request) -> web.Response:
        assert request.transport is not None
        seen[request.transport.get_extra_info("peername")] = request
        return web.json_response({"headers": dict(request.headers)})

    async def calls() -> tuple[int, bool]:
        app = web.Application()
        app.router.add_post("/webhook", answer)
        async with TestServer(app) as server:
            endpoint = EndpointConfig(str(server.make_url("/webhook")), headers={"Authorization": "Bearer x"})
            running = _App()
            if kept:
                keep_alive.keep(endpoint, running)  # type: ignore[arg-type]
            for _ in range(3):
                answered = await endpoint.request(json={})
                assert answered["headers"]["Authorization"] == "Bearer x"
            for listener, event in running.listeners:
                assert event == "after_server_stop"
                async with endpoint.session() as session:
                    await listener(running)
            return len(seen), session.closed if kept else True

    return asyncio.run(calls())


def test_calls_share_a_connection_that_is_closed_at_the_end() -> None:
    assert _connections(kept=True) == (1, True)


def test_without_it_each_call_has_a_connection_of_its_own() -> None:
    assert _connections(kept=False) == (3, True)
