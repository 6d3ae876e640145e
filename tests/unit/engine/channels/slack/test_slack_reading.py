"""Slack: whose requests are taken, and what they say."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.signature import SignatureVerifier

from engine.channels.apps.incoming import Incoming, NotGenuine, Reply, Request
from engine.channels.apps.needs import AppIncomplete
from engine.channels.apps.words import Words
from engine.channels.slack.app import API_URL, SIGNATURE, SIGNING_SECRET, TIMESTAMP, TOKEN, SlackApp
from engine.channels.slack.markup import escaped, plain

NOW = 1_800_000_000.0
GOOD = {TOKEN: "xoxb-1-abc", SIGNING_SECRET: "8f742231b10e8888abcd99"}
ADDRESS = {"channel": "D1", "user": "U1", "app": "A1", "team": "T1"}
WORDS = Words.load()


def app() -> SlackApp:
    values = SlackApp.needs.values("slack", GOOD)
    assert values is not None
    return SlackApp(values, WORDS)


def signed(body: bytes, at: float | str = NOW, secret: str = GOOD[SIGNING_SECRET]) -> Request:
    """As Slack's own library signs."""
    stamp = at if isinstance(at, str) else str(int(at))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    return Request("POST", "/webhooks/slack/webhook", {TIMESTAMP: stamp, SIGNATURE: str(signature)}, body)


def with_headers(body: bytes = b"{}", **headers: str) -> Request:
    changed = {**signed(body).headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return Request("POST", "/webhooks/slack/webhook", changed, body)


def read(body: bytes) -> list[Incoming]:
    return app().read(signed(body), NOW)


def envelope(event: Any, **fields: Any) -> bytes:
    whole = {"type": "event_callback", "event_id": "Ev1", "team_id": "T1", "api_app_id": "A1", "event": event}
    return json.dumps({**whole, "authorizations": [{"user_id": "UBOT"}], **fields}).encode()


def said(**fields: Any) -> list[Incoming]:
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": "D1",
        "user": "U1",
        "text": "hello",
        "ts": "1.2",
    }
    return read(envelope({**event, **fields}))


def heard(channel: str = "D1", **what: Any) -> Incoming:
    """What is read of a message: by its own time in its channel."""
    return Incoming(f"{channel}:1.2", ("T1", "U1"), {**ADDRESS, "channel": channel}, written_by=1.2, **what)


def pressed(**fields: Any) -> list[Incoming]:
    button = {"type": "button", "action_id": "choice_0", "value": "/allow~seal", "action_ts": "3.4"}
    payload = {
        "type": "block_actions",
        "trigger_id": "13.9.abc",
        "api_app_id": "A1",
        "team": {"id": "T1"},
        "user": {"id": "U1", "team_id": "T1"},
        "channel": {"id": "D1"},
        "container": {"type": "message", "message_ts": "1.2", "channel_id": "D1"},
        "message": {"ts": "1.2"},
        "actions": [button],
        **fields,
    }
    return read(urlencode({"payload": json.dumps(payload)}).encode())


# whose requests


@pytest.mark.parametrize("body", [b"{}", '{"text": "für 20 €"}'.encode(), b"", b"payload=%7B%7D"])
@pytest.mark.parametrize("age", [-299, 0, 299])
def test_a_request_that_slack_signed_lately_is_taken(body: bytes, age: int) -> None:
    app().verify(signed(body, NOW - age), NOW)


def test_the_probe_is_taken_and_answered_and_says_nothing() -> None:
    probe = app().nothing_new("https://bank.example/webhooks/slack/webhook", NOW)
    app().verify(probe, NOW)
    assert app().handshake(probe) == Reply(200, "check")
    assert app().read(probe, NOW) == []
    assert (probe.method, probe.target) == ("POST", "/webhooks/slack/webhook")


