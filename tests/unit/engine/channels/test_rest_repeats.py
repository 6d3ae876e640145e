"""A request with an id that is sent again gets the same answer and is not handled again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import BotUttered, UserUttered

from engine.conversations.forms import said
from sealing.button import unseal
from tests.unit.engine.channels.serving import FakeAgent, served
from tests.unit.engine.channels.test_rest import BUTTONS_KEY, ME, PAYLOAD, SECRET, channel, post

Run = Callable[[Any], Any]


class Store:
    """In the tracker store's place: has each turn when it has ended, as the real one does."""

    def __init__(self) -> None:
        self.turns: dict[str, list[dict[str, Any]]] = {}

    async def latest_turns(self, sender_id: str, most: int) -> list[dict[str, Any]]:
        return self.turns.get(sender_id, [])[-most:]


class Wrapped:
    """Rasa wraps a tracker store in others."""

    def __init__(self, store: Store) -> None:
        self._tracker_store = store


class Assistant(FakeAgent):
    """Says how many messages it has handled, offers a button, then nothing; keeps the turn at its end."""

    def __init__(self, store: Store) -> None:
        super().__init__(self._turn)
        self.tracker_store = Wrapped(store)
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self._store = store

    async def _turn(self, message: UserMessage) -> None:
        await self.may_answer.wait()
        data = {"buttons": [{"title": "Allow", "payload": PAYLOAD}], "custom": {"kind": "permission"}}
        answers = [{"text": f"answer {len(self.heard)}", **data}, {"text": ""}, {"text": "plain"}]
        for answer in answers:
            await message.output_channel.send_response(message.sender_id, answer)
        spoken = [BotUttered(answer["text"], {key: answer.get(key) for key in data}) for answer in answers]
        came = UserUttered(message.text, {"name": "x"}, message_id=message.message_id)
        self._store.turns.setdefault(message.sender_id, []).extend(said([came, *spoken]))


def body(id_: Any, message: str = "yes", sender: str = "me") -> dict[str, Any]:
    return {"sender": sender, "message": message, "id": id_}


def replies(
    run_async: Run, *bodies: dict[str, Any], store: Store | None = None
) -> tuple[list[Any], FakeAgent]:
    async def scene() -> tuple[list[Any], FakeAgent]:
        agent = Assistant(store or Store())
        async with served(channel(), agent) as address:
            return [(await post(address, one))[:2] for one in bodies], agent

    return run_async(scene())


def test_a_repeated_request_gets_the_same_answer_and_is_handled_once(run_async: Run) -> None:
    (first, again), agent = replies(run_async, body("a-1"), body("a-1"))
    assert first == again
    assert (first[0], len(agent.heard), agent.heard[0].message_id) == (200, 1, "a-1")
    offering, plain = first[1]
    assert set(offering) == set(plain) == {"recipient_id", "text", "buttons", "custom"}
    assert (offering["recipient_id"], offering["custom"]) == ("me", {"kind": "permission"})
    assert unseal(BUTTONS_KEY, ME, offering["buttons"][0]["payload"]) == PAYLOAD
    assert (plain["text"], plain["buttons"], plain["custom"]) == ("plain", [], None)


def test_it_is_found_after_others_and_after_a_restart(run_async: Run) -> None:
    store = Store()
    (first, _), _ = replies(run_async, body("1"), body("2"), store=store)
    (again, new), agent = replies(run_async, body("1"), body("3"), store=store)
    assert again == first
    assert [message.message_id for message in agent.heard] == ["3"]
    assert new[1][0]["text"] == "answer 1"


def test_an_id_counts_in_its_own_conversation_only(run_async: Run) -> None:
    _, agent = replies(run_async, body("1"), body("1", sender="other"))
    assert len(agent.heard) == 2


def test_without_an_id_the_same_words_are_said_again(run_async: Run) -> None:
    without = {"sender": "me", "message": "yes"}
    (first, again), agent = replies(run_async, without, without)
    assert len(agent.heard) == 2
    assert first != again


def test_what_is_not_kept_any_more_is_handled_as_new(run_async: Run) -> None:
    store = Store()
    replies(run_async, body("old"), *({"sender": "me", "message": "x"} for _ in range(29)), store=store)
    replies(run_async, *({"sender": "me", "message": "x"} for _ in range(11)), store=store)
    _, agent = replies(run_async, body("old"), store=store)
    assert len(agent.heard) == 1


def test_where_nothing_is_kept_every_request_is_new(run_async: Run) -> None:
    async def scene() -> int:
        agent = FakeAgent()  # without a tracker store
        async with served(channel(), agent) as address:
            assert [(await post(address, body("1")))[0] for _ in range(2)] == [200, 200]
        return len(agent.heard)

    assert run_async(scene()) == 2


@pytest.mark.parametrize("bad", ["", "x" * 65, "a b", "ä", "a\n", 7, None, ["a"], {"id": "a"}])
def test_a_bad_id_is_refused_and_nothing_is_handled(run_async: Run, bad: Any) -> None:
    ((status, answer),), agent = replies(run_async, body(bad))
    assert (status, answer) == (400, {"error": "bad_message"})
    assert agent.heard == []


def test_a_repeat_that_comes_meanwhile_waits_for_the_first(run_async: Run) -> None:
    async def scene() -> tuple[list[Any], int]:
        agent = Assistant(Store())
        agent.may_answer.clear()
        async with served(channel(), agent) as address:
            both = [asyncio.create_task(post(address, body("1"))) for _ in range(2)]
            await agent.arrived.wait()
            await asyncio.sleep(0.05)  # by now the second has arrived, too
            agent.may_answer.set()
            return [(await one)[:2] for one in both], len(agent.heard)

    (first, second), handled = run_async(scene())
    assert first == second
    assert handled == 1


def test_a_caller_who_gave_up_waiting_gets_the_answer_by_repeating(run_async: Run) -> None:
    async def scene() -> tuple[Any, int]:
        agent = Assistant(Store())
        agent.may_answer.clear()
        async with served(channel(), agent) as address:
            with pytest.raises(asyncio.TimeoutError):
                await given_up(address, agent)
            again = asyncio.create_task(post(address, body("1")))
            await asyncio.sleep(0.05)
            agent.may_answer.set()
            return (await again)[:2], len(agent.heard)

    (status, messages), handled = run_async(scene())
    assert (status, messages[0]["text"], handled) == (200, "answer 1", 1)


async def given_up(address: str, agent: FakeAgent) -> None:
    """A request whose caller closes the connection once it is being handled."""
    headers = {"Authorization": f"Bearer {SECRET}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        asking = asyncio.create_task(session.post(f"{address}/webhooks/rest/webhook", json=body("1")))
        await agent.arrived.wait()
        await asyncio.wait_for(asking, 0.05)


def test_a_request_that_failed_may_be_sent_again(run_async: Run) -> None:
    async def scene() -> list[int]:
        async def fails_once(_message: UserMessage) -> None:
            if len(agent.heard) == 1:
                raise RuntimeError

        agent = FakeAgent(fails_once)
        async with served(channel(), agent) as address:
            return [(await post(address, body("1")))[0] for _ in range(2)]

    assert run_async(scene()) == [503, 200]
