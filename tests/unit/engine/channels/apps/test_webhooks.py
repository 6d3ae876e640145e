"""The webhooks of all five apps over real HTTP: who is taken, what is handed on, and what is left out."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
import pytest
from rasa.core.channels.channel import UserMessage

from engine.channels.apps.needs import AppIncomplete
from engine.channels.apps.webhook import MOST_BYTES, AppInput
from sealing.button import seal
from sealing.keys import KeyMissing, read_key
from sealing.person import pseudonym
from settings import read_settings
from tests.channels import webhooks
from tests.channels.providers import Providers, running_providers
from tests.channels.webhooks import ENVIRON, Hook
from tests.unit.engine.channels.apps.apps_rig import say
from tests.unit.engine.channels.apps.apps_served import (
    CHANNELS,
    PARTS,
    as_request,
    presses,
    proved,
    quiet,
    running,
    says,
    send,
)
from tests.unit.engine.channels.serving import FakeAgent

Run = Callable[[Any], Any]
MARK = "zanzibar"
TEXT = f"{MARK} 1,234.56"
every_app = pytest.mark.parametrize("name", CHANNELS)
with_buttons = pytest.mark.parametrize("name", [name for name in CHANNELS if name != "sms"])


@pytest.fixture(scope="module")
def providers() -> Iterator[Providers]:
    with running_providers() as all_of_them:
        yield all_of_them


@pytest.fixture(autouse=True)
def _environ(monkeypatch: pytest.MonkeyPatch, providers: Providers, var_folder: Path) -> None:
    for name, value in providers.environ.items():
        monkeypatch.setenv(name, value)
    for provider in (providers.telegram, providers.slack, providers.messenger, providers.twilio):
        provider.wire.clear()
        provider.refused.clear()


def channel_of(name: str) -> AppInput:
    channel = CHANNELS[name].from_credentials({})
    assert isinstance(channel, AppInput)
    return channel


async def repeating(message: UserMessage) -> None:
    await say(message, f"re: {message.text}")


Exchange = tuple[list[int], FakeAgent]


async def exchange(name: str, *hooks: Hook, answer: Any = repeating, method: str = "POST") -> Exchange:
    """The statuses of requests, one after the other, and what Rasa heard by the end."""
    channel, agent = channel_of(name), FakeAgent(answer)
    statuses = []
    async with running(agent, channel) as address:
        for hook in hooks:
            statuses.append((await send(address, hook, method))[0])
            await quiet(channel)
    return statuses, agent


def heard(agent: FakeAgent) -> list[str | None]:
    return [message.text for message in agent.heard]


def said(providers: Providers, name: str) -> str:
    return json.dumps(providers.of(name).wire)


def messages_of(providers: Providers, name: str) -> list[str]:
    """The messages that the app got, as JSON."""
    return [wire for wire in map(json.dumps, providers.of(name).wire) if "re: " in wire]


# genuine


@every_app
def test_a_genuine_request_is_taken_handed_on_and_answered(
    run_async: Run, providers: Providers, name: str
) -> None:
    before = time.time()
    statuses, agent = run_async(exchange(name, says(name, TEXT)))
    assert statuses == [200]
    (message,) = agent.heard
    conversation = pseudonym(read_key(read_settings().keys / "person.key"), name, *PARTS[name][0])
    assert (message.text, message.sender_id, message.input_channel) == (TEXT, conversation, name)
    assert message.metadata is not None
    assert set(message.metadata) == {"button", "received_at"}
    assert message.metadata["received_at"].endswith("+00:00")
    at = time.mktime(time.strptime(message.metadata["received_at"][:19], "%Y-%m-%dT%H:%M:%S")) - time.timezone
    assert before - 1 <= at <= time.time()
    assert all(part not in str(vars(message)) for part in PARTS[name][0])
    assert f"re: {TEXT}" in said(providers, name)
    assert providers.refused == {}


@every_app
def test_the_answer_to_the_request_itself_says_nothing(run_async: Run, name: str) -> None:
    async def scene() -> str:
        async with running(FakeAgent(repeating), channel_of(name)) as address:
            return (await send(address, says(name, TEXT)))[1]

    assert run_async(scene()) == ("<Response></Response>" if name in ("sms", "whatsapp") else "")


@every_app
def test_the_request_is_answered_before_rasa_is_done(run_async: Run, name: str) -> None:
    async def scene() -> int:
        go_on = asyncio.Event()

        async def slowly(_message: UserMessage) -> None:
            await go_on.wait()

        channel = channel_of(name)
        async with running(FakeAgent(slowly), channel) as address:
            status, _ = await send(address, says(name, TEXT))
            assert channel._desk is not None
            assert channel._desk.waiting == 1
            go_on.set()
            await quiet(channel)
        return status

    assert run_async(scene()) == 200


@every_app
def test_a_request_that_comes_twice_is_handled_once(run_async: Run, providers: Providers, name: str) -> None:
    hook = says(name, TEXT)
    statuses, agent = run_async(exchange(name, hook, hook, proved(hook)))
    assert statuses == [200, 200, 200]
    assert heard(agent) == [TEXT]
    assert len(messages_of(providers, name)) == 1


@with_buttons
def test_a_button_counts_for_the_person_to_whom_it_was_offered_only(
    run_async: Run, providers: Providers, name: str
) -> None:
    async def offering(message: UserMessage) -> None:
        await say(message, "May I?", "Allow", "Not now", kind="permission")

    keys = read_settings().keys
    key, person_key = read_key(keys / "buttons.key"), read_key(keys / "person.key")
    payload = seal(key, pseudonym(person_key, name, *PARTS[name][0]), "/allow")
    hooks = [says(name, TEXT), says(name, TEXT, 1), presses(name, payload, 1), presses(name, payload)]
    statuses, agent = run_async(exchange(name, *hooks, answer=offering))
    assert statuses == [200] * 4
    assert heard(agent) == [TEXT, TEXT, "/allow"]
    assert agent.heard[2].sender_id == agent.heard[0].sender_id
    assert agent.heard[2].metadata is not None
    assert agent.heard[2].metadata["title"] == "Allow"


def test_by_sms_a_number_counts_for_the_person_to_whom_it_was_offered_only(run_async: Run) -> None:
    async def offering(message: UserMessage) -> None:
        if message.text == TEXT:
            await say(message, "May I?", "Allow", "Not now", kind="permission")

    hooks = [says("sms", TEXT), says("sms", "1", 1), says("sms", "1")]
    _, agent = run_async(exchange("sms", *hooks, answer=offering))
    assert heard(agent) == [TEXT, "1", "/allow"]


@every_app
def test_a_typed_payload_is_never_one(run_async: Run, name: str) -> None:
    _, agent = run_async(exchange(name, says(name, '/allow{"r":"7f3k9q"}')))
    assert heard(agent) == ["/unclear"]


# not genuine, or nothing to be handed on


def cut(hook: Hook) -> Hook:
    return proved(replace(hook, body=hook.body[: len(hook.body) // 2]))


def too_big(hook: Hook) -> Hook:
    return proved(replace(hook, body=hook.body + b" " * (MOST_BYTES + 1)))


BAD: dict[str, tuple[Callable[[Hook], Hook], set[int]]] = {
    "forged": (webhooks.forged, {401, 403}),
    "unproved": (webhooks.unproved, {401, 403}),
    "changed on the way": (lambda hook: replace(hook, body=hook.body.replace(b"1", b"2")), {401, 403}),
    "cut and signed": (cut, {200, 403}),
    "empty and signed": (lambda hook: proved(replace(hook, body=b"")), {200}),
    "too big": (too_big, {413}),
}


CASES = [(name, bad) for name in CHANNELS for bad in BAD if (name, bad) != ("telegram", "changed on the way")]
"""Telegram signs nothing: it gives a secret."""


@pytest.mark.parametrize(("name", "bad"), CASES)
def test_what_is_not_genuine_or_not_whole_is_not_handed_on_nor_logged(
    run_async: Run, caplog: pytest.LogCaptureFixture, name: str, bad: str
) -> None:
    spoil, expected = BAD[bad]
    hook = spoil(says(name, TEXT))
    with caplog.at_level(logging.DEBUG):
        (status,), agent = run_async(exchange(name, hook))
    assert status in expected
    assert agent.heard == []
    assert_silent(caplog)
    if status in (401, 403):
        assert f"A webhook was refused: channel={name} reason=" in caplog.text


def assert_silent(caplog: pytest.LogCaptureFixture) -> None:
    """Nothing of what was sent, and no secret, is in the log."""
    assert MARK not in caplog.text
    assert "Traceback" not in caplog.text
    secrets = {key: value for key, value in ENVIRON.items() if key.endswith(("TOKEN", "SECRET"))}
    assert [key for key, value in secrets.items() if value in caplog.text] == []


@every_app
def test_a_whole_turn_leaves_nothing_in_the_log(
    run_async: Run, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    async def failing(message: UserMessage) -> None:
        await repeating(message)
        if message.text != TEXT:
            raise RuntimeError(message.text)

    with caplog.at_level(logging.DEBUG):
        run_async(exchange(name, says(name, TEXT), says(name, f"fail {TEXT}"), answer=failing))
    assert "reason=RuntimeError" in caplog.text
    assert_silent(caplog)
    assert all(part not in caplog.text for part in PARTS[name][0] if part != webhooks.TEAM)


@every_app
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_another_method_is_refused(run_async: Run, name: str, method: str) -> None:
    (status,), agent = run_async(exchange(name, says(name, TEXT), method=method))
    assert (status, agent.heard) == (405, [])


@every_app
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_signed_message_in_a_question_is_not_handed_on(run_async: Run, name: str, method: str) -> None:
    (status,), agent = run_async(exchange(name, says(name, TEXT), method=method))
    assert status == (403 if (name, method) == ("messenger", "GET") else 405)
    assert agent.heard == []


def old_telegram(seconds: float) -> Hook:
    update = webhooks.telegram_message(701, TEXT)
    update["message"]["date"] = int(time.time() - seconds)
    return proved(webhooks.of_telegram(update))


def old_messenger(seconds: float) -> Hook:
    event = webhooks.messenger_message("7001", TEXT)
    return proved(webhooks.of_messenger({**event, "timestamp": int((time.time() - seconds) * 1000)}))


HOUR = 3_600
STALE = [
    ("slack", lambda: proved(says("slack", TEXT), time.time() - 6 * 60), 401),
    ("slack", lambda: proved(says("slack", TEXT), time.time() + 6 * 60), 401),
    ("telegram", lambda: old_telegram(25 * HOUR), 200),
    ("messenger", lambda: old_messenger(37 * HOUR), 200),
]
FRESH = [
    ("slack", lambda: proved(says("slack", TEXT), time.time() - 4 * 60)),
    ("telegram", lambda: old_telegram(23 * HOUR)),
    ("messenger", lambda: old_messenger(35 * HOUR)),
]


@pytest.mark.parametrize(("name", "hook", "status"), STALE)
def test_what_is_stale_is_not_handed_on(
    run_async: Run, caplog: pytest.LogCaptureFixture, name: str, hook: Callable[[], Hook], status: int
) -> None:
    with caplog.at_level(logging.DEBUG):
        statuses, agent = run_async(exchange(name, hook()))
    assert (statuses, agent.heard) == ([status], [])
    assert_silent(caplog)


@pytest.mark.parametrize(("name", "hook"), FRESH)
def test_what_is_only_late_is(run_async: Run, name: str, hook: Callable[[], Hook]) -> None:
    assert heard(run_async(exchange(name, hook()))[1]) == [TEXT]


def telegram(**update: Any) -> Hook:
    return proved(webhooks.of_telegram(update))


def slack(**event: Any) -> Hook:
    whole = {**webhooks.slack_message("U701", "D701", TEXT), **event}
    return proved(webhooks.slack_event(whole))


def messenger(**event: Any) -> Hook:
    whole = {**webhooks.messenger_message("7001", TEXT), **event}
    return proved(webhooks.of_messenger({key: value for key, value in whole.items() if value is not None}))


def twilio(name: str, **fields: str) -> Hook:
    return proved(webhooks.of_twilio(name, webhooks.twilio_fields(name, "+4917000701", TEXT, **fields)))


MESSAGE = webhooks.telegram_message(701, TEXT)["message"]
UNKNOWN = {
    "telegram edit": telegram(edited_message=MESSAGE),
    "telegram member": telegram(my_chat_member={"chat": {"id": 701}, "from": MESSAGE["from"]}),
    "telegram unknown": telegram(message_reaction=MESSAGE),
    "telegram service": telegram(message={**MESSAGE, "pinned_message": MESSAGE}),
    "telegram bot": telegram(message={**MESSAGE, "from": {**MESSAGE["from"], "is_bot": True}}),
    "slack edit": slack(subtype="message_changed", message={"text": TEXT}),
    "slack edited": slack(edited={"user": "U701"}),
    "slack deleted": slack(subtype="message_deleted"),
    "slack bot": slack(bot_id="B1"),
    "slack unknown": slack(type="reaction_added"),
    "slack channel": slack(channel="C1", channel_type="channel"),
    "messenger echo": messenger(message={"mid": "m1", "text": TEXT, "is_echo": True}),
    "messenger edit": messenger(message=None, message_edit={"mid": "m1", "text": TEXT}),
    "messenger read": messenger(message=None, read={"watermark": 1}),
    "messenger delivery": messenger(message=None, delivery={"mids": ["m1"]}),
    "whatsapp status": twilio("whatsapp", MessageStatus="delivered"),
    "sms status": twilio("sms", SmsStatus="sent", MessageStatus="sent"),
    "sms other number": twilio("sms", To="+4915299999999"),
    "sms other account": twilio("sms", AccountSid="AC" + "0" * 32),
}


@pytest.mark.parametrize("case", UNKNOWN)
def test_edits_and_whatever_is_unknown_are_taken_and_left_out(
    run_async: Run, providers: Providers, caplog: pytest.LogCaptureFixture, case: str
) -> None:
    hook = proved(UNKNOWN[case])  # now: an old signature would be refused for its age
    with caplog.at_level(logging.DEBUG):
        statuses, agent = run_async(exchange(hook.channel, hook))
    assert (statuses, agent.heard, providers.of(hook.channel).wire) == ([200], [], [])
    assert_silent(caplog)


# groups


def group_of_telegram(kind: str = "supergroup") -> Hook:
    return proved(webhooks.of_telegram(webhooks.telegram_message(-100, TEXT, kind=kind, user=701)))


def mention() -> Hook:
    event = {"type": "app_mention", "user": "U701", "channel": "C1", "text": f"<@U0BOT> {TEXT}", "ts": "1.1"}
    return proved(webhooks.slack_event(event))


@pytest.mark.parametrize(
    ("name", "hook", "method", "there"),
    [
        ("telegram", group_of_telegram, "sendMessage", {"chat_id": -100}),
        ("telegram", lambda: group_of_telegram("group"), "sendMessage", {"chat_id": -100}),
        ("slack", mention, "chat.postEphemeral", {"channel": "C1", "user": "U701"}),
    ],
)
def test_in_a_group_a_private_chat_is_offered_once_and_nothing_is_handed_on(
    run_async: Run,
    providers: Providers,
    name: str,
    hook: Callable[[], Hook],
    method: str,
    there: dict[str, Any],
) -> None:
    statuses, agent = run_async(exchange(name, hook(), hook()))
    assert (statuses, agent.heard) == ([200, 200], [])
    (call,) = [one for one in providers.of(name).wire if one["method"] == method]
    assert there.items() <= call["args"].items()
    assert "private chat" in call["args"]["text"]
    assert MARK not in said(providers, name)


# batches and handshakes


def test_every_event_of_a_messenger_batch_is_handed_on_in_order(run_async: Run) -> None:
    people = ["7001", "7002", "7001", "7001"]
    events = [webhooks.messenger_message(one, f"{MARK} {n}") for n, one in enumerate(people)]
    ours = {"mid": "m", "text": "ours", "is_echo": True}
    echo = {**webhooks.messenger_message("7001", ""), "message": ours}
    hook = proved(webhooks.of_messenger(events[0], echo, {"unknown": 1}, *events[1:], events[0]))
    statuses, agent = run_async(exchange("messenger", hook))
    assert statuses == [200]
    by_person: dict[str, list[str | None]] = {}
    for message in agent.heard:
        by_person.setdefault(message.sender_id, []).append(message.text)
    assert sorted(by_person.values()) == [[f"{MARK} 0", f"{MARK} 2", f"{MARK} 3"], [f"{MARK} 1"]]


async def asked(name: str, query: dict[str, str]) -> tuple[int, str]:
    async with running(FakeAgent(), channel_of(name)) as address:
        return await send(address, Hook(name, b""), "GET", f"?{urlencode(query)}")


def subscription(**changed: str) -> dict[str, str]:
    token = ENVIRON["ASKFIRST_MESSENGER_VERIFY_TOKEN"]
    given = {"hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": "1158201444"}
    return {**given, **{name.replace("_", ".", 1): value for name, value in changed.items()}}


def test_messengers_subscription_is_answered_with_its_challenge(run_async: Run) -> None:
    assert run_async(asked("messenger", subscription())) == (200, "1158201444")


@pytest.mark.parametrize(
    "query",
    [{}, subscription(hub_mode="unsubscribe"), subscription(hub_verify_token="wrong"), {"hub.mode": "é"}],
)
def test_another_subscription_is_not(
    run_async: Run, caplog: pytest.LogCaptureFixture, query: dict[str, str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        assert run_async(asked("messenger", query)) == (403, "")
    assert_silent(caplog)


@pytest.mark.parametrize("challenge", ["3eZbrw1aBm2rZgRNFdxV2595E9CY", "<b>é", "\ud800"])
def test_slacks_challenge_goes_back_as_plain_text(run_async: Run, challenge: str) -> None:
    body = json.dumps({"type": "url_verification", "token": "t", "challenge": challenge}).encode()

    async def scene() -> tuple[int, str]:
        async with running(FakeAgent(), channel_of("slack")) as address:
            return await send(address, proved(Hook("slack", body)))

    assert run_async(scene()) == (200, challenge.encode("utf-8", "replace").decode())


def test_an_unsigned_challenge_does_not_go_back(run_async: Run) -> None:
    body = json.dumps({"type": "url_verification", "challenge": MARK}).encode()
    assert run_async(exchange("slack", Hook("slack", body)))[0] == [401]


@every_app
@pytest.mark.parametrize(
    "query", ["%", "?", "a=%ff&a=%00", quote("\n"), "&" * 50, "x" * 3_000, "hub.challenge"]
)
def test_odd_addresses_are_answered_without_an_error_of_ours(run_async: Run, name: str, query: str) -> None:
    async def scene() -> int:
        async with running(FakeAgent(), channel_of(name)) as address:
            host, port = address.removeprefix("http://").split(":")
            reader, writer = await asyncio.open_connection(host, int(port))
            line = f"GET /webhooks/{name}/webhook?{query} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            writer.write(line.encode())
            status = int((await reader.readline()).split()[1])
            writer.close()
            return status

    assert 400 <= run_async(scene()) < 500


# on and off


@every_app
def test_a_channel_without_its_variables_has_no_address(
    run_async: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for variable in CHANNELS[name].app_class.needs.own:
        monkeypatch.delenv(variable)

    async def scene() -> list[int]:
        other = channel_of("messenger" if name != "messenger" else "slack")
        async with running(agent := FakeAgent(), channel_of(name), other) as address:
            statuses = [(await send(address, says(name, TEXT), method))[0] for method in ("GET", "POST")]
            assert agent.heard == []
            return statuses

    assert run_async(scene()) == [404, 404]


@every_app
def test_with_a_variable_missing_the_channel_does_not_start_and_names_it(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    needs = CHANNELS[name].app_class.needs
    missing = (*needs.own, *needs.shared)[-1]
    monkeypatch.delenv(missing)
    with pytest.raises(AppIncomplete, match=f"{name} cannot start: {missing} is missing") as caught:
        channel_of(name)
    assert all(value not in str(caught.value) for key, value in ENVIRON.items() if "TOKEN" in key)


@every_app
def test_without_keys_the_channel_does_not_start(var_folder: Path, name: str) -> None:
    (var_folder / "keys" / "person.key").unlink()
    with pytest.raises(KeyMissing, match=r"person\.key"):
        channel_of(name)


class Unready(FakeAgent):
    def is_ready(self) -> bool:
        return False


@every_app
@pytest.mark.parametrize("agent", [Unready(), None], ids=["unready", "none"])
def test_without_a_model_the_app_is_asked_to_come_again(run_async: Run, name: str, agent: Any) -> None:
    async def scene() -> int:
        async with running(agent, channel_of(name)) as address:
            return (await send(address, says(name, TEXT)))[0]

    assert run_async(scene()) == 503
    assert agent is None or agent.heard == []


@every_app
def test_before_the_channel_has_begun_the_app_is_asked_to_come_again(
    run_async: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """What comes in while left-over messages are looked up would be found among them, too."""

    async def scene() -> tuple[int, dict[str, Any], int]:
        channel, looking, go_on = channel_of(name), asyncio.Event(), asyncio.Event()

        async def resume(_desk: object) -> None:
            looking.set()
            await go_on.wait()

        monkeypatch.setattr("engine.channels.apps.desk.Desk.resume", resume)
        agent = FakeAgent()
        asyncio.get_running_loop().call_soon(go_on.set)
        async with running(agent, channel) as address:
            desk, channel._desk = channel._desk, None
            go_on.clear()
            beginning = asyncio.ensure_future(channel.begin(_server(agent), agent.handle_message))
            await looking.wait()
            first, _ = await send(address, says(name, TEXT))
            starting = await health(address, name)
            go_on.set()
            await beginning
            second, _ = await send(address, says(name, TEXT))
            await quiet(channel)
            assert desk is not None
            await desk.close()
        return first, starting, second

    assert run_async(scene()) == (503, {"status": "starting"}, 200)


def _server(agent: FakeAgent) -> Any:
    class Server:
        class ctx:  # noqa: N801, as the web server calls it
            pass

    Server.ctx.agent = agent  # type: ignore[attr-defined]
    return Server


@every_app
def test_the_health_of_a_channel_is_how_much_is_on_its_way(run_async: Run, name: str) -> None:
    async def scene() -> tuple[dict[str, Any], dict[str, Any]]:
        go_on = asyncio.Event()

        async def slowly(_message: UserMessage) -> None:
            await go_on.wait()

        channel = channel_of(name)
        async with running(FakeAgent(slowly), channel) as address:
            await send(address, says(name, TEXT))
            busy = await health(address, name)
            go_on.set()
            await quiet(channel)
            return busy, await health(address, name)

    busy, quiet_ = run_async(scene())
    assert (busy, quiet_) == ({"status": "ok", "waiting": 1}, {"status": "ok", "waiting": 0})


async def health(address: str, name: str) -> dict[str, Any]:
    async with aiohttp.ClientSession() as session, session.get(f"{address}/webhooks/{name}/") as response:
        found: dict[str, Any] = await response.json()
        return found


def test_the_pace_is_that_of_the_credentials(run_async: Run) -> None:
    async def scene() -> list[str | None]:
        channel = CHANNELS["sms"].from_credentials({"pace": {"burst": 1, "per_second": 0}})
        assert isinstance(channel, AppInput)
        agent = FakeAgent(repeating)
        async with running(agent, channel) as address:
            for text in "abc":
                await send(address, says("sms", text))
            await quiet(channel)
        return heard(agent)

    assert run_async(scene()) == ["a"]


@every_app
def test_the_sdk_and_the_suites_own_hooks_sign_alike(name: str) -> None:
    hook = webhooks.SAYING[name](TEXT)
    assert channel_of(name)._app is not None
    channel_of(name)._app.verify(as_request(hook), time.time())  # type: ignore[union-attr]
    channel_of(name)._app.verify(as_request(proved(hook)), time.time())  # type: ignore[union-attr]
