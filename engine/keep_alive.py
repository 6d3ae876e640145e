"""Keeps Rasa's connection to a separate action server open from one call to the next."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import ClientSession

if TYPE_CHECKING:
    from rasa.utils.endpoints import EndpointConfig
    from sanic import Sanic


def keep(endpoint: EndpointConfig, app: Sanic) -> None:
    """
    Let all calls to the endpoint share one session, made as Rasa makes one for each, until the app's server
    stops.
    """
    stock = endpoint.session
    kept: list[ClientSession] = []

    @asynccontextmanager
    async def session() -> AsyncIterator[ClientSession]:
        if not kept:
            kept.append(stock())
        yield kept[0]

    async def close(_app: Sanic) -> None:
        while kept:
            await kept.pop().close()

    endpoint.session = session
    app.register_listener(close, "after_server_stop")
