"""Telegram: whose requests are taken, and what an update says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.channels.apps.incoming import Incoming, NotGenuine, Request
from engine.channels.apps.needs import AppIncomplete
from engine.channels.apps.words import Words
from engine.channels.telegram.app import API_URL, SECRET, SECRET_HEADER, TOKEN, TelegramApp
from engine.channels.telegram.reading import TO_THE_SECOND

NOW = 1_800_000_000.0
DAY = 24 * 60 * 60
GOOD = {TOKEN: "123:abc_DEF-1", SECRET: "s" * 16}
WORDS = Words.load()
ME = {"id": 42, "is_bot": False, "first_name": "Ada"}
HERE = {"id": 42, "type": "private"}
GROUP = {"id": -100, "type": "supergroup"}


def app() -> TelegramApp:
    values = TelegramApp.needs.values("telegram", GOOD)
    assert values is not None
    return TelegramApp(values, WORDS)


def request(body: bytes = b"{}", secret: str | None = GOOD[SECRET]) -> Request:
    headers = {} if secret is None else {SECRET_HEADER: secret}
    return Request("POST", "/webhooks/telegram/webhook", headers, body)


def heard(place: int, person: str, at: int = int(NOW) - 1, number: int = 7, **what: Any) -> Incoming:
    """What is read of a message: by its own number in its chat, written at the latest as its second ends."""
    return Incoming(f"{place}:{number}", (person,), {"chat_id": place}, written_by=at + TO_THE_SECOND, **what)


def read(update: Any) -> list[Incoming]:
    return app().read(request(json.dumps(update).encode()), NOW)


def message(**fields: Any) -> dict[str, Any]:
    return {"message_id": 7, "from": ME, "chat": HERE, "date": int(NOW) - 1, **fields}


def said(**fields: Any) -> list[Incoming]:
    return read({"update_id": 9, "message": message(**fields)})


def pressed(**fields: Any) -> list[Incoming]:
    query = {"id": "q1", "from": ME, "message": message(text="May I?"), "data": "/allow~seal", **fields}
    return read({"update_id": 9, "callback_query": query})


# whose requests


def test_a_request_with_our_secret_is_taken() -> None:
    app().verify(request(), NOW)
    app().verify(app().nothing_new("https://bank.example/webhooks/telegram/webhook", NOW), NOW)


@pytest.mark.parametrize(
    "wrong", [None, "", "s" * 15, "s" * 17, "S" * 16, " " + "s" * 16, "é" * 16, "\udce9" * 16, "x" * 100_000]
)
def test_any_other_is_not(wrong: str | None) -> None:
    with pytest.raises(NotGenuine) as caught:
        app().verify(request(secret=wrong), NOW)
    assert (caught.value.reason, caught.value.status) == ("wrong_secret", 401)


def test_the_probe_goes_to_the_webhook_and_says_nothing() -> None:
    probe = app().nothing_new("https://bank.example/a/webhooks/telegram/webhook", NOW)
    assert (probe.method, probe.target) == ("POST", "/a/webhooks/telegram/webhook")
    assert app().read(probe, NOW) == []
    assert app().handshake(probe) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (TOKEN, "abc"),
        (TOKEN, "١٢٣:abc"),
        (TOKEN, "123:a/b"),
        (SECRET, "short"),
        (SECRET, "s" * 257),
        (SECRET, "with blank in it"),
        (SECRET, "é" * 20),
        (API_URL, "http://api.example"),
    ],
)
def test_a_variable_that_is_no_good_is_named_and_not_shown(name: str, value: str) -> None:
    with pytest.raises(AppIncomplete, match=name) as caught:
        TelegramApp.needs.values("telegram", {**GOOD, name: value})
    assert value not in str(caught.value)


def test_without_its_variables_the_channel_is_off_and_with_one_it_wants_the_other() -> None:
    assert TelegramApp.needs.values("telegram", {}) is None
    with pytest.raises(AppIncomplete, match=SECRET):
        TelegramApp.needs.values("telegram", {TOKEN: GOOD[TOKEN]})


# what is said


def test_a_text_in_the_private_chat() -> None:
    assert said(text="I have debts") == [heard(42, "42", text="I have debts")]


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/start", "/greet"),
        ("/start from-a-poster", "/greet"),
        ("/Start", "/greet"),
        ("/start@askfirst_bot", "/greet"),
        ("/help", "/menu"),
        ("/menu@askfirst_bot", "/menu"),
        ("/menu ", "/menu"),
        ("/stop", "/stop"),
        ("/privacy", "/show_kept"),
    ],
)
def test_commands_of_the_menu(text: str, command: str) -> None:
    assert said(text=text) == [heard(42, "42", command=command)]


@pytest.mark.parametrize(
    "text",
    ["/allow", '/allow{"r":"7f3k9q"}', "/restart", "/help me", "/startle", "/start{}", "start", " /start"],
)
def test_any_other_slash_is_text_and_no_command(text: str) -> None:
    assert said(text=text) == [heard(42, "42", text=text)]


@pytest.mark.parametrize(
    "kind", ["photo", "voice", "location", "sticker", "document", "contact", "something_new"]
)
def test_what_is_no_text_is_known_as_such(kind: str) -> None:
    nothing_written = [{}, {"caption": ""}, {"caption": None}, {"caption": 5}]
    for caption in nothing_written:
        assert said(**{kind: {}}, **caption) == [heard(42, "42", other=True)]


@pytest.mark.parametrize("kind", ["photo", "video", "document", "voice", "animation"])
def test_words_beside_a_picture_are_read(kind: str) -> None:
    (words,) = said(**{kind: {}, "caption": "I lost my card"})
    assert words == heard(42, "42", text="I lost my card")
    assert said(chat=GROUP, **{kind: {}, "caption": "hello"})[0].public
    assert said(**{kind: {}, "caption": "/stop"})[0].command == "/stop"


@pytest.mark.parametrize("chat", [GROUP, {"id": -5, "type": "group"}])
def test_a_group_is_public(chat: dict[str, Any]) -> None:
    assert said(chat=chat, text="hello") == [heard(chat["id"], "42", text="hello", public=True)]
    assert said(chat=chat, text="/start@b") == [heard(chat["id"], "42", command="/greet", public=True)]
    assert said(chat=chat, photo=[]) == [heard(chat["id"], "42", other=True, public=True)]


def test_a_post_in_a_channel_is_public() -> None:
    post = {"message_id": 1, "chat": {"id": -7, "type": "channel"}, "date": int(NOW), "text": "hello"}
    expected = heard(-7, "-7", int(NOW), 1, text="hello", public=True)
    assert read({"update_id": 9, "channel_post": post}) == [expected]


@pytest.mark.parametrize(
    "fields",
    [
        {"from": {**ME, "is_bot": True}, "text": "hello"},
        {"from": None, "text": "hello"},
        {"date": int(NOW) - DAY - 1, "text": "hello"},
        {"chat": {"id": 43, "type": "private"}, "text": "hello"},
        {"chat": {"id": 42, "type": "unheard of"}, "text": "hello"},
        {"chat": GROUP, "new_chat_members": [ME]},
        {"pinned_message": {}},
        {"text": ""},
        {"text": 5},
    ],
)
def test_bots_old_messages_and_what_nobody_said_are_left_out(fields: dict[str, Any]) -> None:
    assert said(**fields) == []


def test_a_message_of_the_last_day_is_not_old() -> None:
    assert len(said(date=int(NOW) - DAY, text="hello")) == 1


@pytest.mark.parametrize(
    "kind",
    ["edited_message", "edited_channel_post", "my_chat_member", "message_reaction", "poll", "unheard_of"],
)
def test_edits_and_unknown_updates_are_left_out(kind: str) -> None:
    assert read({"update_id": 9, kind: message(text="hello")}) == []


# what is pressed


def test_a_button() -> None:
    address = {"chat_id": 42, "callback_id": "q1"}
    assert pressed() == [Incoming("press:q1", ("42",), address, press="/allow~seal", pressed_on="7")]


def test_a_button_below_an_old_message_is_pressed_now() -> None:
    old = {"message_id": 7, "chat": HERE, "date": 0}
    assert pressed(message=old)[0].pressed_on == "7"


def test_a_button_in_a_group_is_pressed_by_who_pressed_it_and_answered_in_private() -> None:
    (press,) = pressed(message=message(chat=GROUP))
    assert (press.person, press.address["chat_id"], press.pressed_on) == (("42",), 42, None)


@pytest.mark.parametrize(
    "fields", [{"data": None}, {"data": ""}, {"from": {**ME, "is_bot": True}}, {"from": []}, {"id": None}]
)
def test_a_press_that_is_none_is_left_out(fields: dict[str, Any]) -> None:
    assert pressed(**fields) == []


def test_a_press_is_answered_once_with_or_without_words() -> None:
    (press,) = pressed()
    (noticed,) = app().noticed(press)
    assert (noticed.method, dict(noticed.args)) == ("answerCallbackQuery", {"callback_query_id": "q1"})
    (told,) = app().not_theirs(press)
    assert told.method == "answerCallbackQuery"
    assert told.args["text"] == WORDS.say("not_yours")
    assert told.args["show_alert"] is True
    assert noticed.optional
    assert told.optional


def test_a_text_needs_no_such_answer() -> None:
    (text,) = said(text="hello")
    assert app().noticed(text) == []
    assert app().not_theirs(text) == []


# whatever comes

ODD = [
    b"",
    b"null",
    b"[]",
    b"7",
    b'"text"',
    b"\xff\xfe\x00",
    b"[" * 100_000,
    b'{"update_id":' * 20_000,
    b'{"update_id": ' + b"9" * 5_000 + b"}",
    b'{"update_id": 1e999, "message": {}}',
    b'{"update_id": true, "message": {}}',
    b'{"update_id": 9, "message": [1]}',
    b'{"update_id": 9, "message": {"from": {"id": 1e3}, "chat": {"id": NaN}}}',
]


@pytest.mark.parametrize("body", ODD, ids=range(len(ODD)))
def test_what_is_no_update_says_nothing(body: bytes) -> None:
    assert app().read(request(body), NOW) == []


def test_half_a_character_raises_nothing() -> None:
    assert (
        len(
            app().read(request(json.dumps({"update_id": 9, "message": message(text="\ud83d")}).encode()), NOW)
        )
        == 1
    )


NAMES = (
    "update_id",
    "message",
    "callback_query",
    "channel_post",
    "from",
    "chat",
    "id",
    "is_bot",
    "date",
    "text",
)
KEYS = st.sampled_from((*NAMES, "data", "type", "message_id"))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.just("\ud83d")
    | st.sampled_from(["private", "group", 42, int(NOW)]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=8),
    max_leaves=10,
)


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(body=st.binary() | st.dictionaries(KEYS, VALUES).map(lambda update: json.dumps(update).encode()))
def test_any_body_at_all_is_read_without_an_error(body: bytes) -> None:
    for incoming in app().read(request(body), NOW):
        given_fields = [incoming.text, incoming.press, incoming.command, incoming.other or None]
        assert sum(field is not None for field in given_fields) == 1


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(
    fields=st.dictionaries(KEYS | st.just("photo"), VALUES),
    kind=st.sampled_from(["message", "callback_query"]),
)
def test_any_field_may_be_anything(fields: dict[str, Any], kind: str) -> None:
    update = {"update_id": 9, kind: {**message(text="hello"), "data": "x", **fields}}
    assert len(app().read(request(json.dumps(update).encode()), NOW)) <= 1


# one message in two deliveries, and when it was written


def test_a_message_has_one_name_whatever_update_brings_it() -> None:
    first, again = (read({"update_id": number, "message": message(text="yes")})[0] for number in (9, 10))
    other = read({"update_id": 9, "message": message(text="yes", message_id=8)})[0]
    assert first == again
    assert other.event != first.event


def test_an_answer_may_be_of_the_very_second_of_its_question() -> None:
    (just,) = said(text="yes", date=int(NOW))
    assert just.written_by is not None
    assert int(NOW) + 0.999 < just.written_by < int(NOW) + 1
