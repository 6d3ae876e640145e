"""
Requests as the apps send them, proved as their documentation says: for tests that have no SDK at hand.

Each maker gives a `Hook`; `forged` and its neighbours spoil one. Standard library only.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from time import time as machine_time
from typing import Any
from urllib.parse import urlencode

from tests.channels.fakes import messenger, slack, telegram, twilio

PUBLIC_URL = "https://chat.bank.example"
ENVIRON = {
    "ASKFIRST_PUBLIC_URL": PUBLIC_URL,
    "ASKFIRST_TELEGRAM_TOKEN": telegram.TOKEN,
    "ASKFIRST_TELEGRAM_SECRET": telegram.SECRET,
    "ASKFIRST_SLACK_TOKEN": slack.TOKEN,
    "ASKFIRST_SLACK_SIGNING_SECRET": "a-signing-secret-of-slack",
    "ASKFIRST_MESSENGER_PAGE_TOKEN": messenger.TOKEN,
    "ASKFIRST_MESSENGER_APP_SECRET": "an-app-secret-of-meta",
    "ASKFIRST_MESSENGER_VERIFY_TOKEN": "a-word-for-the-handshake",
    "ASKFIRST_TWILIO_ACCOUNT_SID": twilio.ACCOUNT,
    "ASKFIRST_TWILIO_AUTH_TOKEN": twilio.TOKEN,
    "ASKFIRST_WHATSAPP_NUMBER": twilio.WHATSAPP_NUMBER,
    "ASKFIRST_SMS_NUMBER": twilio.SMS_NUMBER,
}
"""Every channel, with secrets that open nothing."""

TEAM, APP = slack.TEAM, "A0APP"
numbers = itertools.count(700_100_000)


@dataclass(frozen=True)
class Hook:
    """A request to a channel's webhook."""

    channel: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Where it goes."""
        return f"/webhooks/{self.channel}/webhook"


def addresses(base: str) -> dict[str, str]:
    """The variables that send the apps' calls to fakes at this address."""
    return {
        "ASKFIRST_TELEGRAM_API_URL": f"{base}/telegram",
        "ASKFIRST_SLACK_API_URL": f"{base}/slack/",
        "ASKFIRST_MESSENGER_API_URL": f"{base}/messenger/v25.0",
        "ASKFIRST_TWILIO_API_URL": f"{base}/twilio",
        "ASKFIRST_TWILIO_CONTENT_URL": f"{base}/twilio",
    }


def of_telegram(update: Mapping[str, Any], number: int | None = None) -> Hook:
    """An update of a bot. number: of the update; a new one if it is None."""
    body = {"update_id": next(numbers) if number is None else number, **update}
    headers = {"X-Telegram-Bot-Api-Secret-Token": ENVIRON["ASKFIRST_TELEGRAM_SECRET"]}
    return Hook("telegram", json.dumps(body).encode(), headers | _JSON)


def telegram_message(
    chat: int, text: str, *, kind: str = "private", user: int | None = None
) -> dict[str, Any]:
    """A message in a chat."""
    sender = {"id": chat if user is None else user, "is_bot": False, "first_name": "Ada"}
    message = {"message_id": next(numbers), "date": int(time.time()), "from": sender, "text": text}
    return {"message": {**message, "chat": {"id": chat, "type": kind}}}


def telegram_press(chat: int, data: str, message_id: int, *, user: int | None = None) -> dict[str, Any]:
    """A button below one of our messages, pressed."""
    sender = {"id": chat if user is None else user, "is_bot": False, "first_name": "Ada"}
    on = {"message_id": message_id, "date": int(time.time()), "chat": {"id": chat, "type": "private"}}
    return {"callback_query": {"id": str(next(numbers)), "from": sender, "message": on, "data": data}}


