"""Twilio's API, through Twilio's own client over HTTP, against a fake that keeps its limits."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from twilio.rest import Client

from engine.channels.apps.app import Account, NotSent
from engine.channels.apps.said import Said
from engine.channels.twilio import calling
from engine.channels.twilio.app import TwilioApp
from tests.channels.fakes.server import Answer, serving
from tests.channels.fakes.twilio import ACCOUNT, OPTED_OUT, TOKEN, Twilio
from tests.unit.engine.channels.golden_files import check_golden
from tests.unit.engine.channels.said_examples import (
    EXAMPLES,
    PLAIN,
    YES_NO_VALUE,
    any_said,
    choice,
    permission,
    without_blanks,
)
from tests.unit.engine.channels.twilio.twilio_apps import WHATSAPP_TO, send, sms, to_of, whatsapp

Run = Callable[[Any], Any]
Make = Callable[..., TwilioApp]
BOTH = pytest.mark.parametrize("make", [sms, whatsapp])


@pytest.fixture
def there() -> Iterator[tuple[Twilio, str]]:
    provider = Twilio()
    with serving({"twilio": provider}) as address:
        yield provider, f"{address}/twilio"


@BOTH
@pytest.mark.parametrize("name", EXAMPLES)
def test_over_the_wire(run_async: Run, there: tuple[Twilio, str], make: Make, name: str) -> None:
    provider, base = there
    ids = run_async(send(make(base), EXAMPLES[name]))
    sent = [call for call in provider.wire if call["path"] == "/Messages.json"]
    assert provider.refused == []
    assert ids == [f"SM{n:032x}" for n in range(1, len(sent) + 1)]
    check_golden(f"{make(base).name}/{name}.json", provider.wire)


PROVIDER = Twilio()


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with serving({"twilio": PROVIDER}) as address:
        yield f"{address}/twilio"


@BOTH
@settings(max_examples=60)
@given(said=any_said())
def test_whatever_is_said_is_taken_and_nothing_is_lost(base: str, make: Make, said: Said) -> None:
    PROVIDER.wire.clear()
    PROVIDER.contents.clear()
    one = make(base)
    rendered = one.render(said, {"to": to_of(one)}, 1)
    asyncio.run(send(one, said))
    assert PROVIDER.refused == []
    sent = [call["args"] for call in PROVIDER.wire if call["path"] == "/Messages.json"]
    bodies = [args["Body"] if "Body" in args else args["ContentVariables"]["1"] for args in sent]
    texts = without_blanks("".join(bodies))
    assert all(len(body) <= (1024 if one.prefix else 640) for body in bodies)
    assert texts.startswith(without_blanks(said.text))
    pressed = {value for args in sent for value in args.get("ContentVariables", {}).values()}
    for each in said.choices:
        is_spoken = said.kind == "value" and without_blanks(each.title) in texts
        assert each in rendered.options.values() or each.payload in pressed or is_spoken


def test_a_template_is_made_once_and_holds_titles_only(run_async: Run, there: tuple[Twilio, str]) -> None:
    provider, base = there
    run_async(send(whatsapp(base), permission(), permission("Another text?"), YES_NO_VALUE))
    made = [call["args"] for call in provider.wire if call["path"] == "/v1/Content"]
    assert [one["friendly_name"][:12] for one in made] == ["ask_first_3_", "ask_first_3_"]
    assert permission().text[:10] not in str(made)
    assert "/allow" not in str(made)


def test_a_template_that_is_there_is_found_on_any_page(run_async: Run, there: tuple[Twilio, str]) -> None:
    provider, base = there
    others = [Said("Which?", (choice(f"c{n}", "/a"),)) for n in range(4)]
    run_async(send(whatsapp(base), *others, permission()))
    listed, made = provider.listed, len(provider.contents)
    run_async(send(whatsapp(base), permission(), *others))
    assert provider.listed == listed + 3
    assert len(provider.contents) == made


def test_two_at_once_make_one_template(run_async: Run, there: tuple[Twilio, str]) -> None:
    provider, base = there

    async def twice() -> None:
        one = whatsapp(base)
        await asyncio.gather(*(send(one, permission(), close=False) for _ in range(3)))
        await one.close()

    run_async(twice())
    assert len(provider.contents) == 1


@pytest.mark.parametrize("after", [0, 1, 2])
def test_where_twilio_refuses_buttons_the_choices_are_numbers(
    run_async: Run, there: tuple[Twilio, str], after: int
) -> None:
    """Refused when templates are looked up, made, or used."""
    provider, base = there
    answers = [Answer(200, {"contents": [], "meta": {"key": "contents"}}), Answer(201, {"sid": "HX1"})]
    provider.failures.extend([*answers[:after], Answer(403, {"code": 63013})])
    one = whatsapp(base)
    rendered = one.render(permission(), {"to": WHATSAPP_TO}, 1)
    assert len(run_async(send(one, permission()))) == 1
    (call,) = provider.wire
    assert call["args"]["Body"] == f"{permission().text}\nReply 1 to allow, 2 for not now, 3 for why."
    assert list(rendered.options) == ["1", "2", "3"]


def test_where_twilio_does_not_work_buttons_are_tried_again(
    run_async: Run, there: tuple[Twilio, str]
) -> None:
    provider, base = there
    provider.fail(503)
    assert (refusal(run_async, whatsapp(base), permission()).final, provider.wire) == (False, [])


def test_a_template_that_is_gone_is_made_again(run_async: Run, there: tuple[Twilio, str]) -> None:
    provider, base = there

    async def scene() -> None:
        one = whatsapp(base)
        await send(one, permission(), close=False)
        provider.contents.clear()
        await send(one, permission(), close=False)
        await send(one, permission())

    run_async(scene())
    sent = [call["args"] for call in provider.wire if call["path"] == "/Messages.json"]
    assert ["ContentSid" in args for args in sent] == [True, False, True]


def refusal(run_async: Run, one: TwilioApp, said: Said = PLAIN, to: str = "") -> NotSent:
    with pytest.raises(NotSent) as refused:
        run_async(send(one, said, to=to))
    return refused.value


@BOTH
@pytest.mark.parametrize(
    ("status", "code", "after", "reason", "final"),
    [
        (429, None, 7, "error_20429", False),
        (429, None, None, "error_20429", False),
        (500, None, None, "error_20500", False),
        (503, None, 9, "error_20503", False),
        (400, 21211, 5, "error_21211", True),
        (401, 20003, None, "error_20003", True),
        (404, None, None, "error_20404", True),
        (302, 7, None, "error_7", True),
    ],
)
def test_what_twilio_refuses(
    run_async: Run,
    there: tuple[Twilio, str],
    make: Make,
    status: int,
    code: int | None,
    after: int | None,
    reason: str,
    final: bool,
) -> None:
    provider, base = there
    provider.fail(status, code=code, after_seconds=after)
    refused = refusal(run_async, make(base))
    assert (refused.reason, refused.final) == (reason, final)
    assert refused.after_seconds == (None if final or after is None else float(after))
    assert "words of Twilio" not in str(refused)
    run_async(send(make(base), PLAIN))
    assert len(provider.wire) == 1


@pytest.mark.parametrize(
    ("answer", "reason", "final"),
    [
        (Answer(502, b"<html>", content_type="text/html"), "http_502", False),
        (Answer(400, b"[" * 50_000), "http_400", True),
        (Answer(400, {"code": "words of Twilio"}), "http_400", True),
        (Answer(429, {}, {"Retry-After": "soon"}), "http_429", False),
        (Answer(201, b"<html>"), "unreadable_answer", False),
        (Answer(201, b"[]"), "unreadable_answer", False),
        (Answer(hang_up=True), "unreachable", False),
    ],
)
def test_answers_that_are_no_json_of_theirs(
    run_async: Run, there: tuple[Twilio, str], answer: Answer, reason: str, final: bool
) -> None:
    provider, base = there
    provider.failures.append(answer)
    refused = refusal(run_async, sms(base))
    assert (refused.reason, refused.final, refused.after_seconds) == (reason, final, None)


@BOTH
def test_who_wrote_stop_is_not_written_to(run_async: Run, there: tuple[Twilio, str], make: Make) -> None:
    one = make(there[1])
    refused = refusal(run_async, one, permission(), to=one.prefix + OPTED_OUT)
    assert (refused.reason, refused.final) == ("error_21610", True)


def closed() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


def test_when_nobody_is_there_it_can_be_tried_again(run_async: Run) -> None:
    refused = refusal(run_async, sms(closed()))
    assert (refused.reason, refused.final) == ("unreachable", False)


def test_who_does_not_answer_in_time_is_asked_again(run_async: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling, "LONGEST_SECONDS", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        refused = refusal(run_async, sms(f"http://127.0.0.1:{silent.getsockname()[1]}"))
    assert (refused.reason, refused.final) == ("unreachable", False)


def test_what_cannot_be_written_in_utf_8_is_given_up(run_async: Run, there: tuple[Twilio, str]) -> None:
    refused = refusal(run_async, sms(there[1]), Said("a \ud800"))
    assert (refused.reason, refused.final) == ("not_text", True)


async def asked_at(url: str) -> str:
    """What becomes of a request to that address, where nobody listens."""
    http = calling.Http({"api": "http://127.0.0.1:1", "content": "http://127.0.0.1:1"})
    try:
        await Client(ACCOUNT, TOKEN, http_client=http).request_async("GET", url)
    except NotSent as refused:
        return refused.reason
    finally:
        await http.close()
    return ""


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/v1",
        "https://api.twilio.com.evil.example/",
        "http://api.twilio.com/",
        "https://twilio.com/",
    ],
)
def test_the_token_goes_nowhere_else(run_async: Run, url: str) -> None:
    assert run_async(asked_at(url)) == "unknown_address"


def test_a_region_in_twilios_own_variables_changes_nothing(
    run_async: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWILIO_EDGE", "dublin")
    monkeypatch.setenv("TWILIO_REGION", "ie1")
    assert run_async(asked_at("https://content.twilio.com/v1/Content")) == "unreachable"


def test_an_apostrophe_gets_through_above_buttons(run_async: Run, there: tuple[Twilio, str]) -> None:
    provider, base = there
    run_async(send(whatsapp(base), permission("It isn't kept, and nobody's told.")))
    assert provider.refused == []
    assert provider.wire[-1]["args"]["ContentVariables"]["1"] == "It isn't kept, and nobody's told."


def test_the_account_and_where_its_number_sends_to(run_async: Run, there: tuple[Twilio, str]) -> None:
    provider, base = there

    async def asked(one: TwilioApp) -> Account:
        try:
            return await one.account()
        finally:
            await one.close()

    assert run_async(asked(sms(base))) == Account(webhook=None)
    provider.webhook = "https://bot.example/webhooks/sms/webhook"
    assert run_async(asked(sms(base))) == Account(webhook=provider.webhook)
    assert run_async(asked(whatsapp(base))) == Account(webhook=None)
    with pytest.raises(NotSent) as refused:
        run_async(asked(sms(base, token="wrong-token-0123456789")))
    assert (refused.value.reason, refused.value.final) == ("error_20003", True)


@BOTH
def test_neither_the_token_nor_the_text_nor_the_number_is_logged(
    run_async: Run, there: tuple[Twilio, str], make: Make, caplog: pytest.LogCaptureFixture
) -> None:
    provider, base = there
    provider.fail(400)
    one = make(base)
    with caplog.at_level(logging.DEBUG):
        refusal(run_async, one)
        run_async(send(make(base), PLAIN, permission()))
    for secret in (TOKEN, ACCOUNT, PLAIN.text[:20], to_of(one)):
        assert secret not in caplog.text
    assert [record.name for record in caplog.records if record.name.startswith("twilio")] == []
