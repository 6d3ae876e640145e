"""
An assistant that answers at an address, be it servers or a part of this process, and the ways to talk.

Must never wait without a limit, or without saying for what.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import httpx

from consent_store import ConsentStore, StoreKeys, open_store
from settings import Settings
from tests.live.waiting import SECONDS, eventually

REST_PATH = "/webhooks/rest/webhook"

Message = dict[str, Any]


class Assistant(ABC):
    """What a test needs to reach one. `var`: its folder of keys and database."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.var = settings.var
        self.database_url = settings.store_url
        self._client = httpx.Client(timeout=SECONDS, trust_env=False)

    @property
    @abstractmethod
    def rasa_url(self) -> str:
        """The Rasa server's address, for the widget's socket, REST and webhooks."""

    @abstractmethod
    def new_token(self) -> str:
        """A token for a widget that was never here."""

    @abstractmethod
    def make_whole(self) -> None:
        """Bring back whatever a test has taken away and left so."""

    @abstractmethod
    def tails(self) -> str:
        """The ends of all logs, for a failure's message."""

    @cached_property
    def store(self) -> ConsentStore:
        """The consent store, opened beside it."""
        keys = StoreKeys.from_folder(self.var / "keys")
        return open_store(self.database_url, keys=keys, clock=self.now)

    def now(self) -> datetime:
        """What time it is there."""
        return datetime.now(UTC)

    @property
    def rest_secret(self) -> str:
        """The REST channel's bearer secret."""
        return (self.var / "keys" / "rest.secret").read_text(encoding="ascii").strip()

    def post(self, body: object, *, secret: str | None = None) -> httpx.Response:
        """Send anything to the REST channel; return the HTTP answer. `secret` "" leaves the header out."""
        bearer = self.rest_secret if secret is None else secret
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        return self._client.post(self.rasa_url + REST_PATH, json=body, headers=headers)

    def send(self, hook: Any) -> httpx.Response:
        """Send a webhook (tests.channels.webhooks.Hook) to the Rasa server; return the HTTP answer."""
        return self._client.post(self.rasa_url + hook.path, content=hook.body, headers=dict(hook.headers))

    def is_idle(self, channel: str) -> bool:
        """Whether a messaging app has started, and no message of it is on its way."""
        health = self._client.get(f"{self.rasa_url}/webhooks/{channel}/")
        return health.status_code == httpx.codes.OK and health.json()["waiting"] == 0

    def wait_until_idle(self, channel: str) -> None:
        """Return when everything is handled and sent; raise AssertionError when that takes too long."""
        what = f"all messages of {channel} are handled and sent"
        eventually(lambda: self.is_idle(channel), what, more=self.tails)

    def say(self, sender: str, message: str) -> list[Message]:
        """Return the assistant's answers to typed text or to a button's payload."""
        answer = self.post({"sender": sender, "message": message})
        assert answer.status_code == httpx.codes.OK, f"{answer.status_code} {answer.text}\n{self.tails()}"
        messages: list[Message] = answer.json()
        return messages

    def press(self, sender: str, messages: Sequence[Message], title: str) -> list[Message]:
        """Press the button with this title, the last one offered first, and return the answers."""
        for message in reversed(messages):
            for button in message.get("buttons") or ():
                if button["title"] == title:
                    return self.say(sender, str(button["payload"]))
        raise AssertionError(f"no button {title!r} in {messages}")

    def close(self) -> None:
        """Give back what the test itself held."""
        self._client.close()
        if "store" in self.__dict__:
            self.store.close()
