"""Whatever stands in a signed request, the apps read it without an error, and take only texts from it."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.channels.apps.app import App
from engine.channels.apps.incoming import Incoming, NotGenuine, Reply
from engine.channels.apps.webhook import AppInput
from tests.channels import webhooks
from tests.channels.providers import running_providers
from tests.channels.webhooks import ENVIRON, Hook
from tests.unit.engine.channels.apps.apps_rig import WORDS, say
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
every_app = pytest.mark.parametrize("name", CHANNELS)
often = settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
few = settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

strange = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([2**63, -(2**63), 2**64, 10**400, -1, 0, 1e308, float("inf"), float("nan"), 1.5]),
    st.text(st.characters(), max_size=12),
    st.sampled_from(["", "\ud800", "\udfff text", "\x00", "/restart", "1", "a" * 5_000, "\u202e", "𝟙"]),
    st.sampled_from([[], {}, [[]], {"id": {}}, [None], {"text": ["a"]}]),
)
json_values = st.recursive(
    strange,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
)


def app_of(name: str) -> App:
    values = CHANNELS[name].app_class.needs.values(name, ENVIRON)
    assert values is not None
    return CHANNELS[name].app_class(values, WORDS)


APPS: Mapping[str, App] = {name: app_of(name) for name in CHANNELS}


def read(hook: Hook) -> list[Incoming]:
    """As the webhook does it; nothing if it is not genuine."""
    app, request, now = APPS[hook.channel], as_request(hook), time.time()
    try:
        app.verify(request, now)
    except NotGenuine:
        return []
    reply = app.handshake(request)
    assert reply is None or isinstance(reply, Reply)
    return [] if reply else app.read(request, now)


def assert_sound(hook: Hook) -> None:
    """Everything that is read is as it must be."""
    for one in read(hook):
        said = [one.text is not None, one.press is not None, one.command is not None, one.other]
        assert sum(said) == 1 or (one.public and not any(said)), "a mention on Slack may say nothing"
        assert all(isinstance(text, str) for text in (one.text, one.press, one.command) if text is not None)
        assert isinstance(one.event, str)
        assert one.event
        assert one.person
        assert all(isinstance(part, str) and part for part in one.person)
        assert one.pressed_on is None or isinstance(one.pressed_on, str)
        assert json.loads(json.dumps(dict(one.address))) == one.address


# mutations of genuine bodies


def genuine(name: str) -> list[Any]:
    """What is in requests of that app: JSON, or the fields of a form."""
    if name == "telegram":
        group = webhooks.telegram_message(-5, "hello", kind="group", user=701)
        bodies = [says(name, "hello"), presses(name, "/allow~seal"), webhooks.of_telegram(group)]
        return [json.loads(one.body) for one in bodies]
    if name == "slack":
        mention = {"type": "app_mention", "user": "U701", "channel": "C1", "text": "<@U0> hi", "ts": "1.1"}
        button = json.loads(dict(_pairs(presses(name, "/allow~seal").body))["payload"])
        events = [says(name, "hello"), webhooks.slack_event(mention)]
        challenge = {"type": "url_verification", "challenge": "c"}
        return [*(json.loads(one.body) for one in events), button, challenge]
    if name == "messenger":
        return [json.loads(says(name, "hello").body), json.loads(presses(name, "/allow~seal").body)]
    extra = {"OptOutType": "STOP", "Latitude": "1.5", "ButtonPayload": "x"}
    fields = webhooks.twilio_fields(name, PARTS[name][0][0], "hello")
    return [fields, {**fields, **extra}]


def _pairs(body: bytes) -> list[tuple[str, str]]:

    return parse_qsl(body.decode(), keep_blank_values=True)


def paths(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places of everything in it."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*here, key)
        yield from paths(one, (*here, key))


def changed(value: Any, path: tuple[Any, ...], change: Callable[[Any, Any], None]) -> Any:
    """A copy with a change at that place."""
    copied = json.loads(json.dumps(value))
    holder = copied
    for key in path[:-1]:
        if not isinstance(holder, dict | list):
            return copied
        try:
            holder = holder[key]
        except (KeyError, IndexError, TypeError):
            return copied
    try:
        change(holder, path[-1])
    except (KeyError, IndexError, TypeError, AttributeError):
        return copied
    return copied


def nested(depth: int) -> Any:
    """Deep, as JSON of its own."""
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


@st.composite
def mutated(draw: Any, name: str) -> Hook:
    """A request of the app with up to three things changed, signed as it then is."""
    body = draw(st.sampled_from(genuine(name)))
    for _ in range(draw(st.integers(1, 3))):
        places = list(paths(body))
        if not places:
            break
        path = draw(st.sampled_from(places))
        kind = draw(st.sampled_from(["drop", "swap", "swap", "add", "nest"]))
        given_ = draw(json_values)

        def change(holder: Any, key: Any, kind: str = kind, new: Any = given_) -> None:
            if kind == "drop":
                del holder[key]
            elif kind == "add" and isinstance(holder, dict):
                holder["edited" if isinstance(new, bool) else "extra"] = new
            else:
                holder[key] = nested(40) if kind == "nest" else new

        body = changed(body, path, change)
    return hook_of(name, body)


def hook_of(name: str, body: Any) -> Hook:
    """Signed, whatever it is."""
    if name in ("sms", "whatsapp"):
        fields = body if isinstance(body, dict) else {"Body": body}
        return proved(Hook(name, form(fields), _FORM))
    if name == "slack" and isinstance(body, dict) and "actions" in body:
        return proved(Hook(name, form({"payload": json.dumps(body)}), _FORM))
    return proved(Hook(name, json.dumps(body).encode(), _JSON))


def form(fields: Mapping[str, Any]) -> bytes:
    """As a form; lists are given more than once, what is no text as JSON."""
    pairs = [
        (key, one) for key, value in fields.items() for one in (value if isinstance(value, list) else [value])
    ]
    texts = [(key, one if isinstance(one, str) else json.dumps(one)) for key, one in pairs]
    return urlencode(texts, errors="surrogatepass").encode()


_JSON = {"Content-Type": "application/json"}
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@every_app
def test_the_examples_are_read_as_they_are(name: str) -> None:
    """Else the mutations would be of nothing."""
    assert sum(bool(read(hook_of(name, body))) for body in genuine(name)) >= 2


@every_app
@often
@given(data=st.data())
def test_changed_requests(name: str, data: st.DataObject) -> None:
    assert_sound(data.draw(mutated(name)))


@every_app
@often
@given(body=st.binary(max_size=300))
def test_any_bytes(name: str, body: bytes) -> None:
    assert_sound(proved(Hook(name, body)))


@every_app
@often
@given(body=json_values)
def test_any_json(name: str, body: Any) -> None:
    assert_sound(hook_of(name, body))
    assert_sound(proved(Hook(name, json.dumps(body).encode())))


@every_app
@often
@given(cut=st.integers(0, 900), more=st.binary(max_size=6), which=st.integers(0, 3))
def test_requests_that_are_cut_or_go_on(name: str, cut: int, more: bytes, which: int) -> None:
    bodies = genuine(name)
    hook = hook_of(name, bodies[which % len(bodies)])
    assert_sound(proved(replace(hook, body=hook.body[:cut] + more)))


DEEP = {
    "lists": b"[" * 100_000,
    "closed lists": b"[" * 50_000 + b"]" * 50_000,
    "objects": b'{"event":' * 12_000,
    "a long number": b'{"update_id":' + b"9" * 100_000 + b"}",
    "a long form": b"payload=" + b"%5B" * 40_000,
    "many fields": b"a=1&" * 30_000,
    "escaped halves": b'{"update_id": 1, "message": "\\ud800\\udc00\\ud800"}',
}


@every_app
@pytest.mark.parametrize("body", DEEP.values(), ids=DEEP)
def test_bodies_that_are_deep_or_long(name: str, body: bytes) -> None:
    assert_sound(proved(Hook(name, body)))


PROOF = {
    "telegram": "X-Telegram-Bot-Api-Secret-Token",
    "slack": "X-Slack-Signature",
    "messenger": "X-Hub-Signature-256",
    "whatsapp": "X-Twilio-Signature",
    "sms": "X-Twilio-Signature",
}
no_proof = st.text(max_size=40) | st.sampled_from(["v0=", "sha256=", "\udce9", "0" * 12, "-1", "1e9", "٣"])
strange_headers = st.dictionaries(
    st.sampled_from([*PROOF.values(), "X-Slack-Request-Timestamp", "X-Hub-Signature"]), no_proof
)


@every_app
@often
@given(proof=no_proof, beside=st.just({}) | strange_headers)
def test_any_proof_but_the_right_one_is_refused(name: str, proof: str, beside: dict[str, str]) -> None:
    """Everything else is as it was just now, so that it is the proof that is refused."""
    hook = says(name, "hello")
    APPS[name].verify(as_request(hook), time.time())
    forged = replace(hook, headers={**hook.headers, **beside, PROOF[name]: proof})
    with pytest.raises(NotGenuine):
        APPS[name].verify(as_request(forged), time.time())


# over HTTP


@contextmanager
def everything(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with running_providers() as providers, monkeypatch.context() as patched:
        for key, value in providers.environ.items():
            patched.setenv(key, value)
        yield


@pytest.mark.usefixtures("var_folder")
@every_app
def test_over_http_nothing_is_an_error_of_ours(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, name: str, var_folder: Path
) -> None:
    """One server for all examples; each is taken and handled to its end."""

    async def answer(message: Any) -> None:
        assert isinstance(message.text, str)
        await say(message, f"re: {message.text[:20]}")

    with everything(monkeypatch):
        channel = CHANNELS[name].from_credentials({"pace": {"burst": 1_000, "per_second": 1_000}})
        assert isinstance(channel, AppInput)
        agent = FakeAgent(answer)
        loop = asyncio.new_event_loop()
        server = running(agent, channel)
        address = loop.run_until_complete(server.__aenter__())

        async def status_of(hook: Hook) -> int:
            status, _ = await send(address, hook)
            await quiet(channel)
            return status

        @few
        @given(data=st.data())
        def hammer(data: st.DataObject) -> None:
            raw = st.binary(max_size=200).map(lambda body: proved(Hook(name, body)))
            hook = data.draw(mutated(name) | raw)
            assert loop.run_until_complete(asyncio.wait_for(status_of(hook), 20)) < 500

        try:
            hammer()
            assert loop.run_until_complete(status_of(says(name, "still there?"))) == 200
            assert agent.heard[-1].text == "still there?"
        finally:
            loop.run_until_complete(server.__aexit__(None, None, None))
            loop.close()
    assert "Traceback" not in caplog.text
    assert "A message failed" not in caplog.text
