"""Whether Twilio sent it, also behind a proxy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from engine.channels.apps.incoming import NotGenuine, Request
from engine.channels.apps.needs import AppIncomplete
from engine.channels.twilio import app
from engine.channels.twilio.app import SmsApp, TwilioApp, WhatsAppApp
from engine.channels.twilio.forms import Form
from tests.channels.fakes.twilio import TOKEN
from tests.unit.engine.channels.twilio.twilio_apps import (
    NOW,
    PUBLIC,
    SMS_MESSAGE,
    TARGET,
    genuine,
    posted,
    sms,
    values,
    whatsapp,
)

URL = PUBLIC + TARGET
GOOD = genuine(URL, SMS_MESSAGE)


def reason(request: Request) -> str:
    with pytest.raises(NotGenuine) as refused:
        sms().verify(request, NOW)
    assert refused.value.status == 403
    return refused.value.reason


@pytest.mark.parametrize(
    ("public", "signed_url"),
    [
        (PUBLIC, URL),
        (PUBLIC, f"https://bot.example:443{TARGET}"),
        (f"{PUBLIC}/", URL),
        ("https://bot.example:8443", f"https://bot.example:8443{TARGET}"),
        ("https://bot.example:8443", URL),
        ("http://127.0.0.1:5005", f"http://127.0.0.1:5005{TARGET}"),
        ("https://bank.example/chat", f"https://bank.example/chat{TARGET}"),
    ],
)
def test_genuine_with_and_without_the_port_and_behind_a_proxy(public: str, signed_url: str) -> None:
    sms(public=public).verify(posted(SMS_MESSAGE, genuine(signed_url, SMS_MESSAGE)), NOW)


def test_the_address_that_the_proxy_calls_does_not_count() -> None:
    assert reason(posted(SMS_MESSAGE, genuine(f"http://127.0.0.1:5005{TARGET}", SMS_MESSAGE)))


def test_the_query_is_signed_too() -> None:
    target = f"{TARGET}?line=1&x=%20"
    signature = genuine(PUBLIC + target, SMS_MESSAGE)
    sms().verify(posted(SMS_MESSAGE, signature, target), NOW)
    assert reason(posted(SMS_MESSAGE, signature)) == "wrong_signature"


def test_repeated_parameters_as_twilios_library_reads_them() -> None:
    body = b"Body=b&Body=a&To=%2B1&Body=a&Empty="
    signature = RequestValidator(TOKEN).compute_signature(URL, Form.read(body))
    sms().verify(Request("POST", TARGET, {"x-twilio-signature": signature}, body), NOW)
    assert signature == genuine(f"{URL}BodyaBodybEmptyTo+1", {})


FORGED = [
    GOOD[:-1],
    GOOD + "=",
    GOOD.swapcase(),
    "ü" + GOOD[1:],
    "\udcff",
    genuine(URL, SMS_MESSAGE, "another-token-0123456789"),
    genuine(URL, {**SMS_MESSAGE, "Body": "allow"}),
    genuine("https://other.example" + TARGET, SMS_MESSAGE),
]


@pytest.mark.parametrize("forged", FORGED)
def test_anything_else_is_refused(forged: str) -> None:
    assert reason(posted(SMS_MESSAGE, forged)) == "wrong_signature"


def test_without_a_signature_it_is_refused() -> None:
    assert reason(posted(SMS_MESSAGE)) == "no_signature"
    assert reason(Request("POST", TARGET, {}, b"")) == "no_signature"


@pytest.mark.parametrize("body", [b"\xff", b"Body=%ff", b"a=1&" * 500])
def test_bodies_that_cannot_be_read_are_refused(body: bytes) -> None:
    assert reason(Request("POST", TARGET, {"x-twilio-signature": GOOD}, body)) == "unreadable"


@given(st.binary(), st.text(), st.text())
def test_nothing_but_not_genuine_is_raised(body: bytes, header: str, target: str) -> None:
    assert reason(Request("POST", target, {"x-twilio-signature": header}, body))


@pytest.mark.parametrize("one", [sms(), whatsapp(), sms(public="https://bank.example/chat")])
def test_our_own_request_without_news_is_genuine_and_says_nothing(one: TwilioApp) -> None:
    url = f"{one.values['ASKFIRST_PUBLIC_URL']}/webhooks/{one.name}/webhook"
    request = one.nothing_new(url, NOW)
    one.verify(request, NOW)
    assert request.target == f"/webhooks/{one.name}/webhook"
    assert one.read(request, NOW) == []


def test_a_request_is_answered_with_nothing_to_say() -> None:
    for one in (SmsApp, WhatsAppApp):
        assert (one.taken.body, one.taken.content_type) == ("<Response></Response>", "text/xml")


def test_each_needs_its_number_and_both_the_account() -> None:
    shared = {key: value for key, value in values().items() if "NUMBER" not in key and "API" not in key}
    assert SmsApp.needs.values("sms", {**shared, app.WHATSAPP_NUMBER: "+4915200000002"}) is None
    complete = SmsApp.needs.values("sms", {**shared, app.SMS_NUMBER: "+4915200000001", app.CONTENT_URL: ""})
    assert complete is not None
    assert (complete[app.API_URL], complete[app.CONTENT_URL]) == (
        "https://api.twilio.com",
        "https://content.twilio.com",
    )
    with pytest.raises(AppIncomplete) as refused:
        WhatsAppApp.needs.values("whatsapp", {app.WHATSAPP_NUMBER: "0152", app.ACCOUNT_SID: "ACx"})
    assert set(refused.value.faults) == {
        app.WHATSAPP_NUMBER,
        app.ACCOUNT_SID,
        app.AUTH_TOKEN,
        "ASKFIRST_PUBLIC_URL",
    }
