"""
Calls of Twilio's API, through Twilio's own asynchronous client.

Must never log a request, nor put into an error what was said; nor send the account's token anywhere but to
the addresses that were set.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import aiohttp
from twilio.base.exceptions import TwilioException
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.response import Response

from engine.channels.apps.app import NotSent

LONGEST_SECONDS = 10
HOST = r"https://(api|content)\.(?:[a-z0-9-]+\.)*twilio\.com(?=/)"


class Http(AsyncTwilioHttpClient):
    """Twilio's HTTP client, with addresses that can be set, a time-out, and no log. Needs a running loop."""

    def __init__(self, bases: Mapping[str, str]) -> None:
        """bases: the addresses in place of those of "api" and "content", without "/" at the end."""
        super().__init__()
        self._bases = dict(bases)

    async def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        """Ask. Raises NotSent for every answer that is no success, and if there is none in time."""
        there = self._address(url)
        try:
            asking = super().request(method, there, *args, **kwargs)
            response = await asyncio.wait_for(asking, LONGEST_SECONDS)
        except (TimeoutError, aiohttp.ClientError, OSError):
            raise NotSent("unreachable") from None
        except UnicodeError:
            raise NotSent("not_text", final=True) from None
        finally:
            self._test_only_last_request = self._test_only_last_response = None  # kept for tests of theirs
        return _taken(response)

    def log_request(self, kwargs: dict[str, Any]) -> None:
        """Not at all."""

    def log_response(self, status_code: int, response: Any) -> None:
        """Not at all."""

    def _address(self, url: str) -> str:
        known = re.match(HOST, url)
        if known is None:
            raise NotSent("unknown_address", final=True)
        return self._bases[known[1]] + url[known.end() :]


def _taken(response: Response) -> Response:
    """The answer. Raises NotSent if it is an error: with Twilio's code of it, never with its words."""
    status = response.status_code
    if 200 <= status < 300:
        return response
    code = _code_in(response.text)
    reason = f"http_{status}" if code is None else f"error_{code}"
    passes = status == 429 or status >= 500
    raise NotSent(reason, final=not passes, after_seconds=_after(response) if passes else None)


def _code_in(text: str) -> int | None:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    code = said.get("code") if isinstance(said, dict) else None
    return code if isinstance(code, int) else None


def _after(response: Response) -> float | None:
    """Seconds that Twilio wants us to wait, if it says so in seconds."""
    given = response.headers.get("Retry-After", "")
    return float(given) if given.isascii() and given.isdigit() else None


@contextmanager
def readable() -> Iterator[None]:
    """What Twilio's library raises for an answer that it cannot read, as NotSent."""
    try:
        yield
    except (TwilioException, ValueError, KeyError, TypeError, AttributeError):
        raise NotSent("unreadable_answer") from None
