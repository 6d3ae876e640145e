"""Telegram: what goes over the wire, through the real client, to a fake that keeps Telegram's limits."""

from __future__ import annotations

import asyncio
import json
import time
import traceback
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.channels.apps.app import Call, NotSent, Rendered, Shown
from engine.channels.apps.charts import in_words
from engine.channels.apps.incoming import Incoming
from engine.channels.apps.said import Choice, Said
from engine.channels.apps.words import Words
from engine.channels.telegram.app import API_URL, SECRET, TOKEN, TelegramApp
from engine.channels.telegram.rendering import data_of
from tests.channels.fakes import telegram as fakes
from tests.channels.fakes.server import Answer, Asked, serving
from tests.channels.fakes.telegram import Telegram
from tests.unit.engine.channels.golden_files import check_golden
from tests.unit.engine.channels.said_examples import EXAMPLES, any_said, choice, permission, without_blanks

Run = Callable[[Any], Any]
HERE = {"chat_id": 42}
WORDS = Words.load()


def built(url: str, token: str = fakes.TOKEN) -> TelegramApp:
    return TelegramApp({TOKEN: token, SECRET: fakes.SECRET, API_URL: url}, WORDS)


@contextmanager
def telegram(fake: Telegram | None = None) -> Iterator[tuple[Telegram, str]]:
    fake = fake or Telegram()
    with serving({"telegram": fake}) as address:
        yield fake, f"{address}/telegram"


@asynccontextmanager
async def connected(url: str, token: str = fakes.TOKEN) -> AsyncIterator[TelegramApp]:
    app = built(url, token)
    try:
        yield app
    finally:
        await app.close()


async def sent(url: str, calls: list[Call], token: str = fakes.TOKEN) -> list[str | None]:
    async with connected(url, token) as app:
        return [await app.perform(call) for call in calls]


def rendered(said: Said) -> Rendered:
    return built("http://127.0.0.1").render(said, HERE, 1)


def failing(run_async: Run, url: str, call: Call | None = None, token: str = fakes.TOKEN) -> NotSent:
    with pytest.raises(NotSent) as caught:
        run_async(sent(url, [call or Call("sendMessage", {"chat_id": 42, "text": "hello"})], token))
    return caught.value


# over the wire


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(run_async: Run, name: str) -> None:
    with telegram() as (fake, url):
        run_async(sent(url, list(rendered(EXAMPLES[name]).calls)))
    assert fake.refused == []
    check_golden(f"telegram/{name}.json", fake.wire)


@pytest.mark.parametrize("outcome", ["Not now", ""])
def test_an_answered_question_keeps_its_words_and_loses_its_buttons(run_async: Run, outcome: str) -> None:
    asked = permission()

    async def scene(url: str) -> None:
        async with connected(url) as app:
            (call,) = app.render(asked, HERE, 1).calls
            ref = await app.perform(call)
            assert ref == "1"
            retire = app.retire(Shown(ref, asked.text, asked.kind), outcome, HERE)
            assert retire is not None
            assert retire.optional
            await app.perform(retire)
            await app.perform(retire)  # "message is not modified" is no failure

    with telegram() as (fake, url):
        run_async(scene(url))
    assert fake.refused == []
    assert fake.messages[42, 1]["reply_markup"] is None
    assert fake.messages[42, 1]["text"].startswith(asked.text)
    check_golden(f"telegram/retired{'' if outcome else '_without_outcome'}.json", fake.wire)


def test_of_a_long_question_the_last_part_is_edited_and_one_without_room_loses_its_buttons_only() -> None:
    app = built("http://127.0.0.1")
    long = EXAMPLES["long_help"]
    last = app.render(long, HERE, 1).calls[-1].args["text"]
    edit = app.retire(Shown("1", long.text), "Yes", HERE)
    assert edit is not None
    assert edit.args["text"] == f"{last}\n\n{WORDS.say('chosen', title='Yes')}"
    full = app.retire(Shown("1", "x" * 4096), "Yes", HERE)
    assert full is not None
    assert (full.method, "text" in full.args) == ("editMessageReplyMarkup", False)


