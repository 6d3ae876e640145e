"""The five messaging apps on a real web server, and requests to them, proved by the providers' own SDKs."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import socket
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import aiohttp
from rasa.core.channels.channel import register
from sanic import Sanic
from slack_sdk.signature import SignatureVerifier
from twilio.request_validator import RequestValidator

from engine.channels.apps.incoming import Request
from engine.channels.apps.webhook import AppInput
from engine.channels.messenger.channel import MessengerInput
from engine.channels.slack.channel import SlackInput
from engine.channels.telegram.channel import TelegramInput
from engine.channels.twilio.channel import SmsInput, WhatsAppInput
from tests.channels import webhooks
from tests.channels.fakes import messenger
from tests.channels.webhooks import ENVIRON, Hook
from tests.unit.engine.channels.apps.apps_rig import idle

CHANNELS: Mapping[str, type[AppInput]] = {
    one.name(): one for one in (TelegramInput, SlackInput, MessengerInput, WhatsAppInput, SmsInput)
}
numbers = itertools.count()


@asynccontextmanager
async def running(agent: Any, *channels: AppInput) -> AsyncIterator[str]:
    """The address of a server that has started, as Rasa starts one."""
    app = Sanic(f"apps_{next(numbers)}", configure_logging=False)
    app.ctx.agent = agent
    register([*channels], app, route="/webhooks/")
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server: Any = await app.create_server(sock=listener, return_asyncio_server=True)
    await server.startup()
    await server.after_start()
    await server.start_serving()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        await server.before_stop()
        server.close()
        await server.wait_closed()


async def send(address: str, hook: Hook, method: str = "POST", query: str = "") -> tuple[int, str]:
    """The answer to a request."""
    url = f"{address}{hook.path}{query}"
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, url, data=hook.body, headers=hook.headers) as response,
    ):
        return response.status, await response.text()


async def quiet(channel: AppInput) -> None:
    """Nothing of this channel is on its way any more."""
    assert channel._desk is not None
    await idle(channel._desk)


def proved(hook: Hook, at: float | None = None) -> Hook:
    """The same, signed anew for the body that it has. at: seconds since 1970, for Slack."""
    proof = PROOFS[hook.channel](hook, at)
    return replace(hook, headers={**hook.headers, **proof})


def as_request(hook: Hook, method: str = "POST") -> Request:
    """The same as the web server hands it on."""
    headers = {name.lower(): value for name, value in hook.headers.items()}
    return Request(method, hook.path, headers, hook.body)


def _of_slack(hook: Hook, at: float | None) -> dict[str, str]:
    if not _is_text(hook.body):  # which the SDK does not sign
        return dict(webhooks.of_slack(hook.body, "", at).headers)
    stamp = str(int(time.time() if at is None else at))
    verifier = SignatureVerifier(ENVIRON["ASKFIRST_SLACK_SIGNING_SECRET"])
    signature = verifier.generate_signature(timestamp=stamp, body=hook.body)
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": str(signature)}


def _is_text(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _of_twilio(hook: Hook, _at: float | None) -> dict[str, str]:
    fields: dict[str, Any] = {}
    for name, value in parse_qsl(hook.body.decode(errors="replace"), keep_blank_values=True):
        fields[name] = value if name not in fields else [*_listed(fields[name]), value]
    url = webhooks.PUBLIC_URL + hook.path
    validator = RequestValidator(ENVIRON["ASKFIRST_TWILIO_AUTH_TOKEN"])
    return {"X-Twilio-Signature": validator.compute_signature(url, _Multi(fields))}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


class _Multi(dict[str, Any]):
    def getall(self, name: str) -> list[Any]:
        return _listed(self[name])


def _of_messenger(hook: Hook, _at: float | None) -> dict[str, str]:
    """Meta has no SDK for it: https://developers.facebook.com/docs/messenger-platform/webhooks."""
    secret = ENVIRON["ASKFIRST_MESSENGER_APP_SECRET"].encode()
    return {"X-Hub-Signature-256": "sha256=" + hmac.new(secret, hook.body, hashlib.sha256).hexdigest()}


def _of_telegram(_hook: Hook, _at: float | None) -> dict[str, str]:
    """https://core.telegram.org/bots/api#setwebhook."""
    return {"X-Telegram-Bot-Api-Secret-Token": ENVIRON["ASKFIRST_TELEGRAM_SECRET"]}


PROOFS = {
    "telegram": _of_telegram,
    "slack": _of_slack,
    "messenger": _of_messenger,
    "whatsapp": _of_twilio,
    "sms": _of_twilio,
}

# two people in each app

PARTS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "telegram": (("701",), ("702",)),
    "slack": ((webhooks.TEAM, "U701"), (webhooks.TEAM, "U702")),
    "messenger": ((messenger.PAGE, "7001"), (messenger.PAGE, "7002")),
    "whatsapp": (("+4917000701",), ("+4917000702",)),
    "sms": (("+4917000701",), ("+4917000702",)),
}
"""What the apps call them."""


def says(channel: str, text: str, who: int = 0) -> Hook:
    """One of the two says this."""
    *_, name = PARTS[channel][who]
    if channel == "telegram":
        return proved(webhooks.of_telegram(webhooks.telegram_message(int(name), text)))
    if channel == "slack":
        return proved(webhooks.slack_event(webhooks.slack_message(name, f"D{name}", text)))
    if channel == "messenger":
        return proved(webhooks.of_messenger(webhooks.messenger_message(name, text)))
    return proved(webhooks.of_twilio(channel, webhooks.twilio_fields(channel, name, text)))


def presses(channel: str, payload: str, who: int = 0) -> Hook:
    """One of the two presses a button with this payload; by SMS there is none."""
    *_, name = PARTS[channel][who]
    if channel == "telegram":
        return proved(webhooks.of_telegram(webhooks.telegram_press(int(name), payload, 1)))
    if channel == "slack":
        return proved(webhooks.slack_press(name, f"D{name}", payload, "1700000000.000001"))
    if channel == "messenger":
        return proved(webhooks.of_messenger(webhooks.messenger_message(name, "Allow", payload)))
    fields = webhooks.twilio_fields(channel, name, "Allow", ButtonPayload=payload)
    return proved(webhooks.of_twilio(channel, fields))
