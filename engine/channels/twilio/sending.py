"""
Messages over Twilio: bare texts, and texts with buttons, which become bare texts where Twilio refuses them.

Must never lose a choice on the way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from twilio.rest import Client

from engine.channels.apps.app import NotSent
from engine.channels.twilio.calling import Http, readable
from engine.channels.twilio.templates import Templates, variables_of

UNKNOWN_TEMPLATE = "error_21655"


class Sender:
    """One account. The client is made with the first call, in the loop that runs."""

    def __init__(self, account: str, token: str, bases: Mapping[str, str]) -> None:
        """bases: the addresses of "api" and "content". Connects to nothing yet."""
        self._credentials = (account, token)
        self._bases = {name: url.rstrip("/") for name, url in bases.items()}
        self._made: tuple[Client, Templates] | None = None

    async def text(self, ours: str, to: str, text: str) -> str | None:
        """Send a text; Twilio's id of it. Raises NotSent."""
        return await self._create(from_=ours, to=to, body=text)

    async def buttons(
        self, ours: str, to: str, text: str, choices: Sequence[Mapping[str, str]], lines: str
    ) -> str | None:
        """
        Send a text with buttons; Twilio's id of it. Raises NotSent.

        lines: the same choices in the text, in place of buttons that Twilio refuses.
        """
        try:
            return await self._templated(ours, to, text, choices)
        except NotSent as refused:
            if not refused.final:
                raise
        return await self.text(ours, to, f"{text}\n{lines}")

    async def look(self) -> None:
        """Whether the credentials are good. Raises NotSent."""
        account, _ = self._credentials
        with readable():
            await self._client.api.v2010.accounts(account).fetch_async()

    async def webhook_of(self, number: str) -> str | None:
        """Where messages to a number of the account go, if it has that number. Raises NotSent."""
        with readable():
            found = await self._client.incoming_phone_numbers.list_async(phone_number=number, limit=1)
        return (found[0].sms_url or None) if found else None

    async def close(self) -> None:
        """Give the connections back."""
        if self._made is not None:
            await self._client.http_client.close()
            self._made = None

    async def _templated(
        self, ours: str, to: str, text: str, choices: Sequence[Mapping[str, str]]
    ) -> str | None:
        titles = [choice["title"] for choice in choices]
        with readable():
            sid = await self._templates.sid_for(titles)
        try:
            filled = variables_of(text, choices)
            return await self._create(from_=ours, to=to, content_sid=sid, content_variables=filled)
        except NotSent as refused:
            if refused.reason == UNKNOWN_TEMPLATE:
                self._templates.forget(titles)
            raise

    async def _create(self, **message: Any) -> str | None:
        with readable():
            created = await self._client.messages.create_async(**message)
        return str(created.sid) if created.sid else None

    @property
    def _client(self) -> Client:
        return self._connected()[0]

    @property
    def _templates(self) -> Templates:
        return self._connected()[1]

    def _connected(self) -> tuple[Client, Templates]:
        if self._made is None:
            client = Client(*self._credentials, http_client=Http(self._bases))
            self._made = (client, Templates(client))
        return self._made
