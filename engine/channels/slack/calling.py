"""
Calls of Slack's API, with its own library.

Must never let a text, an answer or the token out: errors of the library quote whole answers, so only a short
key goes on.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from engine.channels.apps.app import Call, NotSent
from engine.channels.slack.markup import escaped
from engine.channels.slack.rendering import UPLOAD

TIMEOUT_SECONDS = 10.0
TOO_MANY_REQUESTS = 429
LIMITED = ("ratelimited", "rate_limited")
PASSING = ("fatal_error", "internal_error", "request_timeout", "service_unavailable", "team_added_to_org")
"""Slack's errors that are over when it is asked again."""

_KEY = re.compile(r"[a-z_]{1,60}")


class Caller:
    """One connection to Slack, opened by the first call, in the loop that makes it."""

    def __init__(self, token: str, url: str, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self._token = token
        self._url = url
        self._timeout_seconds = timeout_seconds
        self._session: Any = None

    async def perform(self, call: Call) -> str | None:
        """Send a call; the time stamp that Slack knows the message by, if it made one. Raises NotSent."""
        answer = await self.ask(call.method, call.args)
        stamp = answer.get("ts")
        return stamp if isinstance(stamp, str) else None

    async def ask(self, method: str, args: Mapping[str, Any]) -> Mapping[str, Any]:
        """What Slack answers. Raises NotSent."""
        try:
            return _fields(await self._answer(method, args))
        except Exception as error:  # noqa: BLE001, of whatever the library makes of an answer only a key goes on
            failure = not_sent(error)
        raise failure  # out here nothing of the library's error hangs on it

    async def close(self) -> None:
        """Give the connection back."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def _answer(self, method: str, args: Mapping[str, Any]) -> Any:
        client = self._connected()
        if method != UPLOAD:
            return await client.api_call(method, json=_escaped(args))
        return await client.files_upload_v2(
            channel=args["channel"], filename=args["name"], content=args["content"]
        )

    def _connected(self) -> Any:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=self._timeout_seconds)
            self._session = aiohttp.ClientSession(timeout=timeout)
        return AsyncWebClient(
            self._token, base_url=self._url, session=self._session, retry_handlers=[], logger=_silent()
        )


def not_sent(error: Exception) -> NotSent:
    """What an error of the library means: whether and when to try again."""
    if not isinstance(error, SlackApiError):
        return NotSent(type(error).__name__)
    answer: Any = error.response
    status: int = getattr(answer, "status_code", None) or getattr(answer, "status", None) or 0
    key = _key(answer)
    if status == TOO_MANY_REQUESTS or key in LIMITED:
        return NotSent("ratelimited", after_seconds=_seconds(answer))
    is_passing = not key or status > TOO_MANY_REQUESTS or key in PASSING
    return NotSent(key or f"status_{status}", final=not is_passing)


def _key(answer: Any) -> str:
    """Slack's name of the error, if it is one."""
    key = _fields(answer).get("error")
    return key if isinstance(key, str) and _KEY.fullmatch(key) else ""


def _seconds(answer: Any) -> float | None:
    given = str((getattr(answer, "headers", None) or {}).get("Retry-After", ""))
    return float(given) if given.isascii() and given.isdigit() else None


def _fields(answer: Any) -> Mapping[str, Any]:
    data = getattr(answer, "data", None)
    return data if isinstance(data, dict) else {}


def _escaped(args: Mapping[str, Any]) -> dict[str, Any]:
    """`text` is the one field in which Slack looks for markup."""
    return {key: escaped(value) if key == "text" else value for key, value in args.items()}


def _silent() -> logging.Logger:
    """The library would write down whole requests and answers at the level DEBUG."""
    logger = logging.getLogger(f"{__name__}.library")
    logger.setLevel(logging.WARNING)
    return logger
