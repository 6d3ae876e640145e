"""Slack: what goes over the wire, through the real client, to a fake that keeps Slack's limits."""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.channels.apps.app import Account, Call, NotSent, Rendered, Shown
from engine.channels.apps.charts import in_words
from engine.channels.apps.incoming import Incoming
from engine.channels.apps.said import Choice, Said
from engine.channels.apps.words import Words
from engine.channels.slack.app import API_URL, SIGNING_SECRET, TOKEN, SlackApp
from engine.channels.slack.rendering import value_of
from tests.channels.fakes import slack as fakes
from tests.channels.fakes.server import Answer, Asked, serving
from tests.channels.fakes.slack import Slack
from tests.unit.engine.channels.golden_files import check_golden
from tests.unit.engine.channels.said_examples import EXAMPLES, any_said, choice, permission, without_blanks

Run = Callable[[Any], Any]
HERE = {"channel": fakes.CHANNEL, "user": fakes.USER, "app": fakes.APP, "team": fakes.TEAM}
HELLO = Call("chat.postMessage", {"channel": fakes.CHANNEL, "text": "hello"})
WORDS = Words.load()


def built(url: str, token: str = fakes.TOKEN) -> SlackApp:
    return SlackApp({TOKEN: token, SIGNING_SECRET: fakes.SECRET, API_URL: url}, WORDS)


@contextmanager
def slack(fake: Slack | None = None) -> Iterator[tuple[Slack, str]]:
    fake = fake or Slack()
    with serving({"slack": fake}) as address:
        yield fake, f"{address}/slack/"


@asynccontextmanager
async def connected(url: str, token: str = fakes.TOKEN) -> AsyncIterator[SlackApp]:
    app = built(url, token)
    try:
        yield app
    finally:
        await app.close()


async def sent(url: str, calls: Sequence[Call], token: str = fakes.TOKEN) -> list[str | None]:
    async with connected(url, token) as app:
        return [await app.perform(call) for call in calls]


def rendered(said: Said) -> Rendered:
    return built("http://127.0.0.1").render(said, HERE, 1)


def failing(run_async: Run, url: str, call: Call = HELLO, token: str = fakes.TOKEN) -> NotSent:
    with pytest.raises(NotSent) as caught:
        run_async(sent(url, [call], token))
    return caught.value


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack's library takes a proxy from the environment, and the fake is on loopback."""
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)


# over the wire


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples(run_async: Run, name: str) -> None:
    with slack() as (fake, url):
        run_async(sent(url, rendered(EXAMPLES[name]).calls))
    assert fake.refused == []
    check_golden(f"slack/{name}.json", fake.wire)


@pytest.mark.parametrize("outcome", ["Not now", ""])
def test_an_answered_question_keeps_its_words_and_loses_its_buttons(run_async: Run, outcome: str) -> None:
    asked = permission()

    async def scene(url: str) -> None:
        async with connected(url) as app:
            (call,) = app.render(asked, HERE, 1).calls
            ref = await app.perform(call)
            assert ref == "1700000000.000001"
            retire = app.retire(Shown(ref, asked.text, asked.kind), outcome, HERE)
            assert retire is not None
            assert retire.optional
            await app.perform(retire)

    with slack() as (fake, url):
        run_async(scene(url))
    assert fake.refused == []
    (shown,) = fake.messages.values()
    assert "actions" not in [block["type"] for block in shown["blocks"]]
    assert shown["blocks"][0]["text"]["text"] == asked.text
    check_golden(f"slack/retired{'' if outcome else '_without_outcome'}.json", fake.wire)


def test_of_a_long_question_the_last_part_is_edited() -> None:
    long = EXAMPLES["long_help"]
    edit = built("http://127.0.0.1").retire(Shown("1.2", long.text), "Yes", HERE)
    assert edit is not None
    assert edit.args["blocks"][0] == rendered(long).calls[-1].args["blocks"][0]


@pytest.mark.parametrize("outcome", ["", "x" * 5_000, "\ud83d"])
@pytest.mark.parametrize("text", ["", "x" * 3_000, "<&>" * 1_000])
def test_any_question_can_be_retired(run_async: Run, text: str, outcome: str) -> None:
    edit = built("http://127.0.0.1").retire(Shown("1.2", text), outcome, HERE)
    assert edit is not None
    with slack() as (fake, url):
        fake.messages[fakes.CHANNEL, "1.2"] = {}
        run_async(sent(url, [edit]))
    assert fake.refused == []


def test_asides_are_seen_by_one_person_only(run_async: Run) -> None:
    app = built("http://127.0.0.1")
    incoming = Incoming(
        "1", (fakes.TEAM, fakes.USER), {**HERE, "channel": "C0001"}, text="hello", public=True
    )
    with slack(Slack(channels=("C0001",))) as (fake, url):
        refs = run_async(sent(url, [*app.offer_private(incoming), *app.not_theirs(incoming)]))
    assert refs == [None, None]
    assert fake.refused == []
    assert {call["method"] for call in fake.wire} == {"chat.postEphemeral"}