def test_the_offer_of_a_private_chat_knows_the_bots_name_and_asks_for_it_once(run_async: Run) -> None:
    async def scene(url: str) -> None:
        async with connected(url) as app:
            incoming = Incoming("1", ("42",), {"chat_id": -5}, text="hello", public=True)
            for call in [*app.offer_private(incoming), *app.offer_private(incoming)]:
                await app.perform(call)

    with telegram(Telegram(chats=(-5,))) as (fake, url):
        run_async(scene(url))
    assert [call["method"] for call in fake.wire] == ["getMe", "sendMessage", "sendMessage"]
    assert f"https://t.me/{fakes.USERNAME}" in fake.wire[-1]["args"]["text"]
    assert fake.refused == []


def test_a_press_can_be_answered_once(run_async: Run) -> None:
    incoming = Incoming("1", ("42",), {"chat_id": 42, "callback_id": "123"}, press="x")
    app = built("http://127.0.0.1")
    with telegram() as (fake, url):
        run_async(sent(url, app.not_theirs(incoming)))
        assert failing(run_async, url, app.noticed(incoming)[0]).final
    assert fake.wire[0]["args"]["show_alert"] is True


def test_the_account_says_where_updates_go(run_async: Run) -> None:
    async def asked(url: str) -> str | None:
        async with connected(url) as app:
            return (await app.account()).webhook

    with telegram() as (fake, url):
        assert run_async(asked(url)) == ""
        fake.webhook = {"url": "https://bank.example/webhooks/telegram/webhook"}
        assert run_async(asked(url)) == "https://bank.example/webhooks/telegram/webhook"


# limits


def keyboards(calls: Any) -> list[dict[str, str]]:
    return [
        button
        for call in calls
        for row in call.args.get("reply_markup", {}).get("inline_keyboard", [])
        for button in row
    ]


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(saids=st.lists(any_said(), min_size=1, max_size=5))
def test_whatever_is_said_keeps_all_limits_and_loses_nothing(saids: list[Said]) -> None:
    everything = [rendered(said) for said in saids]
    with telegram() as (fake, url):
        asyncio.run(sent(url, [call for one in everything for call in one.calls]))
        assert fake.refused == []
    for said, one in zip(saids, everything, strict=True):
        texts = "".join(call.args["text"] for call in one.calls)
        expected = without_blanks(said.text + in_words(said.chart, WORDS))
        if expected:
            assert without_blanks(texts) == expected
        back = [one.options.get(button["callback_data"]) for button in keyboards(one.calls)]
        payloads = [
            chosen.payload if chosen else button["callback_data"]
            for chosen, button in zip(back, keyboards(one.calls), strict=True)
        ]
        assert payloads == [choice_.payload for choice_ in said.choices]
        assert [call.shows for call in one.calls] == ["reply_markup" in call.args for call in one.calls]


@pytest.mark.parametrize(
    ("text", "calls"),
    [("x" * 4_096, 1), ("x" * 4_097, 2), ("😀" * 2_048, 1), ("😀" * 2_049, 2)],
    ids=range(4),
)
def test_a_text_is_cut_at_the_very_limit(run_async: Run, text: str, calls: int) -> None:
    with telegram() as (fake, url):
        run_async(sent(url, list(rendered(Said(text=text)).calls)))
    assert (fake.refused, len(fake.wire)) == ([], calls)


def test_what_could_not_be_carried_is_replaced_and_nothing_raises(run_async: Run) -> None:
    odd = Said(
        text="\ud83d half",
        choices=(Choice("\ud83d", "/a\ud83d~seal"), Choice("", ""), Choice(" ", "/b")),
        document={"x": "\ud83d"},
    )
    blank = Said(text=" \n ", choices=(choice("Yes", "/affirm"),))
    silent = Said(text="", choices=(Choice("", "/a"),))
    nothing = Said(text=" ")
    with telegram() as (fake, url):
        for said in (odd, blank, silent, nothing):
            run_async(sent(url, list(rendered(said).calls)))
    assert fake.refused == []
    assert [call["args"].get("text") for call in fake.wire] == ["? half", None, "Yes", "…"]


def test_a_payload_of_64_bytes_goes_as_it_is_and_a_longer_one_by_a_short_name() -> None:
    assert data_of(Choice("a", "ä" * 32)) == "ä" * 32
    long = Choice("a", "ä" * 32 + "b")
    (call,) = (one := rendered(Said(text="?", choices=(long,)))).calls
    ((button,),) = call.args["reply_markup"]["inline_keyboard"]
    assert button["callback_data"] == data_of(long)
    assert data_of(long).startswith("#")
    assert len(data_of(long)) == 17
    assert one.options == {data_of(long): long}


