"""
Calls of Meta's Graph API.

By aiohttp: Meta has no Python client for the Send API, and what others made for it (fbmessenger, which comes
with Rasa) blocks and fixes its address. Must never log, nor put into an error, the token or what was said.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import aiohttp

from engine.channels.apps.app import NotSent

LONGEST_SECONDS = 10
TRY_AGAIN = frozenset({2, 4, 17, 32, 613, 1200, 80006})
"""Error codes of Meta: too many calls just now, or a failure of theirs that passes."""


class Graph:
    """The API below one address, with one page's token."""

    def __init__(self, url: str, token: str) -> None:
        """url: with the version at its end. Connects to nothing yet."""
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}
        self._session: aiohttp.ClientSession | None = None

    async def send(self, message: Mapping[str, Any]) -> str | None:
        """Send a message; Meta's id of it. Raises NotSent."""
        return _id_in(await self._call("POST", "/me/messages", json=message))

    async def send_file(self, recipient: str, name: str, document: Mapping[str, Any]) -> str | None:
        """Send a document as a JSON file of that name; Meta's id of the message. Raises NotSent."""
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("recipient", json.dumps({"id": recipient}))
        form.add_field("messaging_type", "RESPONSE")
        form.add_field("message", json.dumps({"attachment": {"type": "file", "payload": {}}}))
        content = json.dumps(document, ensure_ascii=False, indent=2).encode()
        form.add_field("filedata", content, filename=name, content_type="application/json")
        return _id_in(await self._call("POST", "/me/messages", data=form))

    async def look(self) -> None:
        """Whether the token is good for a page. Raises NotSent."""
        await self._call("GET", "/me", params={"fields": "id,name"})

    async def close(self) -> None:
        """Give the connections back."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _call(self, method: str, path: str, **what: Any) -> Any:
        """What the API answers, None if it is no JSON. Raises NotSent."""
        if self._session is None:  # here, because it belongs to the loop that runs
            timeout = aiohttp.ClientTimeout(total=LONGEST_SECONDS)
            self._session = aiohttp.ClientSession(headers=self._headers, timeout=timeout)
        try:
            async with self._session.request(
                method, self._url + path, allow_redirects=False, **what
            ) as answer:
                return _taken(answer.status, answer.headers, await answer.read())
        except (TimeoutError, aiohttp.ClientError, OSError):
            raise NotSent("unreachable") from None


def _taken(status: int, headers: Mapping[str, str], body: bytes) -> Any:
    """The answer. Raises NotSent if it is an error: with Meta's code of it, never with its words."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        said = None
    error = said.get("error") if isinstance(said, dict) else None
    if 200 <= status < 300 and error is None:
        return said
    code = error.get("code") if isinstance(error, dict) else None
    reason = f"error_{code}" if isinstance(code, int) else f"http_{status}"
    passes = status == 429 or status >= 500 or code in TRY_AGAIN
    raise NotSent(reason, final=not passes, after_seconds=_after(headers) if passes else None)


def _after(headers: Mapping[str, str]) -> float | None:
    """Seconds that Meta wants us to wait, if it says so in seconds."""
    given = headers.get("Retry-After", "")
    return float(given) if given.isascii() and given.isdigit() else None


def _id_in(said: Any) -> str | None:
    found = said.get("message_id") if isinstance(said, dict) else None
    return found if isinstance(found, str) else None
