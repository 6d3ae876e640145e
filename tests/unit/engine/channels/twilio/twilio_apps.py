"""Both apps over Twilio, with the fake's account, for the tests beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from engine.channels.apps.incoming import Request
from engine.channels.apps.needs import PUBLIC_URL
from engine.channels.apps.said import Said
from engine.channels.apps.words import Words
from engine.channels.twilio import app
from engine.channels.twilio.app import SmsApp, TwilioApp, WhatsAppApp
from tests.channels.fakes.twilio import ACCOUNT, SMS_NUMBER, TOKEN, WHATSAPP_NUMBER

WORDS = Words.load()
PUBLIC = "https://bot.example"
TARGET = "/webhooks/sms/webhook"
NOW = 1_800_000_000.0
SMS_TO, WHATSAPP_TO = "+491700000001", "whatsapp:+491700000001"
MESSAGE_ID = "SM" + "1" * 32
SMS_MESSAGE = {
    "AccountSid": ACCOUNT,
    "MessageSid": MESSAGE_ID,
    "SmsStatus": "received",
    "From": SMS_TO,
    "To": SMS_NUMBER,
    "Body": "I lost my card – grüße",
    "NumMedia": "0",
}
WHATSAPP_MESSAGE = {**SMS_MESSAGE, "From": WHATSAPP_TO, "To": f"whatsapp:{WHATSAPP_NUMBER}"}


def values(base: str = "http://127.0.0.1:9", public: str = PUBLIC, token: str = TOKEN) -> dict[str, str]:
    return {
        app.SMS_NUMBER: SMS_NUMBER,
        app.WHATSAPP_NUMBER: WHATSAPP_NUMBER,
        app.ACCOUNT_SID: ACCOUNT,
        app.AUTH_TOKEN: token,
        PUBLIC_URL: public,
        app.API_URL: base,
        app.CONTENT_URL: base,
    }


def sms(base: str = "http://127.0.0.1:9", **given: str) -> SmsApp:
    return SmsApp(values(base, **given), WORDS)


def whatsapp(base: str = "http://127.0.0.1:9", **given: str) -> WhatsAppApp:
    return WhatsAppApp(values(base, **given), WORDS)


def posted(fields: Mapping[str, str], signature: str = "", target: str = TARGET) -> Request:
    return Request("POST", target, {"x-twilio-signature": signature}, urlencode(fields).encode())


def genuine(url: str, fields: Mapping[str, str], token: str = TOKEN) -> str:
    """As Twilio's own library signs it."""
    return str(RequestValidator(token).compute_signature(url, fields))


def to_of(one: TwilioApp) -> str:
    return WHATSAPP_TO if one.prefix else SMS_TO


async def send(one: TwilioApp, *said: Said, to: str = "", close: bool = True) -> list[str | None]:
    address: Any = {"to": to or to_of(one)}
    try:
        return [await one.perform(call) for each in said for call in one.render(each, address, 1).calls]
    finally:
        if close:
            await one.close()
