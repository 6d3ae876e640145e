"""
WhatsApp and SMS as messaging apps, both over Twilio: one number of ours each.

Must never decide anything, answer within Twilio's own request, nor keep a person's number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from engine.channels.apps.app import Account, Address, App, Call, Rendered
from engine.channels.apps.incoming import Incoming, Reply, Request
from engine.channels.apps.needs import PUBLIC_URL, Needs
from engine.channels.apps.said import Said
from engine.channels.apps.words import Words
from engine.channels.twilio import reading, rendering, signing
from engine.channels.twilio.sending import Sender

ACCOUNT_SID = "ASKFIRST_TWILIO_ACCOUNT_SID"
AUTH_TOKEN = "ASKFIRST_TWILIO_AUTH_TOKEN"  # noqa: S105, a name
API_URL = "ASKFIRST_TWILIO_API_URL"
CONTENT_URL = "ASKFIRST_TWILIO_CONTENT_URL"
WHATSAPP_NUMBER = "ASKFIRST_WHATSAPP_NUMBER"
SMS_NUMBER = "ASKFIRST_SMS_NUMBER"


def _needs(number: str) -> Needs:
    return Needs(
        own=(number,),
        shared=(ACCOUNT_SID, AUTH_TOKEN, PUBLIC_URL),
        optional={API_URL: "https://api.twilio.com", CONTENT_URL: "https://content.twilio.com"},
        patterns={number: reading.NUMBER, ACCOUNT_SID: r"AC[0-9a-f]{32}", AUTH_TOKEN: r"\S{16,}"},
    )


class TwilioApp(App):
    """What both have in common."""

    number: ClassVar[str]
    """The variable with our number."""

    prefix: ClassVar[str] = ""
    """What stands before numbers."""

    taken: ClassVar[Reply] = Reply(200, "<Response></Response>", "text/xml")

    def __init__(self, values: Mapping[str, str], words: Words) -> None:
        """Connects to nothing yet."""
        super().__init__(values, words)
        self._line = reading.Line(values[ACCOUNT_SID], values[self.number], self.prefix)
        bases = {"api": values[API_URL], "content": values[CONTENT_URL]}
        self._sender = Sender(values[ACCOUNT_SID], values[AUTH_TOKEN], bases)
        self._public_url = values[PUBLIC_URL].rstrip("/")

    def verify(self, request: Request, now: float) -> None:
        """Raise NotGenuine unless Twilio signed it. Its signature holds no time: ids tell a repetition."""
        del now
        signing.check(request, self._public_url, self.values[AUTH_TOKEN])

    def read(self, request: Request, now: float) -> list[Incoming]:
        """The message of a person to our number."""
        del now
        return reading.read(request.body, self._line)

    async def perform(self, call: Call) -> str | None:
        """Send one message. Raises NotSent."""
        args, ours = call.args, self._line.ours
        if call.method == rendering.QUICK_REPLY:
            return await self._sender.buttons(
                ours, args["to"], args["text"], args["choices"], args["numbered"]
            )
        return await self._sender.text(ours, args["to"], args["text"])

    async def account(self) -> Account:
        """Asks for the account. Raises NotSent."""
        await self._sender.look()
        return Account()

    def nothing_new(self, url: str, now: float) -> Request:
        """A signed form that names the account and no message."""
        del now
        fields = {"AccountSid": self.values[ACCOUNT_SID]}
        return signing.signed(url, self._public_url, fields, self.values[AUTH_TOKEN])

    async def close(self) -> None:
        """Give connections back."""
        await self._sender.close()


class WhatsAppApp(TwilioApp):
    """One WhatsApp sender."""

    name: ClassVar[str] = "whatsapp"
    number: ClassVar[str] = WHATSAPP_NUMBER
    prefix: ClassVar[str] = "whatsapp:"
    needs: ClassVar[Needs] = _needs(WHATSAPP_NUMBER)

    def render(self, said: Said, address: Address, first: int) -> Rendered:
        """Texts with up to three buttons."""
        return rendering.render_whatsapp(said, address["to"], self.words, first)


class SmsApp(TwilioApp):
    """One phone number."""

    name: ClassVar[str] = "sms"
    number: ClassVar[str] = SMS_NUMBER
    needs: ClassVar[Needs] = _needs(SMS_NUMBER)

    def render(self, said: Said, address: Address, first: int) -> Rendered:
        """Texts with numbered choices."""
        return rendering.render_sms(said, address["to"], self.words, first)

    async def account(self) -> Account:
        """Asks for the account, and where messages to our number go. Raises NotSent."""
        await self._sender.look()
        return Account(webhook=await self._sender.webhook_of(self.values[SMS_NUMBER]))
