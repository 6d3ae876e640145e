"""When a tab of the widget begins and ends: what it is told first, until when, and that only we say so."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from engine.channels import socket_server, widget
from sealing.token import issue_for
from tests.unit.engine.channels.serving import FakeAgent
from tests.unit.engine.channels.test_widget import (
    BUTTONS_KEY,
    PAGE,
    SECONDS,
    TOKEN_KEY,
    Browser,
    bank,
    echo,
    in_a_browser,
)

Run = Callable[[Any], Any]


def known_until(ends: float) -> str:
    return issue_for(TOKEN_KEY, "https://shop.example", "ada", int(ends))


def test_an_expired_token_hears_nothing_more_and_is_told_why(run_async: Run) -> None:
    gate = asyncio.Event()

    async def later(message: UserMessage) -> None:
        await gate.wait()
        await echo(message)

    async def scene(browser: Browser, address: str, agent: FakeAgent) -> None:
        ends = int(time.time()) + 2
        longer = Browser()
        await longer.open(address, {"token": known_until(time.time() + 60)})
        await browser.open(address, {"token": known_until(ends)})
        await browser.send({"id": "1", "text": "hello"})
        assert await browser.next("typing") == {"on": True}
        assert await browser.next("session_over") == {"reason": "expired"}
        assert time.time() >= ends
        await asyncio.wait_for(browser.socket.wait(), SECONDS)
        gate.set()
        assert (await longer.answer())["text"].endswith("hello")
        assert browser.got.empty()
        await longer.socket.disconnect()

    in_a_browser(run_async, scene, answer=later)


def test_nothing_waits_for_the_end_of_a_token_whose_tab_is_gone(
    run_async: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting: list[asyncio.Task[Any]] = []

    class Watched(socket_server.SocketServer):
        def start_background_task(self, target: Any, *args: Any, **kwargs: Any) -> Any:
            task = super().start_background_task(target, *args, **kwargs)
            if getattr(target, "__name__", "") == "_close_at":
                waiting.append(task)
            return task

    monkeypatch.setattr(widget, "SocketServer", Watched)

    async def scene(browser: Browser, address: str, agent: FakeAgent) -> None:
        await browser.open(address, {"token": known_until(time.time() + 3600)})
        (task,) = waiting
        await browser.socket.disconnect()
        await asyncio.wait_for(asyncio.wait([task]), SECONDS)
        assert task.cancelled()

    in_a_browser(run_async, scene)


@pytest.mark.parametrize(
    "event",
    [
        ("connect", {}, {"token": known_until(time.time() + 3600)}),
        ("disconnect", "client disconnect"),
        ("disconnect",),
    ],
)
def test_what_a_client_calls_connect_or_disconnect_changes_nothing(
    run_async: Run, event: tuple[Any, ...]
) -> None:
    async def scene(browser: Browser, address: str, agent: FakeAgent) -> None:
        await browser.open(address)
        name, *data = event
        await browser.socket.emit(name, tuple(data))
        assert await browser.send({"id": "1", "text": "hello"}) == {"ok": True, "id": "1"}
        assert (await browser.answer())["text"].endswith("hello")
        assert browser.order.count("session") == 1

    in_a_browser(run_async, scene)


def test_no_answer_overtakes_what_was_said_before_it(run_async: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = asyncio.Event()

    async def later(message: UserMessage) -> None:
        await gate.wait()
        await echo(message)

    class Slow(socket_server.SocketServer):
        """Lets everything else go on between what it tells."""

        welcoming = 0

        async def emit(self, event: str, *args: Any, **kwargs: Any) -> Any:
            if event == "session":
                self.welcoming += 1
            if event == "session" and self.welcoming == 2:
                gate.set()
                for _ in range(100):
                    await asyncio.sleep(0)
            return await super().emit(event, *args, **kwargs)

    monkeypatch.setattr(widget, "SocketServer", Slow)

    async def scene(browser: Browser, address: str, agent: FakeAgent) -> list[str]:
        token = await browser.open(address)
        await browser.send({"id": "1", "text": "hello"})
        assert await browser.next("typing") == {"on": True}
        tab = Browser()
        await tab.open(address, {"token": token})
        assert await tab.next("typing") == {"on": True}
        await tab.next("bot_uttered")
        assert await tab.next("typing") == {"on": False}
        await tab.socket.disconnect()
        return tab.order

    order = in_a_browser(run_async, scene, answer=later)
    assert order == ["session", "history", "typing", "bot_uttered", "typing"]


def test_a_tab_is_told_in_which_language_the_assistant_speaks(run_async: Run) -> None:
    async def scene() -> Any:
        options = widget.WidgetSettings(TOKEN_KEY, BUTTONS_KEY, (PAGE,), language="es")
        async with bank(options=options) as (address, _):
            browser = Browser()
            await browser.open(address)
            await browser.socket.disconnect()
            return browser.session

    assert run_async(scene()) == {"conversation": "new", "language": "es"}