def test_a_hundred_and_twenty_buttons_are_all_there(run_async: Run) -> None:
    said = Said(text="Which?", choices=tuple(choice(f"Number {n}", f"/need_{n}") for n in range(120)))
    with telegram() as (fake, url):
        run_async(sent(url, list(rendered(said).calls)))
    assert fake.refused == []
    assert len(keyboards(rendered(said).calls)) == 120


@pytest.mark.parametrize("why", [True, False])
def test_allow_and_not_now_are_side_by_side_and_of_equal_weight(why: bool) -> None:
    asked = permission() if why else permission(why=None)
    rows = rendered(asked).calls[-1].args["reply_markup"]["inline_keyboard"]
    assert [[button["text"] for button in row] for row in rows] == [["Allow", "Not now"], ["Why?"]][: 1 + why]
    assert rows[0][0].keys() == rows[0][1].keys() == {"text", "callback_data"}


def test_no_text_is_ever_markup() -> None:
    for said in EXAMPLES.values():
        assert all("parse_mode" not in call.args for call in rendered(said).calls)


# failures


@pytest.mark.parametrize(
    ("status", "reason", "final"),
    [
        (400, "BadRequest", True),
        (401, "Unauthorized", True),
        (403, "Unauthorized", True),
        (404, "NotFound", True),
        (409, "ConflictError", True),
        (500, "TelegramAPIError", False),
        (502, "TelegramAPIError", False),
    ],
)
def test_which_failures_are_final(run_async: Run, status: int, reason: str, final: bool) -> None:
    with telegram() as (fake, url):
        fake.fail(status)
        failure = failing(run_async, url)
    assert (failure.reason, failure.final, failure.after_seconds) == (reason, final, None)


def test_when_to_come_back_is_heard(run_async: Run) -> None:
    with telegram() as (fake, url):
        fake.fail(429, after_seconds=7)
        failure = failing(run_async, url)
    assert (failure.reason, failure.final, failure.after_seconds) == ("RetryAfter", False, 7.0)


ODD_ANSWERS = [
    Answer(hang_up=True),
    Answer(502, b"<html>Bad Gateway</html>", content_type="text/html"),
    Answer(200, b"<html>Log in</html>", content_type="text/html"),
    Answer(500, b"not JSON"),
    Answer(500, []),
    Answer(429, {"ok": False, "parameters": {"retry_after": "soon"}}),
]


@pytest.mark.parametrize("answer", ODD_ANSWERS, ids=range(len(ODD_ANSWERS)))
def test_a_network_that_fails_is_tried_again(run_async: Run, answer: Answer) -> None:
    with telegram() as (fake, url):
        fake.failures.append(answer)
        failure = failing(run_async, url)
    assert not failure.final


def test_nobody_there_is_tried_again(run_async: Run) -> None:
    with telegram() as (_, url):
        pass
    failure = failing(run_async, url)
    assert (failure.reason, failure.final) == ("NetworkError", False)


def test_a_slow_answer_is_given_up(run_async: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow(Telegram):
        def answer(self, asked: Asked) -> Answer:
            time.sleep(0.5)
            return Answer(hang_up=True)

    assert TelegramApp.timeout_seconds == 10
    monkeypatch.setattr(TelegramApp, "timeout_seconds", 0.1)
    with telegram(Slow()) as (_, url):
        failure = failing(run_async, url)
    assert (failure.reason, failure.final) == ("TimeoutError", False)


def test_a_wrong_token_and_a_wrong_chat_are_final(run_async: Run) -> None:
    with telegram() as (fake, url):
        assert failing(run_async, url, token="1:wrong").final
        wrong = failing(run_async, url, Call("sendMessage", {"chat_id": 43, "text": "hello"}))
    assert (wrong.reason, wrong.final) == ("ChatNotFound", True)
    assert fake.refused == ["token", "chat not found"]


def test_a_failure_quotes_neither_token_nor_text(run_async: Run) -> None:
    secret = "I owe 1,234.56 euros"
    with telegram() as (fake, url):
        fake.failures.append(Answer(400, {"ok": False, "description": f"{fakes.TOKEN} {secret}"}))
        failure = failing(run_async, url, Call("sendMessage", {"chat_id": 42, "text": secret}))
    shown = "".join(traceback.format_exception(failure)) + json.dumps(failure.reason)
    assert fakes.TOKEN not in shown
    assert secret not in shown
    assert failure.__context__ is None
    assert secret not in repr(Call("sendMessage", {"chat_id": 42, "text": secret}))