def test_the_account_is_asked_for_without_changing_anything(run_async: Run) -> None:
    async def asked(url: str) -> Account:
        async with connected(url) as app:
            return await app.account()

    with slack() as (fake, url):
        assert run_async(asked(url)) == Account(webhook=None)
    assert [call["method"] for call in fake.wire] == ["auth.test"]


# limits


def blocks_of(calls: Sequence[Call], kind: str) -> list[dict[str, Any]]:
    return [block for call in calls for block in call.args.get("blocks", []) if block["type"] == kind]


def buttons_of(calls: Sequence[Call]) -> list[dict[str, Any]]:
    return [button for block in blocks_of(calls, "actions") for button in block["elements"]]


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(saids=st.lists(any_said(), min_size=1, max_size=5))
def test_whatever_is_said_keeps_all_limits_and_loses_nothing(saids: list[Said]) -> None:
    everything = [rendered(said) for said in saids]
    with slack() as (fake, url):
        asyncio.run(sent(url, [call for one in everything for call in one.calls]))
        assert fake.refused == []
    for said, one in zip(saids, everything, strict=True):
        texts = "".join(block["text"]["text"] for block in blocks_of(one.calls, "section"))
        expected = without_blanks(said.text + in_words(said.chart, WORDS))
        if expected:
            assert without_blanks(texts) == expected
            assert without_blanks("".join(call.args["text"] for call in one.calls)) == expected
        back = [one.options.get(button["value"]) for button in buttons_of(one.calls)]
        payloads = [
            chosen.payload if chosen else button["value"]
            for chosen, button in zip(back, buttons_of(one.calls), strict=True)
        ]
        assert payloads == [choice_.payload for choice_ in said.choices]
        assert all(call.shows == bool(buttons_of([call])) for call in one.calls)


@pytest.mark.parametrize(("length", "calls"), [(3_000, 1), (3_001, 2)])
def test_a_text_is_cut_at_the_very_limit(run_async: Run, length: int, calls: int) -> None:
    with slack() as (fake, url):
        run_async(sent(url, rendered(Said(text="x" * length)).calls))
    assert (fake.refused, len(fake.wire)) == ([], calls)


@pytest.mark.parametrize("length", [75, 76])
def test_a_title_is_cut_at_the_very_limit(run_async: Run, length: int) -> None:
    said = Said(text="?", choices=(choice("x" * length, "/a"),))
    with slack() as (fake, url):
        run_async(sent(url, rendered(said).calls))
    assert fake.refused == []


def test_what_could_not_be_carried_is_replaced_and_nothing_raises(run_async: Run) -> None:
    odd = Said(
        text="\ud83d half",
        choices=(Choice("\ud83d", "/a\ud83d~seal"), Choice("", ""), Choice("x" * 100, "y" * 3_000)),
        document={"x": "\ud83d"},
    )
    blank = Said(text=" \n ", choices=(choice("Yes", "/affirm"),))
    silent = Said(text="", choices=(Choice("", "/a"),))
    with slack() as (fake, url):
        for said in (odd, blank, silent, Said(text=" ")):
            run_async(sent(url, rendered(said).calls))
    assert fake.refused == []
    assert [call["args"]["text"] for call in fake.wire if "text" in call["args"]] == ["? half", "Yes", "…"]


def test_a_payload_that_is_too_long_goes_by_a_short_name() -> None:
    long = Choice("a", "x" * 2_001)
    one = rendered(Said(text="?", choices=(long, Choice("b", "x" * 2_000))))
    assert [button["value"] for button in buttons_of(one.calls)] == [value_of(long), "x" * 2_000]
    assert value_of(long).startswith("#")
    assert one.options == {value_of(long): long}


def test_sixty_buttons_are_all_there_in_blocks_of_25(run_async: Run) -> None:
    said = Said(text="Which?", choices=tuple(choice(f"Number {n}", f"/need_{n}") for n in range(60)))
    with slack() as (fake, url):
        run_async(sent(url, rendered(said).calls))
    assert fake.refused == []
    assert [len(block["elements"]) for block in blocks_of(rendered(said).calls, "actions")] == [25, 25, 10]


def test_more_buttons_than_a_message_takes_go_into_the_next(run_async: Run) -> None:
    said = Said(text="Which?", choices=tuple(choice(f"Number {n}", f"/need_{n}") for n in range(1_300)))
    with slack() as (fake, url):
        run_async(sent(url, rendered(said).calls))
    assert fake.refused == []
    assert len(buttons_of(rendered(said).calls)) == 1_300


def test_allow_and_not_now_stand_side_by_side_and_look_alike() -> None:
    (actions,) = blocks_of(rendered(permission()).calls, "actions")
    assert [button["text"]["text"] for button in actions["elements"]] == ["Allow", "Not now", "Why?"]
    assert all("style" not in button and "confirm" not in button for button in actions["elements"])
    assert actions["elements"][0].keys() == actions["elements"][1].keys()


