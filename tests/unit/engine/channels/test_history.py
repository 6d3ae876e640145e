"""What somebody who comes back to the widget is told, and that nothing is done twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import BotUttered, UserUttered

from engine.channels import replay
from engine.channels.presence import MOST_IDS, Live, Presence
from engine.conversations.forms import said
from sealing.button import unseal
from sealing.token import conversation_key, issue
from tests.unit.engine.channels.serving import FakeAgent
from tests.unit.engine.channels.test_widget import (
    BUTTONS_KEY,
    PAYLOAD,
    TOKEN_KEY,
    Browser,
    echo,
    in_a_browser,
)

Run = Callable[[Any], Any]


class Store:
    """In the tracker store's place: keeps each turn when it ends, as Rasa does."""

    def __init__(self) -> None:
        self.turns: dict[str, list[dict[str, Any]]] = {}
        self.asking, self.may_answer = asyncio.Event(), asyncio.Event()
        self.may_answer.set()

    async def latest_turns(self, sender_id: str, most: int) -> list[dict[str, Any]]:
        found = self.turns.get(sender_id, [])[-most:]
        self.asking.set()
        await self.may_answer.wait()
        return found

    def keep(self, message: UserMessage, *answers: BotUttered) -> None:
        event = UserUttered(
            message.text, {"name": "x"}, message_id=message.message_id, metadata=message.metadata
        )
        self.turns.setdefault(message.sender_id, []).extend(said([event, *answers]))


class Rasa(FakeAgent):
    """Answers with one question and keeps the turn; `gate` holds every answer back."""

    def __init__(self, store: Store | None = None) -> None:
        super().__init__(self._talk)
        self.tracker_store = type("Wrapped", (), {"_tracker_store": store or Store()})()
        self.gate = asyncio.Event()
        self.gate.set()

    @property
    def store(self) -> Store:
        return self.tracker_store._tracker_store

    async def _talk(self, message: UserMessage) -> None:
        event = BotUttered(
            f"you said {message.text}",
            {"buttons": [{"title": "Allow", "payload": PAYLOAD}], "custom": {"kind": "permission"}},
        )
        await message.output_channel.send_response(message.sender_id, event.message())
        await self.gate.wait()
        self.store.keep(message, event)


async def again(address: str, token: str) -> Browser:
    browser = Browser()
    await browser.open(address, {"token": token})
    return browser


def history_of(browser: Browser) -> list[dict[str, Any]]:
    (history,) = browser.told["history"]
    return history["messages"]


def test_who_comes_back_is_told_everything_with_the_same_ids(run_async: Run) -> None:
    async def scene(browser: Browser, address: str, agent: FakeAgent) -> None:
        token = await browser.open(address)
        await browser.send({"id": "m1", "text": "hello"})
        first = await browser.answer()
        await browser.send({"id": "m2", "payload": first["buttons"][0]["payload"]})
        second = await browser.answer()
        back = await again(address, token)
        assert back.session == {"conversation": "resumed", "language": "en"}
        await back.send({"id": "m3", "text": "x"})
        person1, bot1, person2, bot2 = history_of(back)
        assert back.told["history"][0]["complete"] is True
        assert {**first, "from": "assistant"} == bot1
        assert {**second, "from": "assistant"} == bot2
        assert (person1["id"], person1["text"], person1["from"]) == ("m1", "hello", "person")
        assert (person2["id"], person2["text"]) == ("m2", "Allow")
        conversation = conversation_key(TOKEN_KEY, token) or ""
        assert unseal(BUTTONS_KEY, conversation, bot1["buttons"][0]["payload"]) == PAYLOAD
        await back.socket.disconnect()

    in_a_browser(run_async, scene, agent=Rasa())


