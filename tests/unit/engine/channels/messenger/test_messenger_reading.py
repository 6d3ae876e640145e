"""What a body of Messenger's webhook says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.channels.apps.incoming import Incoming
from engine.channels.messenger.reading import read

PAGE, PERSON = "100200300", "7001"
NOW = 1_800_000_000.0
MS = 1_800_000_000_000
HOUR = 3_600_000


def event(**what: Any) -> dict[str, Any]:
    return {"sender": {"id": PERSON}, "recipient": {"id": PAGE}, "timestamp": MS, **what}


def message(mid: str = "m_1", **what: Any) -> dict[str, Any]:
    return event(message={"mid": mid, **what})


def body(*events: Any) -> bytes:
    return json.dumps(
        {"object": "page", "entry": [{"id": PAGE, "time": MS, "messaging": list(events)}]}
    ).encode()


def one(**what: Any) -> Incoming:
    return Incoming(person=(PAGE, PERSON), address={"recipient": PERSON}, written_by=(MS + 1) / 1000, **what)


def test_a_text() -> None:
    assert read(body(message(text="I lost my card")), NOW) == [one(event="m_1", text="I lost my card")]


def test_a_pressed_quick_reply_is_a_press_and_not_its_title() -> None:
    pressed = message(text="Allow", quick_reply={"payload": "/allow~seal"})
    assert read(body(pressed), NOW) == [one(event="m_1", press="/allow~seal")]


def test_a_postback_is_a_press_and_get_started_a_greeting() -> None:
    events = [
        event(postback={"mid": "m_2", "title": "Menu", "payload": "/menu~seal"}),
        event(postback={"mid": "m_3", "title": "Get Started", "payload": "GET_STARTED"}),
    ]
    assert read(body(*events), NOW) == [
        one(event="m_2", press="/menu~seal"),
        one(event="m_3", command="/greet"),
    ]


def test_no_other_payload_is_a_command() -> None:
    (incoming,) = read(body(event(postback={"payload": "/allow"})), NOW)
    assert (incoming.command, incoming.press) == (None, "/allow")


def test_a_typed_get_started_is_a_text() -> None:
    assert read(body(message(text="GET_STARTED")), NOW)[0].text == "GET_STARTED"


def test_a_postback_without_a_name_has_the_same_one_each_time_and_no_other_has_it() -> None:
    pressed = event(postback={"payload": "/menu"})
    later = event(postback={"payload": "/menu"}, timestamp=MS + 1)
    first, again, other = (read(body(each), NOW)[0].event for each in (pressed, pressed, later))
    assert first == again != other
    assert "/menu" not in first
    assert PERSON not in first


def test_a_picture_is_something_else_and_one_with_words_is_a_text() -> None:
    attachments = [{"type": "image", "payload": {"url": "https://scontent.example/a.png"}}]
    assert read(body(message(attachments=attachments)), NOW) == [one(event="m_1", other=True)]
    assert read(body(message(text="here", attachments=attachments)), NOW)[0].text == "here"


def test_every_event_of_every_entry_in_order() -> None:
    entries = [{"messaging": [message(f"m_{n}{k}", text="a") for k in range(3)]} for n in range(3)]
    found = read(json.dumps({"object": "page", "entry": entries}).encode(), NOW)
    assert [each.event for each in found] == [f"m_{n}{k}" for n in range(3) for k in range(3)]


def test_a_bad_event_takes_none_of_its_neighbours_with_it() -> None:
    events = [message("m_1", text="a"), None, 7, {"sender": 3}, event(message=[]), message("m_2", text="b")]
    assert [each.event for each in read(body(*events), NOW)] == ["m_1", "m_2"]


def test_what_comes_again_has_the_same_name() -> None:
    assert read(body(message(text="a")), NOW) == read(body(message(text="a")), NOW + 60)


LEFT_OUT = {
    "echo": message(text="ours", is_echo=True, app_id=1),
    "deleted": message(text="gone", is_deleted=True),
    "delivery": event(delivery={"mids": ["m_0"], "watermark": MS}),
    "read": event(read={"watermark": MS}),
    "reaction": event(reaction={"mid": "m_0", "action": "react", "emoji": "👍"}),
    "edit": event(message_edit={"mid": "m_0", "text": "I meant this", "num_edit": 1}),
    "referral": event(referral={"ref": "a", "source": "SHORTLINK"}),
    "optin": event(optin={"ref": "a"}),
    "postback without payload": event(postback={"title": "x"}),
    "blank": message(text="  \n"),
    "no name": event(message={"text": "a"}),
    "no time": {key: value for key, value in message(text="a").items() if key != "timestamp"},
    "time is a text": {**message(text="a"), "timestamp": str(MS)},
    "time is true": {**message(text="a"), "timestamp": True},
    "no sender": {**message(text="a"), "sender": {}},
    "sender is a number": {**message(text="a"), "sender": {"id": 7001}},
    "no page": {**message(text="a"), "recipient": None},
}


@pytest.mark.parametrize("left_out", LEFT_OUT.values(), ids=LEFT_OUT)
def test_left_out(left_out: Any) -> None:
    assert read(body(left_out), NOW) == []


@pytest.mark.parametrize(
    "entry",
    [
        {"standby": [message(text="to another app")]},
        {"changes": [{"field": "feed", "value": {"message": "a comment"}}]},
        {"messaging": {"message": "a"}},
        {"messaging": None},
        [],
    ],
)
def test_entries_without_messages_of_ours_are_left_out(entry: Any) -> None:
    assert read(json.dumps({"object": "page", "entry": [entry]}).encode(), NOW) == []


@pytest.mark.parametrize(
    ("off", "taken"),
    [
        (0, 1),
        (-36 * HOUR, 1),
        (-36 * HOUR - 1, 0),
        (HOUR, 1),
        (HOUR + 1, 0),
        (10**400, 0),
        (-(10**400), 0),
    ],
)
def test_stale_events_and_those_of_the_future_are_left_out(off: int, taken: int) -> None:
    assert len(read(body({**message(text="a"), "timestamp": MS + off}), NOW)) == taken


@pytest.mark.parametrize("kind", ["instagram", "user", None, 7, ["page"]])
def test_only_pages_speak(kind: Any) -> None:
    entry = {"messaging": [message(text="a")]}
    assert read(json.dumps({"object": kind, "entry": [entry]}).encode(), NOW) == []


@pytest.mark.parametrize("raw", [b"", b"\xff", b"[" * 100_000, b"null", b"[]", b"1" * 10_000, b'{"object":'])
def test_bodies_that_are_nothing(raw: bytes) -> None:
    assert read(raw, NOW) == []


@given(st.binary())
def test_no_bytes_raise(raw: bytes) -> None:
    read(raw, NOW)


KEYS = ("sender", "recipient", "id", "timestamp", "message", "mid", "text", "payload", "postback", "is_echo")
ANY = st.recursive(
    st.sampled_from([None, True, 0, -1.5, MS, "", "a", "\ud800", "GET_STARTED"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(st.dictionaries(st.sampled_from(KEYS), ANY, max_size=6), max_size=3))
def test_no_events_raise_and_each_says_exactly_one_thing(events: list[Any]) -> None:
    for incoming in read(body(*events, message("m_9", text="last")), NOW):
        said = [incoming.text, incoming.press, incoming.command, incoming.other or None]
        assert sum(each is not None for each in said) == 1
        assert incoming.event
        assert not incoming.public


def test_it_is_known_when_a_message_was_written_to_the_millisecond() -> None:
    (old,) = read(body({**message(text="yes"), "timestamp": MS - 600_001}), NOW)
    assert old.written_by == (MS - 600_000) / 1000
