"""The REST channel over real HTTP."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from math import inf
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from rasa.core.channels.channel import InputChannel, UserMessage

from engine.channels.fairness import Pace
from engine.channels.rest import MOST_BYTES, RestInput, RestSettings
from sealing.button import seal, unseal
from sealing.keys import KeyMissing
from sealing.person import pseudonym
from tests.unit.engine.channels.serving import FakeAgent, served

SECRET = "s3cret"
PERSON_KEY, BUTTONS_KEY = b"p" * 32, b"b" * 32
ME = pseudonym(PERSON_KEY, "rest", "me")
PAYLOAD = '/allow{"r":"7f3k9q"}'
PRIVATE = "I owe 1,234.56 euros"
Run = Callable[[Any], Any]
Reply = tuple[int, Any, str]


def channel(pace: Pace | None = None, bytes_per_day: float = inf) -> InputChannel:
    options = RestSettings(SECRET, PERSON_KEY, BUTTONS_KEY, pace or Pace(), bytes_per_day)
    return RestInput(options, clock=lambda: 0.0)


async def post(address: str, body: Any, authorization: str | None = f"Bearer {SECRET}") -> Reply:
    headers = {} if authorization is None else {"Authorization": authorization}
    data = body if isinstance(body, bytes) else json.dumps(body)
    url = f"{address}/webhooks/rest/webhook"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=data, headers=headers) as response,
    ):
        text = await response.text()
        return response.status, json.loads(text), text


def asked(run_async: Run, *calls: tuple[Any, ...], **options: Any) -> tuple[list[Reply], FakeAgent]:
    """Post each call (body, authorization?) and give back the replies and what Rasa heard."""

    async def scene() -> tuple[list[Reply], FakeAgent]:
        agent = FakeAgent(options.get("answer"))
        async with served(channel(options.get("pace"), options.get("bytes_per_day", inf)), agent) as address:
            return [await post(address, *call) for call in calls], agent

    return run_async(scene())


def without_moment(message: UserMessage) -> dict[str, Any]:
    """A message's metadata without the moment, which test_received_at.py is about."""
    return {name: value for name, value in (message.metadata or {}).items() if name != "received_at"}


async def offering(message: UserMessage) -> None:
    """What Rasa does when the assistant asks for a permission."""
    buttons = [{"title": "Allow", "payload": PAYLOAD}]
    said = {"text": "May I?\n\nYour choice.", "buttons": buttons, "custom": {"kind": "permission"}}
    await message.output_channel.send_response(message.sender_id, said)


WRONG = [
    None,
    "",
    "Bearer",
    "Bearer wrong",
    f"bearer {SECRET}",
    f"Basic {SECRET}",
    SECRET,
    f"Bearer {SECRET} ",
    "Bearer é",
]


@pytest.mark.parametrize("wrong", WRONG)
def test_without_the_secret_nothing_is_heard(run_async: Run, wrong: str | None) -> None:
    ((status, body, _),), agent = asked(run_async, ({"sender": "me", "message": "hello"}, wrong))
    assert (status, body) == (401, {"error": "unauthorized"})
    assert agent.heard == []


def test_the_answer_is_a_list_of_whole_messages_under_the_senders_own_name(run_async: Run) -> None:
    ((status, body, _),), agent = asked(run_async, ({"sender": "me", "message": "debts"},), answer=offering)
    assert status == 200
    (message,) = body
    assert (message["recipient_id"], message["text"]) == ("me", "May I?\n\nYour choice.")
    assert message["custom"] == {"kind": "permission"}
    assert unseal(BUTTONS_KEY, ME, message["buttons"][0]["payload"]) == PAYLOAD
    (heard,) = agent.heard
    assert (heard.text, heard.sender_id, heard.input_channel) == ("debts", ME, "rest")
    assert without_moment(heard) == {"button": False}


def test_rasa_never_learns_the_senders_name_nor_anything_else_a_client_adds(run_async: Run) -> None:
    extra = {"sender": "me", "message": "hello", "metadata": {"button": True}, "input_channel": "widget"}
    _, agent = asked(run_async, (extra,))
    assert (agent.heard[0].sender_id, agent.heard[0].input_channel) == (ME, "rest")
    assert without_moment(agent.heard[0]) == {"button": False}


def test_a_button_that_we_offered_is_passed_on(run_async: Run) -> None:
    _, agent = asked(run_async, ({"sender": "me", "message": seal(BUTTONS_KEY, ME, PAYLOAD)},))
    assert agent.heard[0].text == PAYLOAD
    assert without_moment(agent.heard[0]) == {"button": True}