def test_after_a_restart_the_history_and_the_ids_are_still_there(run_async: Run) -> None:
    store, token = Store(), issue(TOKEN_KEY)

    async def before(browser: Browser, address: str, agent: FakeAgent) -> dict[str, Any]:
        await browser.open(address, {"token": token})
        await browser.send({"id": "m1", "text": "hello"})
        return await browser.answer()

    async def after(browser: Browser, address: str, agent: FakeAgent) -> list[dict[str, Any]]:
        await browser.open(address, {"token": token})
        assert await browser.send({"id": "m1", "text": "hello"}) == {
            "ok": True,
            "id": "m1",
            "repeated": True,
        }
        assert agent.heard == []
        return history_of(browser)

    said_before = in_a_browser(run_async, before, agent=Rasa(store))
    assert in_a_browser(run_async, after, agent=Rasa(store))[1]["id"] == said_before["id"]


def test_a_repeated_id_is_acknowledged_and_not_handled_again(run_async: Run) -> None:
    async def scene(browser: Browser, address: str, agent: FakeAgent) -> list[UserMessage]:
        await browser.open(address)
        first = await browser.send({"id": "same", "text": "one"})
        assert await browser.send({"id": "same", "text": "two"}) == {**first, "repeated": True}
        await browser.answer()
        assert await browser.send({"id": "same", "text": "three"}) == {**first, "repeated": True}
        return agent.heard

    assert [message.text for message in in_a_browser(run_async, scene)] == ["one"]


def test_what_failed_on_our_side_may_be_sent_again_under_its_id(run_async: Run) -> None:
    failures = [RuntimeError()]

    async def once(message: UserMessage) -> None:
        if failures:
            raise failures.pop()
        await echo(message)

    async def scene(browser: Browser, address: str, agent: FakeAgent) -> Any:
        await browser.open(address)
        await browser.send({"id": "same", "text": "one"})
        await browser.answer()
        assert await browser.send({"id": "same", "text": "one"}) == {"ok": True, "id": "same"}
        return (await browser.answer())["text"]

    assert in_a_browser(run_async, scene, answer=once).endswith("one")


def test_a_tab_that_comes_in_the_middle_of_an_answer_misses_nothing(run_async: Run) -> None:
    rasa = Rasa()

    async def scene(browser: Browser, address: str, agent: FakeAgent) -> None:
        token = await browser.open(address)
        rasa.gate.clear()
        await browser.send({"id": "m1", "text": "hello"})
        assert await browser.next("typing") == {"on": True}
        tab = await again(address, token)
        assert await tab.next("typing") == {"on": True}
        assert [one["id"] for one in history_of(tab)] == ["m1"]
        assert "bot_uttered" not in browser.told, "nothing is said before it is kept"
        rasa.gate.set()
        assert await tab.next("bot_uttered") == await browser.next("bot_uttered")
        await tab.socket.disconnect()

    in_a_browser(run_async, scene, agent=rasa)


def test_a_turn_that_ends_while_a_tab_looks_it_up_is_told_too(run_async: Run) -> None:
    rasa = Rasa()

    async def scene(browser: Browser, address: str, agent: FakeAgent) -> None:
        token = await browser.open(address)
        rasa.gate.clear()
        await browser.send({"id": "m1", "text": "hello"})
        rasa.store.asking.clear()
        rasa.store.may_answer.clear()
        coming = asyncio.ensure_future(again(address, token))
        await asyncio.wait_for(rasa.store.asking.wait(), 10)
        rasa.gate.set()
        said_now = await browser.answer()
        rasa.store.may_answer.set()
        tab = await coming
        await tab.send({"id": "m1", "text": "hello"})
        assert [one["id"] for one in history_of(tab)] == ["m1", said_now["id"]]
        await tab.socket.disconnect()

    in_a_browser(run_async, scene, agent=rasa)


