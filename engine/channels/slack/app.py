"""
Slack as one of the messaging apps: https://docs.slack.dev/apis/events-api.

Must never take a request without Slack's signature of the last five minutes, and never ask anything in a
channel.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import ClassVar
from urllib.parse import urlencode, urlsplit

from slack_sdk.signature import Clock, SignatureVerifier

from engine.channels.apps.app import Account, Address, App, Call, Rendered, Shown
from engine.channels.apps.incoming import Incoming, NotGenuine, Reply, Request
from engine.channels.apps.needs import Needs
from engine.channels.apps.said import Said
from engine.channels.apps.words import Words
from engine.channels.slack import rendering
from engine.channels.slack.calling import TIMEOUT_SECONDS, Caller
from engine.channels.slack.reading import incoming_of, loaded

TOKEN = "ASKFIRST_SLACK_TOKEN"  # noqa: S105, the name of a variable
SIGNING_SECRET = "ASKFIRST_SLACK_SIGNING_SECRET"  # noqa: S105
API_URL = "ASKFIRST_SLACK_API_URL"
SIGNATURE = "x-slack-signature"
TIMESTAMP = "x-slack-request-timestamp"
PRIVATE_CHAT = "https://slack.com/app_redirect"

_SECONDS = re.compile(r"[0-9]{1,12}")


class _At(Clock):
    """A clock that stands still."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def now(self) -> float:
        return self._seconds


class SlackApp(App):
    """Direct messages with an app on Slack."""

    name = "slack"
    needs = Needs(
        own=(TOKEN, SIGNING_SECRET),
        optional={API_URL: "https://slack.com/api/"},
        patterns={TOKEN: r"xoxb-[A-Za-z0-9_-]+", SIGNING_SECRET: r"[!-~]{16,}"},
    )
    timeout_seconds: ClassVar[float] = TIMEOUT_SECONDS

    def __init__(self, values: Mapping[str, str], words: Words) -> None:
        """Connects to nothing yet."""
        super().__init__(values, words)
        self._caller = Caller(values[TOKEN], values[API_URL], self.timeout_seconds)

    def verify(self, request: Request, now: float) -> None:
        """Slack signs the time and the body, byte for byte; what is older than five minutes is a replay."""
        stamp, given = request.headers.get(TIMESTAMP, ""), request.headers.get(SIGNATURE, "")
        if not _SECONDS.fullmatch(stamp) or not given.isascii():
            raise NotGenuine("no_signature", 401)
        try:
            genuine = self._verifier(now).is_valid(request.body, stamp, given)
        except UnicodeDecodeError:
            genuine = False
        if not genuine:
            raise NotGenuine("wrong_signature", 401)

    def handshake(self, request: Request) -> Reply | None:
        """Slack asks for its challenge back when the address is entered."""
        asked = loaded(request.body)
        challenge = asked.get("challenge")
        if asked.get("type") != "url_verification" or not isinstance(challenge, str):
            return None
        return Reply(200, challenge)

    def read(self, request: Request, now: float) -> list[Incoming]:
        """An event, or the buttons that somebody pressed."""
        del now
        return incoming_of(request.body)

    def render(self, said: Said, address: Address, first: int) -> Rendered:
        """Buttons below the text; nothing is numbered."""
        del first
        return rendering.rendered(said, address["channel"], self.words)

    def retire(self, shown: Shown, outcome: str, address: Address) -> Call | None:
        """The message stays, its buttons go."""
        return rendering.retired(shown, outcome, address["channel"], self.words)

    def not_theirs(self, incoming: Incoming) -> list[Call]:
        """Said where the button was, in sight of the one who pressed only."""
        return [_aside(incoming.address, self.words.say("not_yours"), optional=True)]

    def offer_private(self, incoming: Incoming) -> list[Call]:
        """Said in the channel, in sight of the one who wrote only."""
        address = incoming.address
        query = {"app": address.get("app", ""), "team": address.get("team", "")}
        link = f"{PRIVATE_CHAT}?{urlencode(query)}"
        return [_aside(address, self.words.say("private_only", link=link))]

    async def perform(self, call: Call) -> str | None:
        """Send one call; the time stamp of the message. Raises NotSent."""
        return await self._caller.perform(call)

    async def account(self) -> Account:
        """Whether the token is good; where events go Slack does not tell. Raises NotSent."""
        await self._caller.ask("auth.test", {})
        return Account()

    def nothing_new(self, url: str, now: float) -> Request:
        """The question for a challenge, which is answered and says nothing else."""
        body = json.dumps({"type": "url_verification", "challenge": "check"}).encode()
        stamp = str(int(now))
        signature = self._verifier(now).generate_signature(timestamp=stamp, body=body)
        headers = {"content-type": "application/json", TIMESTAMP: stamp, SIGNATURE: str(signature)}
        return Request("POST", urlsplit(url).path, headers, body)

    async def close(self) -> None:
        """Give the connection back."""
        await self._caller.close()

    def _verifier(self, now: float) -> SignatureVerifier:
        return SignatureVerifier(self.values[SIGNING_SECRET], _At(now))


def _aside(address: Address, text: str, *, optional: bool = False) -> Call:
    """A message that only one person sees."""
    place = address.get("place", address["channel"])
    args = {"channel": place, "user": address["user"], "text": text}
    return Call("chat.postEphemeral", args, optional=optional)
