"""When a message was received: noted before it waits for its turn, told to the action server, not kept."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from engine.conversations import forms
from sealing.token import issue
from tests.unit.engine.channels.serving import FakeAgent, served
from tests.unit.engine.channels.test_rest import channel, post
from tests.unit.engine.channels.test_widget import TOKEN_KEY, Browser, bank

Run = Callable[[Any], Any]
NOTED = "2026-05-06T12:00:00.000001+00:00"


class Slow(FakeAgent):
    """Holds the first message until it is told to go on, and knows when that was."""

    def __init__(self) -> None:
        super().__init__(self._wait)
        self.go_on = asyncio.Event()

    async def _wait(self, _message: UserMessage) -> None:
        await self.go_on.wait()

    def let_go(self) -> datetime:
        before = datetime.now(UTC)
        self.go_on.set()
        return before


def waiting(rest: Any) -> int:
    """How many messages of the one sender are there, the one that is handled included."""
    return sum(count for _, count in rest._in_order._locks.values())


def received(message: UserMessage) -> datetime:
    return datetime.fromisoformat((message.metadata or {})["received_at"])


def check(messages: list[UserMessage], begun: datetime, let_go: datetime) -> None:
    """Both were received before the first was through, in order, and in UTC."""
    first, second = (received(message) for message in messages)
    assert begun <= first < second <= let_go
    assert first.utcoffset() == timedelta(0)


def test_the_rest_channel_notes_it_before_the_message_waits(run_async: Run) -> None:
    async def scene() -> None:
        agent, rest, begun = Slow(), channel(), datetime.now(UTC)
        async with served(rest, agent) as address:
            first = asyncio.create_task(post(address, {"sender": "me", "message": "first"}))
            await agent.arrived.wait()
            second = asyncio.create_task(post(address, {"sender": "me", "message": "second"}))
            while waiting(rest) < 2:  # noqa: ASYNC110 (the channel tells nobody)
                await asyncio.sleep(0.01)
            let_go = agent.let_go()
            await asyncio.gather(first, second)
        check(agent.heard, begun, let_go)

    run_async(scene())


def test_the_widgets_channel_notes_it_before_the_message_waits(run_async: Run) -> None:
    async def scene() -> None:
        agent, browser, begun = Slow(), Browser(), datetime.now(UTC)
        async with bank(agent=agent) as (address, _):
            await browser.open(address, {"token": issue(TOKEN_KEY)})
            await browser.send({"id": "1", "text": "first"})
            await browser.send({"id": "2", "text": "second"})
            let_go = agent.let_go()
            for _ in range(2):
                assert [await browser.next("typing") for _ in ("on", "off")] == [
                    {"on": True},
                    {"on": False},
                ]
            await browser.socket.disconnect()
        check(agent.heard, begun, let_go)

    run_async(scene())


def test_a_client_cannot_say_when_its_message_was_received(run_async: Run) -> None:
    async def scene() -> FakeAgent:
        agent = FakeAgent()
        async with served(channel(), agent) as address:
            body = {
                "sender": "me",
                "message": "yes",
                "received_at": NOTED,
                "metadata": {"received_at": NOTED},
            }
            await post(address, body)
        return agent

    assert NOTED not in str(run_async(scene()).heard[0].metadata)


def test_rasa_tells_the_action_server_and_it_is_not_kept() -> None:
    tracker = DialogueStateTracker("me", [])
    said = UserUttered("yes", {"name": "allow"}, metadata={"button": False, "received_at": NOTED})
    tracker.update(said)
    assert tracker.current_state()["latest_message"]["metadata"]["received_at"] == NOTED
    assert NOTED not in json.dumps(forms.kept(said))
    assert "metadata" not in forms.kept(said)