FORGED = {
    "too old": signed(b"{}", NOW - 301),
    "of the future": signed(b"{}", NOW + 301),
    "another secret": signed(b"{}", secret="another secret, as long"),
    "another body": Request("POST", "/", signed(b"{}").headers, b"{} "),
    "no headers": Request("POST", "/", {}, b"{}"),
    "no time": with_headers(x_slack_request_timestamp=""),
    "no number": with_headers(x_slack_request_timestamp="now"),
    "a number of another script": with_headers(x_slack_request_timestamp="١٨٠٠٠٠٠٠٠٠"),
    "a number with blanks": with_headers(x_slack_request_timestamp=f" {int(NOW)} "),
    "an endless number": with_headers(x_slack_request_timestamp="1" * 5_000),
    "below nothing": with_headers(x_slack_request_timestamp="-1800000000"),
    "no signature": with_headers(x_slack_signature=""),
    "wrong signature": with_headers(x_slack_signature="v0=" + "0" * 64),
    "other version": with_headers(x_slack_signature=signed(b"{}").headers[SIGNATURE].replace("v0", "v1")),
    "not ASCII": with_headers(x_slack_signature="v0=é"),
    "half a character": with_headers(x_slack_signature="v0=\udce9"),
    "no UTF-8": Request("POST", "/", signed(b"{}").headers, b"\xff\xfe"),
}


@pytest.mark.parametrize("name", FORGED)
def test_any_other_is_not(name: str) -> None:
    with pytest.raises(NotGenuine) as caught:
        app().verify(FORGED[name], NOW)
    assert caught.value.status == 401


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(stamp=st.text(), signature=st.text(), body=st.binary())
def test_whatever_the_headers_are_the_answer_is_no(stamp: str, signature: str, body: bytes) -> None:
    with pytest.raises(NotGenuine):
        app().verify(Request("POST", "/", {TIMESTAMP: stamp, SIGNATURE: signature}, body), NOW)


def test_a_challenge_is_given_back_and_nothing_else_is() -> None:
    asked = {"type": "url_verification", "challenge": "3eZbrw1aB"}
    assert app().handshake(signed(json.dumps(asked).encode())) == Reply(200, "3eZbrw1aB")
    for other in ({"challenge": "x"}, {**asked, "challenge": 7}, {"type": "event_callback"}, [], "x"):
        assert app().handshake(signed(json.dumps(other).encode())) is None
    assert app().handshake(signed(b"payload=%7B%7D")) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (TOKEN, "xoxp-1-abc"),
        (TOKEN, "xoxb-1 2"),
        (SIGNING_SECRET, "short"),
        (API_URL, "http://slack.example/api/"),
    ],
)
def test_a_variable_that_is_no_good_is_named_and_not_shown(name: str, value: str) -> None:
    with pytest.raises(AppIncomplete, match=name) as caught:
        SlackApp.needs.values("slack", {**GOOD, name: value})
    assert value not in str(caught.value)


# what is said


def test_a_direct_message() -> None:
    assert said() == [heard(text="hello")]
    assert said(subtype="thread_broadcast")[0].text == "hello"


@pytest.mark.parametrize(
    "fields",
    [
        {"subtype": "file_share", "text": ""},
        {"subtype": "file_share", "text": "<@UBOT>"},
        {"subtype": "file_comment"},
        {"text": ""},
        {"text": "<@UBOT>"},
        {"text": " "},
    ],
    ids=str,
)
def test_what_is_no_text_is_known_as_such(fields: dict[str, str]) -> None:
    assert said(**fields) == [heard(other=True)]


def test_words_beside_a_picture_are_read() -> None:
    files = [{"id": "F1", "mimetype": "image/png"}]
    assert said(subtype="file_share", files=files) == [heard(text="hello")]
    place = {"channel": "C1", "text": "<@UBOT> hello", "channel_type": None}
    assert said(type="app_mention", subtype="file_share", files=files, **place)[0].text == "hello"


