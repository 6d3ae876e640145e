"""Whether Meta sent it."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.channels.apps.incoming import NotGenuine, Reply, Request
from engine.channels.apps.needs import AppIncomplete
from engine.channels.apps.words import Words
from engine.channels.messenger.app import API_URL, APP_SECRET, PAGE_TOKEN, VERIFY_TOKEN, MessengerApp

SECRET, VERIFY = "app-secret-0123456789", "verify-token_0123456789"
VALUES = {PAGE_TOKEN: "t", APP_SECRET: SECRET, VERIFY_TOKEN: VERIFY, API_URL: "http://127.0.0.1:9/v25.0"}
APP = MessengerApp(VALUES, Words({}))
BODY = json.dumps({"object": "page", "entry": [], "text": "grüße"}, ensure_ascii=False).encode()
PATH = "/webhooks/messenger/webhook"
NOW = 1_800_000_000.0


def documented(body: bytes, secret: str = SECRET, algorithm: Any = hashlib.sha256) -> str:
    """As Meta documents it: HMAC of the raw body, with the app secret as the key, in hexadecimal."""
    return hmac.new(secret.encode(), body, algorithm).hexdigest()


def posted(body: bytes, **headers: str) -> Request:
    return Request("POST", PATH, {name.replace("_", "-"): value for name, value in headers.items()}, body)


def asking(**query: str) -> Request:
    return Request("GET", PATH, {}, b"", {name.replace("__", "."): value for name, value in query.items()})


def reason(request: Request) -> tuple[str, int]:
    with pytest.raises(NotGenuine) as refused:
        APP.verify(request, NOW)
    return refused.value.reason, refused.value.status


def test_what_meta_signed_is_genuine() -> None:
    APP.verify(posted(BODY, x_hub_signature_256="sha256=" + documented(BODY)), NOW)


GOOD = documented(BODY)
FORGED = [
    "",
    "sha256=",
    GOOD,
    "sha256=" + GOOD[:-1],
    "sha256=" + GOOD + "0",
    "sha256=" + documented(BODY + b" "),
    "sha256=" + documented(BODY, "another-secret-0123456789"),
    "sha1=" + documented(BODY, algorithm=hashlib.sha1),
    "sha256=" + documented(BODY, algorithm=hashlib.sha1),
    "sha256=" + "ü" * 64,
    "sha256=\udcff",
]


@pytest.mark.parametrize("forged", FORGED)
def test_anything_else_is_refused(forged: str) -> None:
    assert reason(posted(BODY, x_hub_signature_256=forged))[1] == 403


def test_without_the_header_it_is_refused_also_if_the_old_one_is_right() -> None:
    old = "sha1=" + documented(BODY, algorithm=hashlib.sha1)
    assert reason(posted(BODY, x_hub_signature=old)) == ("no_signature", 403)


def test_the_subscription_gets_its_challenge_as_plain_text_and_no_long_one() -> None:
    request = asking(hub__mode="subscribe", hub__verify_token=VERIFY, hub__challenge="1158201444" * 30)
    APP.verify(request, NOW)
    assert APP.handshake(request) == Reply(200, ("1158201444" * 30)[:200], "text/plain; charset=utf-8")
    assert APP.handshake(posted(BODY)) is None


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"hub__mode": "subscribe"},
        {"hub__mode": "subscribe", "hub__verify_token": ""},
        {"hub__mode": "subscribe", "hub__verify_token": VERIFY[:-1]},
        {"hub__mode": "subscribe", "hub__verify_token": "é"},
        {"hub__mode": "unsubscribe", "hub__verify_token": VERIFY},
        {"hub__verify_token": VERIFY},
    ],
)
def test_a_subscription_without_our_token_is_refused(query: dict[str, str]) -> None:
    assert reason(asking(**query)) == ("wrong_verify_token", 403)


def test_no_signature_opens_the_subscription_and_no_other_method_is_taken() -> None:
    signed = {"x-hub-signature-256": "sha256=" + documented(b"")}
    assert reason(Request("GET", PATH, signed, b""))[0] == "wrong_verify_token"
    assert reason(Request("PUT", PATH, signed, b"")) == ("wrong_method", 403)


@given(st.binary(), st.text())
def test_nothing_but_not_genuine_is_raised(body: bytes, header: str) -> None:
    assert reason(posted(body, x_hub_signature_256=header))[1] == 403


def test_our_own_request_without_news_is_genuine_and_says_nothing() -> None:
    request = APP.nothing_new(f"https://bot.example{PATH}", NOW)
    APP.verify(request, NOW)
    assert (request.target, APP.read(request, NOW)) == (PATH, [])


def test_short_secrets_and_foreign_tokens_are_named_without_their_values() -> None:
    environ = {PAGE_TOKEN: "EAAsecret", APP_SECRET: "short", VERIFY_TOKEN: "with spaces in it, long"}
    with pytest.raises(AppIncomplete) as refused:
        MessengerApp.needs.values("messenger", environ)
    assert set(refused.value.faults) == {APP_SECRET, VERIFY_TOKEN}
    assert "short" not in str(refused.value)
    complete = MessengerApp.needs.values("messenger", {**VALUES, API_URL: ""})
    assert complete is not None
    assert complete[API_URL] == "https://graph.facebook.com/v25.0"
