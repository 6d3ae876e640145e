"""What a form of Twilio says."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.channels.apps.incoming import Incoming, Request
from engine.channels.twilio.app import TwilioApp
from tests.unit.engine.channels.twilio.twilio_apps import (
    MESSAGE_ID,
    NOW,
    SMS_MESSAGE,
    SMS_TO,
    TARGET,
    WHATSAPP_MESSAGE,
    WHATSAPP_TO,
    posted,
    sms,
    whatsapp,
)

SMS, WHATSAPP = sms(), whatsapp()


def heard(one: TwilioApp, **changes: Any) -> list[Incoming]:
    fields = {**(WHATSAPP_MESSAGE if one is WHATSAPP else SMS_MESSAGE), **changes}
    return one.read(posted({key: value for key, value in fields.items() if value is not None}), NOW)


def by_sms(**what: Any) -> list[Incoming]:
    return [Incoming(event=MESSAGE_ID, person=(SMS_TO,), address={"to": SMS_TO}, **what)]


def by_whatsapp(**what: Any) -> list[Incoming]:
    return [Incoming(event=MESSAGE_ID, person=(SMS_TO,), address={"to": WHATSAPP_TO}, **what)]


def test_a_text() -> None:
    assert heard(SMS) == by_sms(text="I lost my card – grüße")
    assert heard(WHATSAPP) == by_whatsapp(text="I lost my card – grüße")


def test_what_comes_again_has_the_same_name() -> None:
    assert heard(SMS)[0].event == heard(SMS)[0].event == MESSAGE_ID


def test_a_pressed_button_is_a_press_and_says_on_which_message() -> None:
    pressed = {"ButtonPayload": "/allow~seal", "ButtonText": "Allow", "Body": "Allow"}
    assert heard(WHATSAPP, **pressed) == by_whatsapp(press="/allow~seal")
    assert heard(WHATSAPP, **pressed, OriginalRepliedMessageSid="SM9") == by_whatsapp(
        press="/allow~seal", pressed_on="SM9"
    )


def test_there_are_no_buttons_in_text_messages() -> None:
    assert heard(SMS, ButtonPayload="/allow~seal", Body="Allow") == by_sms(text="Allow")


def test_media_without_a_text_and_places_are_something_else() -> None:
    assert heard(SMS, Body="", NumMedia="1") == by_sms(other=True)
    assert heard(SMS, Body=None, NumMedia="2") == by_sms(other=True)
    assert heard(WHATSAPP, Body="", Latitude="53.5", Longitude="9.9") == by_whatsapp(other=True)
    assert heard(SMS, Body="look", NumMedia="1") == by_sms(text="look")


@pytest.mark.parametrize(
    ("word", "command", "silent"),
    [("STOP", "/stop", True), ("HELP", "/menu", False), ("START", "/greet", False)],
)
def test_opting_out_and_in(word: str, command: str, silent: bool) -> None:
    assert heard(SMS, OptOutType=word, Body=word) == by_sms(command=command, silent=silent)
    assert heard(WHATSAPP, OptOutType=word, Body=word) == by_whatsapp(command=command, silent=silent)


def test_a_typed_stop_alone_is_a_text() -> None:
    assert heard(SMS, Body="STOP") == by_sms(text="STOP")


@pytest.mark.parametrize(
    "changes",
    [
        {"AccountSid": "AC" + "f" * 32},
        {"AccountSid": None},
        {"To": "+4915299999999"},
        {"To": None},
        {"From": None},
        {"From": "Harbour Bank"},
        {"From": "12345"},
        {"From": "+49170abc"},
        {"From": "+" + "٣" * 10},
        {"MessageSid": None},
        {"MessageSid": f"{MESSAGE_ID}NumMedia0", "NumMedia": None},
        {"MessageSid": MESSAGE_ID[:-1]},
        {"MessageSid": f"{MESSAGE_ID}\n"},
        {"MessageSid": MESSAGE_ID.lower()},
        {"Body": ""},
        {"Body": " \n"},
        {"SmsStatus": "delivered"},
        {"MessageStatus": "sent"},
        {"MessageStatus": "read", "SmsStatus": "received"},
    ],
)
def test_left_out(changes: dict[str, Any]) -> None:
    assert heard(SMS, **changes) == []
    assert heard(WHATSAPP, **changes) == []


def test_the_two_lines_do_not_hear_each_other() -> None:
    assert SMS.read(posted(WHATSAPP_MESSAGE), NOW) == []
    assert WHATSAPP.read(posted(SMS_MESSAGE), NOW) == []


@given(st.binary())
def test_no_bytes_raise(body: bytes) -> None:
    for one in (SMS, WHATSAPP):
        assert one.read(Request("POST", TARGET, {}, body), NOW) == []


NAMES = st.sampled_from(
    ["Body", "From", "To", "OptOutType", "ButtonPayload", "NumMedia", "SmsStatus", "Latitude", "MessageSid"]
)
VALUES = st.sampled_from(["", "0", "1", "STOP", "received", SMS_TO, "whatsapp:", "\0", "/allow"]) | st.text(
    max_size=9
)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=6))
def test_no_form_raises_and_each_says_exactly_one_thing(changes: list[tuple[str, str]]) -> None:
    body = urlencode([*changes, *WHATSAPP_MESSAGE.items()], errors="replace").encode()
    for incoming in WHATSAPP.read(Request("POST", TARGET, {}, body), NOW):
        said = [incoming.text, incoming.press, incoming.command, incoming.other or None]
        assert sum(each is not None for each in said) == 1
        assert incoming.event