def test_every_tab_hears_what_the_person_said(run_async: Run) -> None:
    async def scene(browser: Browser, address: str, agent: FakeAgent) -> None:
        token = await browser.open(address)
        tab, stranger = await again(address, token), await again(address, issue(TOKEN_KEY))
        await browser.send({"id": "m1", "text": "hello"})
        said = await browser.answer()
        await browser.send({"id": "m2", "payload": said["buttons"][0]["payload"]})
        await browser.answer()
        await tab.answer()
        await tab.answer()
        told = [(one["id"], one["text"]) for one in tab.told["user_said"]]
        assert told == [("m1", "hello"), ("m2", "Allow")]
        assert browser.told["user_said"] == tab.told["user_said"]
        assert stranger.got.empty()
        assert stranger.told == {"user_said": [], "history": []}
        await asyncio.gather(tab.socket.disconnect(), stranger.socket.disconnect())

    in_a_browser(run_async, scene)


def test_a_typed_command_is_shown_to_nobody(run_async: Run) -> None:
    async def scene(browser: Browser, address: str, agent: FakeAgent) -> None:
        await browser.open(address)
        await browser.send({"id": "m1", "text": "/restart"})
        await browser.answer()
        assert browser.told["user_said"] == []

    in_a_browser(run_async, scene)


def test_a_conversation_that_is_opened_over_and_over_has_to_wait(run_async: Run) -> None:
    async def scene(browser: Browser, address: str, agent: FakeAgent) -> Any:
        token = issue(TOKEN_KEY)
        for _ in range(30):
            tab = await again(address, token)
            await tab.socket.disconnect()
        with pytest.raises(Exception, match=""):
            await browser.open(address, {"token": token})
        return await browser.next("connect_error")

    assert in_a_browser(run_async, scene) == {"message": "too_fast"}


def test_a_token_that_is_over_ends_the_connection(run_async: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(browser: Browser, address: str, agent: FakeAgent) -> None:
        await browser.open(address)
        monkeypatch.setattr("engine.channels.widget.token.conversation_key", lambda key, token: None)
        assert await browser.send({"id": "1", "text": "a"}) == {"ok": False, "error": "invalid_token"}
        await asyncio.wait_for(browser.socket.wait(), 10)
        assert agent.heard == []

    in_a_browser(run_async, scene)


def test_the_history_is_bounded_and_says_so() -> None:
    shown = [replay.person_said(str(number), "at", "text") for number in range(61)]
    assert replay.history(shown[:60], turns=1)["complete"] is True
    bounded = replay.history(shown, turns=1)
    assert (len(bounded["messages"]), bounded["messages"][0]["id"]) == (60, "1")
    assert bounded["complete"] is False
    assert replay.history(shown[:2], turns=replay.MOST_TURNS)["complete"] is False


def test_turns_from_before_ids_were_kept_are_told_without_buttons() -> None:
    turn = {
        "said": [
            {"who": "person", "text": "/allow", "at": "1"},
            {"who": "assistant", "text": "Yes?", "at": "2", "buttons": ["Allow"]},
        ]
    }
    person, assistant = replay.messages(BUTTONS_KEY, "c", [turn])
    assert (person["id"], person["text"]) == ("1", "")
    assert (assistant["text"], assistant["buttons"]) == ("Yes?", [])


def test_a_store_that_is_not_ours_has_no_history(run_async: Run) -> None:
    assert run_async(replay.turns_of(object(), "c")) == []
    assert run_async(replay.turns_of(None, "c")) == []


def test_nothing_is_remembered_of_who_left() -> None:
    presence = Presence()
    live = presence.enter("c")
    live.handling += 1
    live.said(replay.person_said("1", "at", "text"))
    presence.leave("c")
    assert presence.get("c") is live
    presence.finish("c")
    assert presence.get("c") is None
    assert live.under_way == []


def test_ids_are_bounded() -> None:
    live = Live()
    live.learn(replay.person_said(str(number), "at", "a") for number in range(MOST_IDS + 1))
    assert len(live.ids) == MOST_IDS
    assert "0" not in live.ids