def test_no_text_is_ever_markup_and_a_retired_one_says_the_same(run_async: Run) -> None:
    text = "<!channel> & *bold* &lt;"

    async def scene(url: str) -> None:
        async with connected(url) as app:
            (call,) = app.render(Said(text=text, choices=(choice("Yes", "/affirm"),)), HERE, 1).calls
            ref = await app.perform(call)
            retire = app.retire(Shown(str(ref), str(call.args["text"])), "", HERE)
            assert retire is not None
            await app.perform(retire)

    with slack() as (fake, url):
        run_async(scene(url))
    for call in fake.wire:
        assert call["args"]["text"] == "&lt;!channel&gt; &amp; *bold* &amp;lt;"
        assert call["args"]["blocks"][0]["text"] == {"type": "plain_text", "text": text, "emoji": False}


# failures


@pytest.mark.parametrize(
    ("status", "reason", "final"),
    [
        (200, "told_to_fail", True),
        (403, "told_to_fail", True),
        (500, "internal_error", False),
        (503, "service_unavailable", False),
    ],
)
def test_which_failures_are_final(run_async: Run, status: int, reason: str, final: bool) -> None:
    with slack() as (fake, url):
        fake.fail(status)
        failure = failing(run_async, url)
    assert (failure.reason, failure.final, failure.after_seconds) == (reason, final, None)


def test_when_to_come_back_is_heard(run_async: Run) -> None:
    with slack() as (fake, url):
        fake.fail(429, after_seconds=7)
        failure = failing(run_async, url)
        assert (failure.reason, failure.final, failure.after_seconds) == ("ratelimited", False, 7.0)
        fake.failures.append(Answer(429, b"", {"Retry-After": "5"}, "text/plain"))
        assert failing(run_async, url).after_seconds == 5.0
        fake.failures.append(Answer(200, {"ok": False, "error": "ratelimited"}))
        failure = failing(run_async, url)
        assert (failure.final, failure.after_seconds) == (False, None)


ODD_ANSWERS = [
    Answer(hang_up=True),
    Answer(502, b"<html>Bad Gateway</html>", content_type="text/html"),
    Answer(500, b"oh", content_type="text/plain"),
    Answer(200, b"not JSON"),
    Answer(200, b"\xff"),
    Answer(200, []),
    Answer(200, [1]),
    Answer(200, {"ok": False, "error": "fatal_error"}),
    Answer(200, {"ok": False, "error": "I owe 1,234.56 euros"}),
    Answer(429, b"", {"Retry-After": "soon"}),
]


@pytest.mark.parametrize("answer", ODD_ANSWERS, ids=range(len(ODD_ANSWERS)))
def test_a_network_that_fails_is_tried_again(run_async: Run, answer: Answer) -> None:
    with slack() as (fake, url):
        fake.failures.append(answer)
        failure = failing(run_async, url)
    assert (failure.final, failure.after_seconds) == (False, None)
    assert " " not in failure.reason


def test_nobody_there_is_tried_again(run_async: Run) -> None:
    with slack() as (_, url):
        pass
    failure = failing(run_async, url)
    assert (failure.reason, failure.final) == ("ClientConnectorError", False)


def test_a_slow_answer_is_given_up(run_async: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow(Slack):
        def answer(self, asked: Asked) -> Answer:
            time.sleep(0.5)
            return Answer(hang_up=True)

    assert SlackApp.timeout_seconds == 10
    monkeypatch.setattr(SlackApp, "timeout_seconds", 0.1)
    with slack(Slow()) as (_, url):
        failure = failing(run_async, url)
    assert (failure.reason, failure.final) == ("TimeoutError", False)


def test_a_wrong_token_and_a_wrong_channel_are_final(run_async: Run) -> None:
    with slack() as (fake, url):
        assert failing(run_async, url, token="xoxb-wrong").final
        wrong = failing(run_async, url, Call("chat.postMessage", {"channel": "D9", "text": "hello"}))
    assert (wrong.reason, wrong.final) == ("channel_not_found", True)
    assert fake.refused == ["token", "channel"]


@pytest.mark.parametrize("step", [0, 1, 2])
def test_a_file_that_is_lost_on_the_way_is_tried_again(run_async: Run, step: int) -> None:
    class Losing(Slack):
        def respond(self, asked: Asked) -> Answer:
            return (
                Answer(500, b"", content_type="text/plain")
                if len(self.wire) == step
                else super().respond(asked)
            )

    upload = rendered(EXAMPLES["document"]).calls[-1]
    assert upload.method == "files.upload"
    with slack(Losing()) as (fake, url):
        assert not failing(run_async, url, upload).final
    assert len(fake.wire) == step


def test_a_failure_quotes_neither_token_nor_text(run_async: Run, caplog: pytest.LogCaptureFixture) -> None:
    secret = "I owe 1,234.56 euros"
    with slack() as (fake, url), caplog.at_level(logging.DEBUG):
        fake.failures.append(
            Answer(200, {"ok": False, "error": "no_text", "said": f"{fakes.TOKEN} {secret}"})
        )
        failure = failing(run_async, url, Call("chat.postMessage", {"channel": "D1", "text": secret}))
    shown = "".join(traceback.format_exception(failure)) + caplog.text
    assert fakes.TOKEN not in shown
    assert secret not in shown
    assert failure.__context__ is None
