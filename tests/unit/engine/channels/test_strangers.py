"""Sockets of those who do not say who they are: few, and closed soon."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest

from sealing.token import issue_for
from settings import Settings
from tests.unit.engine.channels.serving import FakeAgent
from tests.unit.engine.channels.test_widget import (
    BUTTONS_KEY,
    PAGE,
    SECONDS,
    TOKEN_KEY,
    Browser,
    WidgetSettings,
    in_a_browser,
)

Run = Callable[[Any], Any]
PATH = "/socket.io/?EIO=4&transport=websocket"


def options(**bounds: Any) -> WidgetSettings:
    return WidgetSettings(TOKEN_KEY, BUTTONS_KEY, (PAGE,), settings=Settings(**bounds))


async def closed(socket: aiohttp.ClientWebSocketResponse) -> bool:
    async with asyncio.timeout(SECONDS):
        while (await socket.receive()).type not in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSE):
            pass
    return True


def test_who_does_not_say_who_it_is_is_hung_up_on(run_async: Run) -> None:
    async def scene(browser: Browser, address: str, agent: FakeAgent) -> None:
        await browser.open(address)
        async with aiohttp.ClientSession() as client, client.ws_connect(address + PATH) as stranger:
            assert await closed(stranger)
        await browser.send({"id": "1", "text": "hello"})
        assert (await browser.answer())["text"].endswith("hello")

    in_a_browser(run_async, scene, options=options(unknown_socket_seconds=0.1))


def test_an_address_has_few_such_sockets_and_those_who_are_known_do_not_count(run_async: Run) -> None:
    async def scene(browser: Browser, address: str, agent: FakeAgent) -> None:
        await browser.open(address)
        client = aiohttp.ClientSession()
        async with client, client.ws_connect(address + PATH), client.ws_connect(address + PATH):
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await client.ws_connect(address + PATH)
            assert refused.value.status == 401
            async with client.get(address + PATH.replace("websocket", "polling")) as answer:
                assert (answer.status, await answer.text()) == (401, '"too_many"')
        await browser.send({"id": "1", "text": "hello"})
        assert (await browser.answer())["text"].endswith("hello")

    in_a_browser(run_async, scene, options=options(unknown_sockets=2, unknown_socket_seconds=60))


@pytest.mark.parametrize(
    "packet",
    [
        "451-[",
        "42" + "[" * 5000,
        "4not a packet",
        "451-/,[{}]",
        b"\x00\x01",
        "4999999999999-[]",
        "40[",
        "43[]",
        "44{}",
    ],
)
def test_what_no_widget_sends_closes_that_socket_alone(run_async: Run, packet: str | bytes) -> None:
    async def scene(browser: Browser, address: str, agent: FakeAgent) -> None:
        await browser.open(address)
        async with aiohttp.ClientSession() as client, client.ws_connect(address + PATH) as stranger:
            await (stranger.send_str if isinstance(packet, str) else stranger.send_bytes)(packet)  # type: ignore[operator]
            assert await closed(stranger)
        await browser.send({"id": "1", "text": "hello"})
        assert (await browser.answer())["text"].endswith("hello")

    in_a_browser(run_async, scene)


def test_after_the_tokens_end_the_connection_itself_is_gone(run_async: Run) -> None:
    async def scene(browser: Browser, address: str, agent: FakeAgent) -> None:
        token = issue_for(TOKEN_KEY, "https://shop.example", "ada", int(time.time()) + 2)
        async with aiohttp.ClientSession() as client, client.ws_connect(address + PATH) as deaf:
            await deaf.send_str(f'40{{"token":"{token}"}}')
            heard = []
            async with asyncio.timeout(SECONDS):
                while (message := await deaf.receive()).type is aiohttp.WSMsgType.TEXT:
                    heard.append(message.data)
            assert any('"session_over",{"reason":"expired"}' in one for one in heard)

    in_a_browser(run_async, scene)


def test_whoever_has_said_as_much_as_is_kept_in_a_day_is_told_so(run_async: Run) -> None:
    async def scene(browser: Browser, address: str, agent: FakeAgent) -> list[Any]:
        await browser.open(address)
        return [await browser.send({"id": str(number), "text": "a" * 2_000}) for number in range(3)]

    replies = in_a_browser(run_async, scene, options=options(kept_bytes_per_day=10_000))
    assert [reply["ok"] for reply in replies] == [True, True, False]
    assert replies[-1] == {"ok": False, "error": "too_much"}
