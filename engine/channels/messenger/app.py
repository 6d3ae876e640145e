"""
Facebook Messenger as a messaging app: private threads of one page.

Must never decide anything, nor keep what Meta calls a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar
from urllib.parse import urlsplit

from engine.channels.apps.app import Account, Address, App, Call, Rendered
from engine.channels.apps.incoming import Incoming, NotGenuine, Reply, Request
from engine.channels.apps.needs import Needs
from engine.channels.apps.said import Said
from engine.channels.apps.words import Words
from engine.channels.messenger import reading, rendering, signing
from engine.channels.messenger.calling import Graph

PAGE_TOKEN = "ASKFIRST_MESSENGER_PAGE_TOKEN"  # noqa: S105, a name
APP_SECRET = "ASKFIRST_MESSENGER_APP_SECRET"  # noqa: S105, a name
VERIFY_TOKEN = "ASKFIRST_MESSENGER_VERIFY_TOKEN"  # noqa: S105, a name
API_URL = "ASKFIRST_MESSENGER_API_URL"

MOST_ECHOED = 200
"""Characters of the challenge that go back."""

NOTHING = b'{"object":"page","entry":[]}'


class MessengerApp(App):
    """One Facebook page."""

    name: ClassVar[str] = "messenger"
    needs: ClassVar[Needs] = Needs(
        own=(PAGE_TOKEN, APP_SECRET, VERIFY_TOKEN),
        optional={API_URL: "https://graph.facebook.com/v25.0"},
        patterns={PAGE_TOKEN: r"\S+", APP_SECRET: r"\S{16,}", VERIFY_TOKEN: r"[A-Za-z0-9_-]{16,}"},
    )

    def __init__(self, values: Mapping[str, str], words: Words) -> None:
        """Connects to nothing yet."""
        super().__init__(values, words)
        self._graph = Graph(values[API_URL], values[PAGE_TOKEN])

    def verify(self, request: Request, now: float) -> None:
        """Raise NotGenuine unless it is signed, or asks for the subscription with our token."""
        del now  # each event says when it was: `read` leaves stale ones out
        if request.method == "GET":
            signing.check_subscription(request, self.values[VERIFY_TOKEN])
        elif request.method == "POST":
            signing.check_signature(request, self.values[APP_SECRET])
        else:
            raise NotGenuine("wrong_method")

    def handshake(self, request: Request) -> Reply | None:
        """The challenge of a subscription, as plain text."""
        if request.method != "GET":
            return None
        return Reply(200, request.query.get("hub.challenge", "")[:MOST_ECHOED])

    def read(self, request: Request, now: float) -> list[Incoming]:
        """Every event of every entry."""
        return reading.read(request.body, now)

    def render(self, said: Said, address: Address, first: int) -> Rendered:
        """Texts with quick replies."""
        return rendering.render(said, address["recipient"], self.words, first)

    async def perform(self, call: Call) -> str | None:
        """Send one call. Raises NotSent."""
        if call.method == rendering.DOCUMENT:
            return await self._graph.send_file(**call.args)
        return await self._graph.send(call.args)

    async def account(self) -> Account:
        """Asks for the page's name. Meta tells a page's token nothing of the webhook. Raises NotSent."""
        await self._graph.look()
        return Account()

    def nothing_new(self, url: str, now: float) -> Request:
        """A signed request without an entry."""
        del now
        headers = {
            "content-type": "application/json",
            signing.HEADER: signing.signature(self.values[APP_SECRET], NOTHING),
        }
        return Request("POST", urlsplit(url).path, headers, NOTHING)

    async def close(self) -> None:
        """Give connections back."""
        await self._graph.close()
