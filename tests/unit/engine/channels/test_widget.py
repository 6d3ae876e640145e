"""The widget's channel with a real socket.io client."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import socketio
from rasa.core.channels.channel import UserMessage
from socketio.exceptions import ConnectionError as SocketConnectionError

from engine.channels.fairness import Pace
from engine.channels.intake import LONGEST_TEXT
from engine.channels.widget import WidgetInput, WidgetSettings
from sealing.button import seal, unseal
from sealing.keys import KeyMissing
from sealing.token import conversation_key, issue
from tests.unit.engine.channels.serving import FakeAgent, served

TOKEN_KEY, BUTTONS_KEY = b"t" * 32, b"b" * 32
PAGE = "http://127.0.0.1:8000"
PAYLOAD = '/allow{"r":"7f3k9q"}'
PRIVATE = "I owe 1,234.56 euros"
SORRY = "Please send it once more."
Run = Callable[[Any], Any]
SECONDS = 10
NEW = object()


class Browser:
    """A widget in somebody's browser: what it sends and what it got."""

    def __init__(self, transports: tuple[str, ...] = ("websocket",)) -> None:
        self.transports = list(transports)
        self.socket = socketio.AsyncClient(reconnection=False)
        self.got: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()
        self.told: dict[str, list[Any]] = {"user_said": [], "history": []}
        self.order: list[str] = []
        for event in ("session", "bot_uttered", "typing", "connect_error", "session_over"):
            self.socket.on(event, self._keeper(event))
        for event, kept in self.told.items():
            self.socket.on(event, self._keeper(event, kept.append))

    def _keeper(self, event: str, keep: Callable[[Any], None] | None = None) -> Callable[[Any], None]:
        def hear(data: Any) -> None:
            self.order.append(event)
            keep(data) if keep else self.got.put_nowait((event, data))

        return hear

    async def open(self, address: str, auth: Any = NEW, origin: str | None = PAGE) -> Any:
        """Connects, as somebody new unless told otherwise; returns the token."""
        auth = {"token": issue(TOKEN_KEY)} if auth is NEW else auth
        headers = {"Origin": origin} if origin else {}
        await self.socket.connect(
            address, auth=auth, headers=headers, transports=self.transports, wait_timeout=SECONDS
        )
        self.session = await self.next("session")
        return auth["token"]

    async def next(self, event: str) -> Any:
        name, data = await asyncio.wait_for(self.got.get(), SECONDS)
        assert name == event, f"expected {event}, got {name}: {data}"
        return data

    async def send(self, *data: Any) -> Any:
        return await self.socket.call("user_uttered", *data, timeout=SECONDS)

    async def answer(self) -> Any:
        """What the assistant says between typing on and typing off; one message."""
        assert await self.next("typing") == {"on": True}
        said = await self.next("bot_uttered")
        assert await self.next("typing") == {"on": False}
        return said


async def echo(message: UserMessage) -> None:
    """Stands in for the assistant: repeats, and offers one button."""
    said = {
        "text": f"you said\n\n{message.text}",
        "buttons": [{"title": "Allow", "payload": PAYLOAD}],
        "custom": {"kind": "permission"},
    }
    await message.output_channel.send_response(message.sender_id, said)


@asynccontextmanager
async def bank(
    answer: Any = echo,
    pace: Pace | None = None,
    agent: FakeAgent | None = None,
    options: WidgetSettings | None = None,
) -> AsyncIterator[tuple[str, FakeAgent]]:
    options = options or WidgetSettings(TOKEN_KEY, BUTTONS_KEY, (PAGE,), pace or Pace(), SORRY)
    agent = agent or FakeAgent(answer)
    async with served(WidgetInput(options, clock=lambda: 0.0), agent) as address:
        yield address, agent


def in_a_browser(run_async: Run, scene: Callable[..., Any], **options: Any) -> Any:
    """Run scene(browser, address, agent) against a running channel."""

    async def play() -> Any:
        async with bank(**options) as (address, agent):
            browser = Browser()
            try:
                return await scene(browser, address, agent)
            finally:
                await browser.socket.disconnect()

    return run_async(play())


def test_who_comes_back_with_a_token_has_the_same_conversation(run_async: Run) -> None:
    token = issue(TOKEN_KEY)

    async def scene(browser: Browser, address: str, agent: FakeAgent) -> FakeAgent:
        await browser.open(address, {"token": token})
        assert browser.session == {"conversation": "new", "language": "en"}
        await browser.send({"id": "1", "text": "hello"})
        await browser.answer()
        return agent

    (heard,) = in_a_browser(run_async, scene).heard
    assert heard.sender_id == conversation_key(TOKEN_KEY, token)
    assert token not in heard.sender_id


@pytest.mark.parametrize(
    "auth",
    [
        None,
        {},
        {"token": None},
        {"token": ""},
        {"token": "a" * 64},
        {"token": issue(b"x" * 32)},
        {"token": "me"},
        {"token": 7},
        {"token": ["a"]},
        "a" * 64,
        ["x"],
    ],
)
def test_a_chosen_token_is_refused(run_async: Run, auth: Any) -> None:
    async def scene(browser: Browser, address: str, agent: FakeAgent) -> Any:
        with pytest.raises(SocketConnectionError):
            await browser.open(address, auth)
        return await browser.next("connect_error")

    assert in_a_browser(run_async, scene) == {"message": "invalid_token"}


