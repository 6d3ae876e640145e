"""Lets the server of `rasa run` run on a current Sanic, and spares it looking at what stays anyway."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Awaitable, Callable
from functools import partialmethod
from typing import TYPE_CHECKING, Any

from sanic.response import HTTPResponse, json

from settings import read_settings
from settings.arriving import bound

if TYPE_CHECKING:
    from sanic import Sanic
    from sanic.request import Request

NEW_OBJECTS = 20_000
"""So many new objects before the collector looks for rubbish among them; Python's own 700 are few."""


def install() -> None:
    """
    One process, as before Sanic 22.9: those that it starts since would make the app anew, which Rasa cannot.

    And it passes no event loop to its listeners, which Rasa's want.
    """
    from rasa import server
    from rasa.core import run
    from sanic import Sanic

    Sanic.run = partialmethod(Sanic.run, single_process=True, motd=False)  # type: ignore[method-assign, assignment]
    run.load_agent_on_start = then_settled(with_loop(run.load_agent_on_start))
    run.close_resources = with_loop(run.close_resources)
    run.configure_app = bounded(run.configure_app)
    server.add_root_route = add_root_route


def bounded(stock: Callable[..., Sanic]) -> Callable[..., Sanic]:
    """`rasa.core.run.configure_app`; what its server reads is bounded."""

    def configure_app(*args: Any, **kwargs: Any) -> Sanic:
        app = stock(*args, **kwargs)
        bound(app, read_settings())
        return app

    return configure_app


def add_root_route(app: Sanic) -> None:
    """In place of Rasa's own, which tells everybody its version."""

    @app.get("/")
    async def hello(_request: Request) -> HTTPResponse:
        return json({"status": "ok"})


def with_loop(stock: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """The listener, called with the running loop behind what Sanic gives it."""

    async def listener(*given: Any) -> Any:
        return await stock(*given, asyncio.get_running_loop())

    return listener


def then_settled(stock: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """
    The listener that loads the model, after which the collector leaves alone what is there: it stays as long
    as the server, and looking through it again and again costs an eighth of a turn.
    """

    async def listener(*given: Any) -> Any:
        result = await stock(*given)
        gc.collect()
        gc.freeze()
        gc.set_threshold(NEW_OBJECTS)
        return result

    return listener
