"""The Send API, over HTTP, against a fake that keeps Meta's limits."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings

from engine.channels.apps.app import Account, NotSent
from engine.channels.apps.said import Said
from engine.channels.apps.words import Words
from engine.channels.messenger import calling
from engine.channels.messenger.app import API_URL, APP_SECRET, PAGE_TOKEN, VERIFY_TOKEN, MessengerApp
from tests.channels.fakes.messenger import GONE, TOKEN, Messenger
from tests.channels.fakes.server import Answer, serving
from tests.unit.engine.channels.golden_files import check_golden
from tests.unit.engine.channels.said_examples import EXAMPLES, PLAIN, any_said, without_blanks

Run = Callable[[Any], Any]
WORDS = Words.load()
PERSON = "7001"


def app_at(url: str, token: str = TOKEN) -> MessengerApp:
    values = {PAGE_TOKEN: token, APP_SECRET: "s" * 16, VERIFY_TOKEN: "v" * 16, API_URL: url}
    return MessengerApp(values, WORDS)


async def send(app: MessengerApp, said: Said, person: str = PERSON) -> list[str | None]:
    try:
        return [await app.perform(call) for call in app.render(said, {"recipient": person}, 1).calls]
    finally:
        await app.close()


@pytest.fixture
def meta() -> Iterator[tuple[Messenger, str]]:
    provider = Messenger()
    with serving({"messenger": provider}) as address:
        yield provider, f"{address}/messenger/v25.0"


@pytest.mark.parametrize("name", EXAMPLES)
def test_over_the_wire(run_async: Run, meta: tuple[Messenger, str], name: str) -> None:
    provider, url = meta
    ids = run_async(send(app_at(url), EXAMPLES[name]))
    assert provider.refused == []
    assert ids == [f"m_{n}" for n in range(1, len(provider.wire) + 1)]
    check_golden(f"messenger/{name}.json", provider.wire)


PROVIDER = Messenger()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving({"messenger": PROVIDER}) as address:
        yield f"{address}/messenger/v25.0"


@settings(max_examples=80)
@given(said=any_said())
def test_whatever_is_said_is_taken_and_nothing_is_lost(address: str, said: Said) -> None:
    PROVIDER.wire.clear()
    app = app_at(address)
    options = app.render(said, {"recipient": PERSON}, 1).options
    asyncio.run(send(app, said))
    assert PROVIDER.refused == []
    messages = [call["args"]["message"] for call in PROVIDER.wire]
    replies = [reply for message in messages for reply in message.get("quick_replies", [])]
    texts = without_blanks("".join(message["text"] for message in messages))
    assert texts.startswith(without_blanks(said.text))
    for point in (said.chart or {}).get("points", ())[:1]:
        assert without_blanks(point["shown"]) in texts
    for choice in said.choices:
        is_spoken = said.kind == "value" and without_blanks(choice.title) in texts
        is_reply = choice.payload in [reply["payload"] for reply in replies]
        assert is_reply or choice in options.values() or is_spoken


def refusal(run_async: Run, app: MessengerApp, person: str = PERSON) -> NotSent:
    with pytest.raises(NotSent) as refused:
        run_async(send(app, PLAIN, person))
    return refused.value


@pytest.mark.parametrize(
    ("status", "code", "after", "reason", "final"),
    [
        (429, None, 7, "error_613", False),
        (400, 4, 3, "error_4", False),
        (400, 17, None, "error_17", False),
        (403, 32, None, "error_32", False),
        (400, 613, None, "error_613", False),
        (400, 1200, None, "error_1200", False),
        (500, None, None, "error_2", False),
        (503, None, 9, "error_2", False),
        (400, 100, 5, "error_100", True),
        (403, 10, None, "error_10", True),
        (401, 190, None, "error_190", True),
        (302, 1, None, "error_1", True),
    ],
)
def test_what_meta_refuses(
    run_async: Run,
    meta: tuple[Messenger, str],
    status: int,
    code: int | None,
    after: int | None,
    reason: str,
    final: bool,
) -> None:
    provider, url = meta
    provider.fail(status, code=code, after_seconds=after)
    refused = refusal(run_async, app_at(url))
    assert (refused.reason, refused.final) == (reason, final)
    assert refused.after_seconds == (None if final or after is None else float(after))
    assert "words of Meta" not in str(refused)
    run_async(send(app_at(url), PLAIN))
    assert len(provider.wire) == 1


@pytest.mark.parametrize(
    ("answer", "reason", "final"),
    [
        (Answer(502, b"<html>", content_type="text/html"), "http_502", False),
        (Answer(404, b"\xff"), "http_404", True),
        (Answer(400, {"error": {"code": "words of Meta"}}), "http_400", True),
        (Answer(429, {}, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}), "http_429", False),
        (Answer(200, {"error": {"code": 4}}), "error_4", False),
    ],
)
def test_answers_that_are_no_json_of_theirs(
    run_async: Run, meta: tuple[Messenger, str], answer: Answer, reason: str, final: bool
) -> None:
    provider, url = meta
    provider.failures.append(answer)
    refused = refusal(run_async, app_at(url))
    assert (refused.reason, refused.final, refused.after_seconds) == (reason, final, None)


def test_what_was_taken_without_an_id_is_sent(run_async: Run, meta: tuple[Messenger, str]) -> None:
    provider, url = meta
    provider.after_accepting.append(Answer(200, b""))
    assert run_async(send(app_at(url), PLAIN)) == [None]


def test_who_blocked_the_page_and_who_never_wrote_to_it(run_async: Run, meta: tuple[Messenger, str]) -> None:
    for person, reason in ((GONE, "error_551"), ("42", "error_100")):
        refused = refusal(run_async, app_at(meta[1]), person)
        assert (refused.reason, refused.final) == (reason, True)


def test_when_nobody_is_there_it_can_be_tried_again(run_async: Run, meta: tuple[Messenger, str]) -> None:
    provider, url = meta
    provider.failures.append(Answer(hang_up=True))
    assert (refusal(run_async, app_at(url)).reason, refusal(run_async, app_at(closed())).final) == (
        "unreachable",
        False,
    )


def closed() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/v25.0"


def test_who_does_not_answer_in_time_is_asked_again(run_async: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling, "LONGEST_SECONDS", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        refused = refusal(run_async, app_at(f"http://127.0.0.1:{silent.getsockname()[1]}/v25.0"))
    assert (refused.reason, refused.final) == ("unreachable", False)


def test_the_account(run_async: Run, meta: tuple[Messenger, str]) -> None:
    async def asked(token: str) -> Account:
        app = app_at(meta[1], token)
        try:
            return await app.account()
        finally:
            await app.close()

    assert run_async(asked(TOKEN)) == Account(webhook=None)
    with pytest.raises(NotSent) as refused:
        run_async(asked("wrong"))
    assert (refused.value.reason, refused.value.final) == ("error_190", True)


def test_neither_the_token_nor_the_text_is_logged(
    run_async: Run, meta: tuple[Messenger, str], caplog: pytest.LogCaptureFixture
) -> None:
    provider, url = meta
    provider.fail(400)
    with caplog.at_level(logging.DEBUG):
        refusal(run_async, app_at(url))
        run_async(send(app_at(url), PLAIN))
    assert TOKEN not in caplog.text
    assert PLAIN.text[:20] not in caplog.text
    assert all(TOKEN not in str(call) for call in provider.wire)
