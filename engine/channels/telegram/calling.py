"""
Calls of Telegram's API, with aiogram.

Must never let a text, a description or the token out: errors of the library quote all three, so only their
names go on.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

from aiogram import Bot
from aiogram.bot.api import TelegramAPIServer
from aiogram.utils import exceptions

from engine.channels.apps.app import Call, NotSent

TIMEOUT_SECONDS = 10.0
FINAL = (
    exceptions.BadRequest,
    exceptions.NotFound,
    exceptions.Unauthorized,
    exceptions.ConflictError,
    exceptions.MigrateToChat,
)


class Caller:
    """One connection to Telegram, opened by the first call, in the loop that makes it."""

    def __init__(self, token: str, url: str, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self._token = token
        self._url = url
        self._timeout_seconds = timeout_seconds
        self._bot: Any = None
        self._link = ""

    async def perform(self, call: Call) -> str | None:
        """Send a call; the number of the message, if it is about one. Raises NotSent."""
        args = dict(call.args)
        files = None
        if call.method == "sendDocument":
            files = {"document": (args.pop("name"), io.BytesIO(args.pop("content").encode()))}
        result = await self.ask(call.method, args, files)
        return str(result["message_id"]) if isinstance(result, dict) and "message_id" in result else None

    async def ask(
        self, method: str, args: Mapping[str, Any] | None = None, files: Mapping[str, Any] | None = None
    ) -> Any:
        """What Telegram answers. Raises NotSent."""
        try:
            return await self._connected().request(method, _fields(args or {}), files)
        except exceptions.MessageNotModified:
            return None
        except Exception as error:  # noqa: BLE001, of whatever the library makes of an answer only the name goes on
            failure = not_sent(error)
        raise failure  # out here nothing of the library's error hangs on it

    async def link(self) -> str:
        """The address of a private chat with our bot, asked for once. Raises NotSent."""
        if not self._link:
            name = (await self.ask("getMe") or {}).get("username")
            if not name:
                raise NotSent("no_username", final=True)
            self._link = f"https://t.me/{name}"
        return self._link

    async def close(self) -> None:
        """Give the connection back."""
        bot, self._bot = self._bot, None
        if bot is not None:
            await bot.session.close()

    def _connected(self) -> Any:
        if self._bot is None:
            server = TelegramAPIServer.from_base(self._url)
            self._bot = Bot(self._token, server=server, timeout=self._timeout_seconds)
        return self._bot


def not_sent(error: Exception) -> NotSent:
    """What an error of the library means: whether and when to try again."""
    if isinstance(error, exceptions.RetryAfter):
        is_number = isinstance(error.timeout, int | float)
        return NotSent("RetryAfter", after_seconds=float(error.timeout) if is_number else None)
    return NotSent(type(error).__name__, final=isinstance(error, FINAL))


def _fields(args: Mapping[str, Any]) -> dict[str, str]:
    """Form fields: texts as they are, all else as JSON."""
    return {key: value if isinstance(value, str) else json.dumps(value) for key, value in args.items()}