def test_one_message_is_one_event_with_sealed_buttons(run_async: Run) -> None:
    async def scene(browser: Browser, address: str, agent: FakeAgent) -> tuple[str, Any, Any]:
        token = await browser.open(address)
        taken = await browser.send({"id": "1", "text": "hello"})
        return token, taken, await browser.answer()

    token, taken, said = in_a_browser(run_async, scene)
    assert taken == {"ok": True, "id": "1"}
    assert set(said) == {"id", "at", "text", "buttons", "custom"}
    assert said["text"] == "you said\n\nhello"
    assert said["custom"] == {"kind": "permission"}
    (button,) = said["buttons"]
    assert unseal(BUTTONS_KEY, conversation_key(TOKEN_KEY, token) or "", button["payload"]) == PAYLOAD


def test_a_connection_may_begin_with_polling_as_browsers_do(run_async: Run) -> None:
    async def scene(_: Browser, address: str, agent: FakeAgent) -> Any:
        browser = Browser(("polling", "websocket"))
        await browser.open(address)
        await browser.send({"id": "1", "text": "hello"})
        said = await browser.answer()
        await browser.socket.disconnect()
        return said["text"]

    assert in_a_browser(run_async, scene) == "you said\n\nhello"


def test_a_pressed_button_of_ours_reaches_rasa_as_its_payload(run_async: Run) -> None:
    async def scene(browser: Browser, address: str, agent: FakeAgent) -> FakeAgent:
        await browser.open(address)
        await browser.send({"id": "1", "text": "hello"})
        said = await browser.answer()
        taken = await browser.send({"id": "2", "payload": said["buttons"][0]["payload"]})
        assert taken == {"ok": True, "id": "2"}
        await browser.answer()
        return agent

    first, second = in_a_browser(run_async, scene).heard
    for heard in (first, second):
        assert heard.metadata.pop("received_at")  # test_received_at.py
    assert (first.metadata, first.input_channel) == ({"button": False}, "widget")
    assert (second.text, second.metadata) == (PAYLOAD, {"button": True, "title": "Allow"})
    assert (first.message_id, second.message_id) == ("1", "2")


@pytest.mark.parametrize("text", [PAYLOAD, "/restart", f"  {PAYLOAD}", seal(BUTTONS_KEY, "another", PAYLOAD)])
def test_a_typed_payload_is_not_passed_on(run_async: Run, text: str) -> None:
    async def scene(browser: Browser, address: str, agent: FakeAgent) -> FakeAgent:
        await browser.open(address)
        await browser.send({"id": "1", "text": text})
        await browser.answer()
        return agent

    (heard,) = in_a_browser(run_async, scene).heard
    assert heard.text == "/unclear"
    assert heard.metadata["button"] is False