@pytest.mark.parametrize(
    "fields",
    [
        {"bot_id": "B1"},
        {"user": None},
        {"subtype": "message_changed", "message": {"user": "U1", "text": "hello"}},
        {"subtype": "message_deleted"},
        {"subtype": "bot_message"},
        {"subtype": "file_share", "bot_id": "B1"},
        {"subtype": "channel_join"},
        {"subtype": "unheard_of"},
        {"edited": {"ts": "1.3"}},
        {"channel_type": "channel", "channel": "C1"},
        {"channel_type": "group", "channel": "G1"},
        {"channel_type": "app_home"},
        {"type": "reaction_added"},
        {"text": 5},
        {"channel": "../../x"},
        {"user": "U1&team=T2"},
    ],
    ids=str,
)
def test_edits_bots_channels_and_unknown_events_are_left_out(fields: dict[str, Any]) -> None:
    assert said(**fields) == []


def test_a_mention_in_a_channel_is_public_and_heard_once() -> None:
    place = {"channel": "C1", "text": "<@UBOT> I have debts"}
    (mention,) = said(type="app_mention", channel_type=None, **place)
    assert mention == heard("C1", text="I have debts", public=True)
    assert said(channel_type="channel", **place) == []
    assert said(type="app_mention", **{**place, "text": "<@UBOT>"})[0].other


def test_a_group_of_direct_messages_is_public_and_its_mentions_are_heard_once() -> None:
    assert said(channel_type="mpim", channel="G1")[0].public
    assert said(channel_type="mpim", channel="G1", text="<@UBOT> hello") == []
    assert said(channel_type="mpim", subtype="message_changed") == []


def test_a_message_has_one_name_whatever_delivery_brings_it() -> None:
    again = {"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "text": "hello"}
    assert read(envelope({**again, "ts": "1.2"}, event_id="Ev2")) == said()
    assert said(ts="3.5")[0].event != said()[0].event


def test_a_message_without_a_time_of_its_own_has_the_name_of_its_delivery() -> None:
    (untimed,) = said(ts=None)
    assert (untimed.event, untimed.written_by) == ("Ev1", None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"),
        ("&amp;lt;", "&lt;"),
        ("see <http://bank.example/a?b=1&amp;c=2|this page>", "see this page"),
        ("see <http://bank.example/a?b=1&amp;c=2>", "see http://bank.example/a?b=1&c=2"),
        ("to <mailto:ada@bank.example|ada@bank.example>", "to ada@bank.example"),
        ("to <mailto:ada@bank.example>", "to ada@bank.example"),
        ("<@U1> and <@U2|ada>", "and @ada"),
        ("in <#C1|general> or <#C2>", "in #general or"),
        ("<!here> <!subteam^S1|@team> <!date^1^{date}|today>", "@here @team today"),
        ("a < b", "a < b"),
        ("<", "<"),
        ("<http://x|", "<http://x|"),
    ],
)
def test_markup_becomes_plain_words(text: str, words: str) -> None:
    assert plain(text) == words


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text())
def test_what_we_escape_comes_back_as_it_was(text: str) -> None:
    assert plain(escaped(text)) == text.strip()


# what is pressed


def test_a_button() -> None:
    expected = Incoming("13.9.abc", ("T1", "U1"), ADDRESS, press="/allow~seal", pressed_on="1.2")
    assert pressed() == [expected]
    assert app().noticed(expected) == []


def test_a_button_without_trigger_has_an_id_all_the_same() -> None:
    assert pressed(trigger_id=None)[0].event == pressed(trigger_id=None)[0].event == "3.4:U1:1.2"


def test_where_the_message_is_said_otherwise() -> None:
    assert pressed(container={"channel_id": "D1"})[0].pressed_on == "1.2"
    assert pressed(channel=None)[0].address["channel"] == "D1"
    assert pressed(team=None)[0].person == ("T1", "U1")


def test_every_button_of_a_request_is_read_in_order() -> None:
    buttons = [{"type": "button", "value": value} for value in ("a", "b")]
    assert [(one.event, one.press) for one in pressed(actions=buttons)] == [
        ("13.9.abc", "a"),
        ("13.9.abc:1", "b"),
    ]


