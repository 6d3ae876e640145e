"""
Telegram as one of the messaging apps: https://core.telegram.org/bots/api.

Must never take a request without the secret that was given to Telegram, and never ask anything in a group.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import ClassVar
from urllib.parse import urlsplit

from engine.channels.apps.app import Account, Address, App, Call, Rendered, Shown
from engine.channels.apps.incoming import Incoming, NotGenuine, Request
from engine.channels.apps.needs import Needs
from engine.channels.apps.said import Said
from engine.channels.apps.words import Words
from engine.channels.telegram import rendering
from engine.channels.telegram.calling import TIMEOUT_SECONDS, Caller
from engine.channels.telegram.reading import incoming_of
from sealing.tagging import as_bytes

TOKEN = "ASKFIRST_TELEGRAM_TOKEN"  # noqa: S105, the name of a variable
SECRET = "ASKFIRST_TELEGRAM_SECRET"  # noqa: S105
API_URL = "ASKFIRST_TELEGRAM_API_URL"
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105
UPDATES = ["message", "channel_post", "callback_query"]
"""All kinds that `incoming_of` reads."""

OFFER_PRIVATE = "offerPrivate"
"""Not Telegram's: a message whose link is known only once Telegram told the name of our bot."""


class TelegramApp(App):
    """Private chats with a bot on Telegram."""

    name = "telegram"
    needs = Needs(
        own=(TOKEN, SECRET),
        optional={API_URL: "https://api.telegram.org"},
        patterns={TOKEN: r"[0-9]+:[A-Za-z0-9_-]+", SECRET: r"[A-Za-z0-9_-]{16,256}"},
    )
    timeout_seconds: ClassVar[float] = TIMEOUT_SECONDS

    def __init__(self, values: Mapping[str, str], words: Words) -> None:
        """Connects to nothing yet."""
        super().__init__(values, words)
        self._caller = Caller(values[TOKEN], values[API_URL], self.timeout_seconds)

    def verify(self, request: Request, now: float) -> None:
        """Telegram repeats our secret in a header of every request."""
        del now
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(as_bytes(given), self.values[SECRET].encode()):
            raise NotGenuine("wrong_secret", 401)

    def read(self, request: Request, now: float) -> list[Incoming]:
        """One update a request."""
        return incoming_of(request.body, now)

    def render(self, said: Said, address: Address, first: int) -> Rendered:
        """Buttons below the text; nothing is numbered."""
        del first
        return rendering.rendered(said, address["chat_id"], self.words)

    def retire(self, shown: Shown, outcome: str, address: Address) -> Call | None:
        """The message stays, its buttons go."""
        return rendering.retired(shown, outcome, address["chat_id"], self.words)

    def noticed(self, incoming: Incoming) -> list[Call]:
        """Without it the button would go on turning. Telegram takes one answer: this, or `not_theirs`."""
        return _answer(incoming, {})

    def not_theirs(self, incoming: Incoming) -> list[Call]:
        """Said over the chat, to the one who pressed."""
        text = rendering.notice(self.words.say("not_yours"))
        return _answer(incoming, {"text": text, "show_alert": True})

    def offer_private(self, incoming: Incoming) -> list[Call]:
        """A message in the group, with the way out of it."""
        return [Call(OFFER_PRIVATE, {"chat_id": incoming.address["chat_id"]})]

    async def perform(self, call: Call) -> str | None:
        """Send one call; the number of the message. Raises NotSent."""
        if call.method == OFFER_PRIVATE:
            text = self.words.say("private_only", link=await self._caller.link())
            call = Call("sendMessage", rendering.message(call.args["chat_id"], text))
        return await self._caller.perform(call)

    async def account(self) -> Account:
        """Whether the token is good, and where updates go. Raises NotSent."""
        await self._caller.ask("getMe")
        told = await self._caller.ask("getWebhookInfo")
        return Account(webhook=str((told or {}).get("url") or ""))

    async def connect(self, webhook: str) -> bool:
        """Telegram is told over its API, and gives us our secret back from then on. Raises NotSent."""
        told = {"url": webhook, "secret_token": self.values[SECRET], "allowed_updates": UPDATES}
        await self._caller.ask("setWebhook", told)
        return True

    def nothing_new(self, url: str, now: float) -> Request:
        """An update without anything in it."""
        del now
        headers = {SECRET_HEADER: self.values[SECRET], "content-type": "application/json"}
        return Request("POST", urlsplit(url).path, headers, b'{"update_id": 0}')

    async def close(self) -> None:
        """Give the connection back."""
        await self._caller.close()


def _answer(incoming: Incoming, args: Mapping[str, object]) -> list[Call]:
    callback = incoming.address.get("callback_id")
    if callback is None:
        return []
    return [Call("answerCallbackQuery", {"callback_query_id": callback, **args}, optional=True)]