def test_a_button_of_another_conversation_is_not_passed_on(run_async: Run) -> None:
    async def scene(browser: Browser, address: str, agent: FakeAgent) -> tuple[Any, FakeAgent]:
        other = Browser()
        await other.open(address)
        await other.send({"id": "1", "text": "hello"})
        theirs = (await other.answer())["buttons"][0]["payload"]
        await other.socket.disconnect()
        await browser.open(address)
        return await browser.send({"id": "1", "payload": theirs}), agent

    reply, agent = in_a_browser(run_async, scene)
    assert reply == {"ok": False, "error": "bad_message"}
    assert len(agent.heard) == 1


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"id": "1", "text": "a" * (LONGEST_TEXT + 1)}, "too_long"),
        ({"id": "1", "text": "  "}, "bad_message"),
        ({"id": "1", "text": None}, "bad_message"),
        ({"id": "1"}, "bad_message"),
        ({"id": "1", "payload": None}, "bad_message"),
        ({"id": "1", "payload": PAYLOAD}, "bad_message"),
        ({"id": "1", "payload": PAYLOAD, "text": "hello"}, "bad_message"),
        ({"text": "hello"}, "bad_message"),
        ({"id": 7, "text": "hello"}, "bad_message"),
        ({"id": "", "text": "hello"}, "bad_message"),
        ({"id": "a b", "text": "hello"}, "bad_message"),
        ({"id": "a" * 65, "text": "hello"}, "bad_message"),
        ("hello", "bad_message"),
        (None, "bad_message"),
        (["hello"], "bad_message"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_code(run_async: Run, sent: Any, code: str) -> None:
    async def scene(browser: Browser, address: str, agent: FakeAgent) -> tuple[Any, FakeAgent]:
        await browser.open(address)
        return await browser.send(sent), agent

    reply, agent = in_a_browser(run_async, scene)
    assert reply == {"ok": False, "error": code}
    assert agent.heard == []


def test_the_longest_text_passes(run_async: Run) -> None:
    async def scene(browser: Browser, address: str, agent: FakeAgent) -> Any:
        await browser.open(address)
        return await browser.send({"id": "1", "text": "ü" * LONGEST_TEXT})

    assert in_a_browser(run_async, scene) == {"ok": True, "id": "1"}


def test_whoever_types_too_fast_is_held_back(run_async: Run) -> None:
    async def scene(browser: Browser, address: str, agent: FakeAgent) -> list[Any]:
        await browser.open(address)
        return [await browser.send({"id": str(number), "text": "a"}) for number in range(3)]

    replies = in_a_browser(run_async, scene, pace=Pace(burst=2, per_second=1))
    assert [reply["ok"] for reply in replies] == [True, True, False]
    assert replies[-1] == {"ok": False, "error": "too_fast"}


def test_messages_are_handled_in_the_order_they_came(run_async: Run) -> None:
    async def scene(browser: Browser, address: str, agent: FakeAgent) -> list[str]:
        await browser.open(address)
        for text in ("first", "second", "third"):
            await browser.send({"id": text, "text": text})  # taken before the one before is answered
        assert [message.text for message in agent.heard] in ([], ["first"])
        gate.set()
        return [(await browser.answer())["text"].split()[-1] for _ in range(3)]

    gate = asyncio.Event()

    async def slowly(message: UserMessage) -> None:
        await gate.wait()
        await echo(message)

    assert in_a_browser(run_async, scene, answer=slowly) == ["first", "second", "third"]


def test_two_tabs_of_one_person_see_the_same_and_nobody_else_does(run_async: Run) -> None:
    async def scene(browser: Browser, address: str, agent: FakeAgent) -> None:
        token = await browser.open(address)
        tab, stranger = Browser(), Browser()
        await tab.open(address, {"token": token})
        await stranger.open(address)
        await browser.send({"id": "1", "text": "hello"})
        assert (await browser.answer()) == (await tab.answer())
        await stranger.send({"id": "1", "text": "mine"})
        assert (await stranger.answer())["text"].endswith("mine")
        await asyncio.gather(tab.socket.disconnect(), stranger.socket.disconnect())

    in_a_browser(run_async, scene)


def test_a_failure_of_ours_is_told_and_logged_without_the_text(
    run_async: Run, caplog: pytest.LogCaptureFixture
) -> None:
    async def failing(message: UserMessage) -> None:
        raise RuntimeError(message.text)

    async def scene(browser: Browser, address: str, agent: FakeAgent) -> str:
        await browser.open(address)
        await browser.send({"id": "1", "text": PRIVATE})
        return (await browser.answer())["text"]

    with caplog.at_level(logging.INFO):
        assert in_a_browser(run_async, scene, answer=failing) == SORRY
    assert "reason=RuntimeError" in caplog.text
    assert PRIVATE not in caplog.text


@pytest.mark.parametrize(
    ("origin", "status"),
    [(PAGE, 200), (None, 200), ("https://evil.example", 400), ("null", 400), (f"{PAGE}.evil.example", 400)],
)
def test_only_our_pages_may_open_the_socket(run_async: Run, origin: str | None, status: int) -> None:
    async def scene(browser: Browser, address: str, agent: FakeAgent) -> int:
        headers = {"Origin": origin} if origin else {}
        url = f"{address}/socket.io/?EIO=4&transport=polling"
        async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as response:
            allowed = response.headers.get("Access-Control-Allow-Origin")
            assert allowed == (origin if status == 200 else None)
            return response.status

    assert in_a_browser(run_async, scene) == status


def test_without_its_keys_the_channel_does_not_start(var_folder: Path) -> None:
    assert WidgetInput.from_credentials({"sorry": SORRY}).name() == "widget"
    (var_folder / "keys" / "widget_token.key").unlink()
    with pytest.raises(KeyMissing, match=r"widget_token\.key"):
        WidgetInput.from_credentials(None)


def test_messages_that_nobody_caused_have_a_way_out_once_the_server_runs(run_async: Run) -> None:
    channel = WidgetInput(WidgetSettings(TOKEN_KEY, BUTTONS_KEY, (PAGE,)))
    assert channel.get_output_channel() is None
    channel.blueprint(lambda message: None)
    assert channel.get_output_channel() is not None


def test_what_waits_when_the_person_is_forgotten_is_dropped_unread(run_async: Run) -> None:
    waiting = asyncio.Event()

    async def forgetting(message: UserMessage) -> None:
        if message.text == "forget me":
            await waiting.wait()
            said = {"text": "Done.", "custom": {"kind": "certificate"}}
            await message.output_channel.send_response(message.sender_id, said)

    async def scene(browser: Browser, address: str, agent: FakeAgent) -> FakeAgent:
        await browser.open(address)
        await browser.send({"id": "a", "text": "forget me"})
        for one in range(9):
            await browser.send({"id": f"b{one}", "text": f"more {one}"})
        waiting.set()
        await browser.answer()
        agent.arrived.clear()
        await browser.send({"id": "c", "text": "hello again"})
        await agent.arrived.wait()
        return agent

    agent = in_a_browser(run_async, scene, answer=forgetting)
    assert [message.text for message in agent.heard] == ["forget me", "hello again"]