def test_a_button_in_a_channel_is_pressed_by_who_pressed_it_and_answered_in_private() -> None:
    (press,) = pressed(channel={"id": "C1"})
    assert (press.person, press.address["channel"], press.press) == (("T1", "U1"), "U1", "/allow~seal")
    (told,) = app().not_theirs(press)
    assert told.method == "chat.postEphemeral"
    assert dict(told.args) == {"channel": "C1", "user": "U1", "text": WORDS.say("not_yours")}


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "view_submission"},
        {"actions": []},
        {"actions": {}},
        {"actions": [{"type": "static_select", "value": "x"}]},
        {"actions": [{"type": "button", "value": ""}]},
        {"actions": [{"type": "button", "value": 5}]},
        {"actions": ["x", None]},
        {"user": {"id": 7}},
        {"user": None},
        {"channel": [], "container": None},
    ],
    ids=str,
)
def test_a_press_that_is_none_is_left_out(fields: dict[str, Any]) -> None:
    assert pressed(**fields) == []


def test_the_offer_of_a_private_chat_is_seen_by_who_asked_only() -> None:
    (mention,) = said(type="app_mention", channel="C1")
    (offer,) = app().offer_private(mention)
    assert (offer.method, offer.args["channel"], offer.args["user"]) == ("chat.postEphemeral", "C1", "U1")
    assert "https://slack.com/app_redirect?app=A1&team=T1" in offer.args["text"]


# whatever comes

ODD = [
    b"",
    b"null",
    b"[]",
    b'"text"',
    b"\xff\xfe\x00",
    b"[" * 100_000,
    b'{"event":' * 20_000,
    b'{"type": "event_callback", "event": ' + b"9" * 5_000 + b"}",
    b'{"type": "event_callback", "event": [1]}',
    b"payload=",
    b"payload=%FF",
    b"payload=\xff",
    b"payload=[]",
    b"payload=" + b"[" * 100_000,
    b"payload=" + b"&a=b" * 1_000,
    b"payloa=x",
]


@pytest.mark.parametrize("body", ODD, ids=range(len(ODD)))
def test_what_is_no_event_says_nothing(body: bytes) -> None:
    assert read_unsigned(body) == []


def read_unsigned(body: bytes) -> list[Incoming]:
    request = Request("POST", "/", {}, body)
    app().handshake(request)
    return app().read(request, NOW)


NAMES = (
    "type",
    "text",
    "user",
    "channel",
    "channel_type",
    "team",
    "id",
    "event",
    "subtype",
    "actions",
    "value",
)
KEYS = st.sampled_from(
    (*NAMES, "container", "message_ts", "trigger_id", "action_ts", "edited", "authorizations")
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.just("\ud83d")
    | st.sampled_from(["message", "app_mention", "im", "mpim", "D1", "U1", "button", "file_share"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=8),
    max_leaves=10,
)


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(body=st.binary() | st.binary().map(lambda rest: b"payload=" + rest))
def test_any_body_at_all_is_read_without_an_error(body: bytes) -> None:
    assert read_unsigned(body) == []


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(fields=st.dictionaries(KEYS, VALUES))
def test_any_field_of_an_event_may_be_anything(fields: dict[str, Any]) -> None:
    for incoming in [*said(**fields), *read(envelope(fields)), *read(json.dumps(fields).encode())]:
        given_fields = [incoming.text, incoming.press, incoming.other or None]
        assert sum(field is not None for field in given_fields) == 1


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(fields=st.dictionaries(KEYS, VALUES), action=st.dictionaries(KEYS, VALUES))
def test_any_field_of_a_press_may_be_anything(fields: dict[str, Any], action: dict[str, Any]) -> None:
    assert len(pressed(**{"actions": [{"type": "button", "value": "x", **action}], **fields})) <= 3
