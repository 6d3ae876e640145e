"""
Content templates: how WhatsApp's quick replies are sent over Twilio. One for each row of button titles.

A template holds titles only; the text and the payloads come with each message. Must never hold a word that
was said to a person.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from twilio.rest import Client

PREFIX = "ask_first_"
LANGUAGE = "en"
CONTENT = "https://content.twilio.com/v1/Content"
PAGE_SIZE = 100


def name_of(titles: Sequence[str]) -> str:
    """The template's name: the same for the same titles in the same language."""
    told = json.dumps([LANGUAGE, *titles]).encode()
    return f"{PREFIX}{len(titles)}_{hashlib.sha256(told).hexdigest()[:16]}"


def template_of(titles: Sequence[str]) -> dict[str, Any]:
    """The template: {{1}} is the text, {{2}} and those after it are what comes back with each button."""
    actions = [{"title": title, "id": f"{{{{{place}}}}}"} for place, title in enumerate(titles, start=2)]
    return {
        "friendly_name": name_of(titles),
        "language": LANGUAGE,
        "variables": {str(place): f"value_{place}" for place in range(1, len(titles) + 2)},
        "types": {"twilio/quick-reply": {"body": "{{1}}", "actions": actions}},
    }


def variables_of(text: str, choices: Sequence[Mapping[str, str]]) -> str:
    """What fills the template, as JSON without apostrophes: Twilio is said to take those for an end."""
    values = [text, *(choice["payload"] for choice in choices)]
    filled = json.dumps({str(place): value for place, value in enumerate(values, start=1)})
    return filled.replace("'", "\\u0027")


class Templates:
    """Those that the account has, looked up once and made where one is missing."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._sids: dict[str, str] = {}
        self._one_at_a_time = asyncio.Lock()

    async def sid_for(self, titles: Sequence[str]) -> str:
        """Twilio's id of the template. Raises NotSent, and what Twilio's library raises if it cannot read."""
        name = name_of(titles)
        async with self._one_at_a_time:
            if name not in self._sids:
                self._sids.update(await self._found())
            if name not in self._sids:
                self._sids[name] = await self._made(titles)
            return self._sids[name]

    def forget(self, titles: Sequence[str]) -> None:
        """Twilio does not know it any more."""
        self._sids.pop(name_of(titles), None)

    async def _found(self) -> dict[str, str]:
        contents = await self._client.content.v1.contents.stream_async(page_size=PAGE_SIZE)
        return {one.friendly_name: one.sid async for one in contents if one.friendly_name.startswith(PREFIX)}

    async def _made(self, titles: Sequence[str]) -> str:
        """Made by a bare request: this version of Twilio's library has no call for it."""
        headers = {"Content-Type": "application/json"}
        body = json.dumps(template_of(titles))
        response = await self._client.request_async("POST", CONTENT, data=body, headers=headers)
        return str(json.loads(response.text)["sid"])