def of_slack(body: bytes, content: str, at: float | None = None) -> Hook:
    """A signed request. at: seconds since 1970; now if it is None."""
    stamp = str(int(machine_time() if at is None else at))
    secret = ENVIRON["ASKFIRST_SLACK_SIGNING_SECRET"].encode()
    mac = hmac.new(secret, b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={mac}", "Content-Type": content}
    return Hook("slack", body, headers)


def slack_event(event: Mapping[str, Any], at: float | None = None, number: str = "") -> Hook:
    """Something that was said where our app is."""
    envelope = {"type": "event_callback", "team_id": TEAM, "api_app_id": APP, "event": dict(event)}
    body = {**envelope, "event_id": number or f"Ev{next(numbers)}"}
    return of_slack(json.dumps(body).encode(), "application/json", at)


def slack_message(user: str, channel: str, text: str) -> dict[str, Any]:
    """A direct message to our app."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    said = {"type": "message", "channel_type": "im", "user": user, "channel": channel, "text": text}
    return {**said, "ts": f"{time.time():.6f}"}


def slack_press(user: str, channel: str, value: str, stamp: str) -> Hook:
    """A button of ours, pressed."""
    payload = {
        "type": "block_actions", "api_app_id": APP, "trigger_id": f"{next(numbers)}.1.abc",
        "team": {"id": TEAM}, "user": {"id": user, "team_id": TEAM}, "channel": {"id": channel},
        "container": {"type": "message", "message_ts": stamp, "channel_id": channel},
        "actions": [{"type": "button", "action_id": "0", "value": value, "action_ts": f"{time.time():.6f}"}],
    }  # fmt: skip
    body = urlencode({"payload": json.dumps(payload)}).encode()
    return of_slack(body, "application/x-www-form-urlencoded")


def of_messenger(*events: Mapping[str, Any]) -> Hook:
    """A signed batch of a page."""
    entry = {
        "id": messenger.PAGE,
        "time": int(time.time() * 1000),
        "messaging": [dict(one) for one in events],
    }
    body = json.dumps({"object": "page", "entry": [entry]}).encode()
    mac = hmac.new(ENVIRON["ASKFIRST_MESSENGER_APP_SECRET"].encode(), body, hashlib.sha256).hexdigest()
    return Hook("messenger", body, {"X-Hub-Signature-256": f"sha256={mac}"} | _JSON)


def messenger_message(person: str, text: str, payload: str | None = None) -> dict[str, Any]:
    """A message, or a quick reply that was tapped."""
    reply = {} if payload is None else {"quick_reply": {"payload": payload}}
    message = {"mid": f"m_in_{next(numbers)}", "text": text, **reply}
    at = int(time.time() * 1000)
    return {
        "sender": {"id": person},
        "recipient": {"id": messenger.PAGE},
        "timestamp": at,
        "message": message,
    }


def of_twilio(channel: str, fields: Mapping[str, str]) -> Hook:
    """A signed form. channel: "sms" or "whatsapp"."""
    url = f"{PUBLIC_URL}/webhooks/{channel}/webhook"
    signed = url + "".join(key + fields[key] for key in sorted(fields))
    mac = hmac.new(ENVIRON["ASKFIRST_TWILIO_AUTH_TOKEN"].encode(), signed.encode(), hashlib.sha1).digest()
    headers = {"X-Twilio-Signature": base64.b64encode(mac).decode()}
    content = {"Content-Type": "application/x-www-form-urlencoded"}
    return Hook(channel, urlencode(fields).encode(), headers | content)


def twilio_fields(channel: str, number: str, text: str, **more: str) -> dict[str, str]:
    """The fields of a message from this number."""
    prefix = "whatsapp:" if channel == "whatsapp" else ""
    ours = twilio.WHATSAPP_NUMBER if channel == "whatsapp" else twilio.SMS_NUMBER
    ids = {"MessageSid": f"SM{next(numbers):032x}", "AccountSid": twilio.ACCOUNT, "NumMedia": "0"}
    return {**ids, "From": prefix + number, "To": prefix + ours, "Body": text, **more}


_JSON = {"Content-Type": "application/json"}


def forged(hook: Hook) -> Hook:
    """The same, proved with another secret."""
    wrong = {name: _other(value) for name, value in hook.headers.items() if name.startswith("X-")}
    return replace(hook, headers={**hook.headers, **wrong})


def unproved(hook: Hook) -> Hook:
    """The same without any proof."""
    return replace(hook, headers={k: v for k, v in hook.headers.items() if not k.startswith("X-")})


def truncated(hook: Hook) -> Hook:
    """The same, cut off on the way."""
    return replace(hook, body=hook.body[: len(hook.body) // 2])


def _other(value: str) -> str:
    return value if value.isdigit() else value[:-6] + ("zzzzzz" if value[-6:] != "zzzzzz" else "yyyyyy")


SAYING: Mapping[str, Callable[[str], Hook]] = {
    "telegram": lambda text: of_telegram(telegram_message(next(numbers), text)),
    "slack": lambda text: slack_event(slack_message(f"U{next(numbers)}", f"D{next(numbers)}", text)),
    "messenger": lambda text: of_messenger(messenger_message(str(next(numbers)), text)),
    "whatsapp": lambda text: of_twilio("whatsapp", twilio_fields("whatsapp", f"+4917{next(numbers)}", text)),
    "sms": lambda text: of_twilio("sms", twilio_fields("sms", f"+4917{next(numbers)}", text)),
}
"""Somebody new says this, in each app."""