@pytest.mark.parametrize("text", [PAYLOAD, seal(BUTTONS_KEY, "another", PAYLOAD), "/restart"])
def test_a_typed_or_foreign_payload_is_not_passed_on(run_async: Run, text: str) -> None:
    ((status, _, _),), agent = asked(run_async, ({"sender": "me", "message": text},))
    assert status == 200
    assert agent.heard[0].text == "/unclear"
    assert agent.heard[0].metadata["button"] is False


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "bad_message"),
        (PRIVATE.encode(), 400, "bad_message"),
        (b"\xff", 400, "bad_message"),
        pytest.param(b"[" * 15_000, 400, "bad_message", id="deep"),
        ([PRIVATE], 400, "bad_message"),
        ({"message": PRIVATE}, 400, "bad_message"),
        ({"sender": 7, "message": PRIVATE}, 400, "bad_message"),
        ({"sender": "", "message": PRIVATE}, 400, "bad_message"),
        ({"sender": "x" * 257, "message": PRIVATE}, 400, "bad_message"),
        ({"sender": "me"}, 400, "bad_message"),
        ({"sender": "me", "message": {"a": PRIVATE}}, 400, "bad_message"),
        ({"sender": "me", "message": "///"}, 400, "bad_message"),
        ({"sender": "me", "message": PRIVATE * 200}, 413, "too_long"),
        ({"sender": "me", "message": "a", "more": "x" * MOST_BYTES}, 413, "too_long"),
    ],
)
def test_bad_requests_get_a_code_and_none_of_their_own_words_back(
    run_async: Run, body: Any, status: int, code: str
) -> None:
    ((got, answer, text),), agent = asked(run_async, (body,))
    assert (got, answer) == (status, {"error": code})
    assert PRIVATE not in text
    assert agent.heard == []


def test_too_many_messages_at_once_are_held_back(run_async: Run) -> None:
    me, other = ({"sender": "me", "message": "a"},), ({"sender": "other", "message": "a"},)
    replies, agent = asked(run_async, me, me, me, other, pace=Pace(burst=2, per_second=1))
    assert [status for status, _, _ in replies] == [200, 200, 429, 200]
    assert replies[2][1] == {"error": "too_fast"}
    assert len(agent.heard) == 3


def test_as_much_as_is_kept_in_a_day_is_read_and_no_more(run_async: Run) -> None:
    said = ({"sender": "me", "message": "a" * 2_000},)
    replies, agent = asked(run_async, said, said, said, bytes_per_day=10_000)
    assert [status for status, _, _ in replies] == [200, 200, 429]
    assert replies[2][1] == {"error": "too_much"}
    assert len(agent.heard) == 2


def test_a_failure_of_ours_is_a_code_and_the_log_is_without_the_text(
    run_async: Run, caplog: pytest.LogCaptureFixture
) -> None:
    async def failing(message: UserMessage) -> None:
        raise RuntimeError(message.text)

    with caplog.at_level(logging.INFO):
        ((status, body, _),), _ = asked(run_async, ({"sender": "me", "message": PRIVATE},), answer=failing)
    assert (status, body) == (503, {"error": "failed"})
    assert f"conversation={ME} reason=RuntimeError" in caplog.text
    assert PRIVATE not in caplog.text


def test_messages_of_one_sender_are_handled_one_after_the_other(run_async: Run) -> None:
    async def scene() -> list[str]:
        log: list[str] = []
        first_is_in, go_on = asyncio.Event(), asyncio.Event()

        async def slowly(message: UserMessage) -> None:
            log.append(f"{message.text} in")
            if message.text == "first":
                first_is_in.set()
                await go_on.wait()
            log.append(f"{message.text} out")

        async with served(channel(), FakeAgent(slowly)) as address:
            first = asyncio.create_task(post(address, {"sender": "me", "message": "first"}))
            await first_is_in.wait()
            second = asyncio.create_task(post(address, {"sender": "me", "message": "second"}))
            await post(address, {"sender": "other", "message": "other"})  # by now the second has arrived, too
            go_on.set()
            await asyncio.gather(first, second)
        return [line for line in log if "other" not in line]

    assert run_async(scene()) == ["first in", "first out", "second in", "second out"]


def test_the_channel_is_at_rasas_usual_path_and_answers_a_health_check(run_async: Run) -> None:
    async def scene() -> int:
        async with (
            served(channel(), FakeAgent()) as address,
            aiohttp.ClientSession() as session,
            session.get(f"{address}/webhooks/rest/") as response,
        ):
            return response.status

    assert run_async(scene()) == 200


def test_without_its_secret_the_channel_does_not_start(var_folder: Path) -> None:
    assert RestInput.from_credentials({"pace": {"burst": 3, "per_second": 1}}).name() == "rest"
    (var_folder / "keys" / "rest.secret").unlink()
    with pytest.raises(KeyMissing, match=r"rest\.secret"):
        RestInput.from_credentials(None)


def test_what_waits_when_the_person_is_forgotten_is_dropped_unread(run_async: Run) -> None:
    async def scene() -> tuple[list[Reply], FakeAgent]:
        waiting = asyncio.Event()

        async def forgetting(message: UserMessage) -> None:
            if message.text == "forget me":
                await waiting.wait()
                said = {"text": "Done.", "custom": {"kind": "certificate"}}
                await message.output_channel.send_response(message.sender_id, said)

        agent, rest = FakeAgent(forgetting), channel()
        async with served(rest, agent) as address:
            forget = asyncio.ensure_future(post(address, {"sender": "me", "message": "forget me"}))
            await agent.arrived.wait()
            more = [
                asyncio.ensure_future(post(address, {"sender": "me", "message": f"more {one}"}))
                for one in range(9)
            ]
            while rest._in_order._locks[ME][1] < 10:  # type: ignore[attr-defined] # noqa: ASYNC110
                await asyncio.sleep(0)
            waiting.set()
            replies = await asyncio.gather(forget, *more)
            await post(address, {"sender": "me", "message": "hello again"})
            return replies, agent

    replies, agent = run_async(scene())
    assert [message.text for message in agent.heard] == ["forget me", "hello again"]
    assert [reply[1] for reply in replies[1:]] == [[]] * 9
