"""
The REST channel, for servers of the bank and for tests: at Rasa's usual path, with a bearer secret.

The sender's name is the calling server's matter and never enters Rasa: a pseudonym does. Errors are JSON with
a code and must never quote what was sent.
"""

from __future__ import annotations

import hmac
import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from engine.channels import intake
from engine.channels.fairness import Allowance, InOrder, Pace, RateLimit
from engine.channels.one_message import Collected, forgets
from engine.channels.rest_repeats import ToTheEnd, answered_before, request_id
from engine.conversations.forms import instant
from sealing.keys import read_key, read_secret
from sealing.person import pseudonym
from settings import read_settings

MOST_BYTES = 16_384
LONGEST_SENDER = 256
STATUS = {"bad_message": 400, "too_long": 413, "too_fast": 429, "too_much": 429}
OnNewMessage = Callable[[UserMessage], Awaitable[Any]]
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class RestSettings:
    """The bearer secret, the keys (32 bytes each) and the pace."""

    secret: str
    person_key: bytes
    buttons_key: bytes
    pace: Pace = field(default_factory=Pace)
    bytes_per_day: float = inf


@dataclass(frozen=True)
class Asked:
    """A request: whose it is, in which conversation, what it says, when it came (ISO 8601, UTC), its id."""

    sender: str
    conversation: str
    message: intake.Message
    received_at: str
    id: str | None = None


class RestBlueprint(Blueprint):
    """A blueprint that bounds what the web server reads before anybody looked at the secret."""

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        """Called by the web server."""
        app.config.REQUEST_MAX_SIZE = 8 * MOST_BYTES
        super().register(app, options)


class RestInput(InputChannel):
    """POST /webhooks/rest/webhook: {sender, message, id?} in, a list of messages out."""

    def __init__(self, options: RestSettings, clock: Callable[[], float] = time.monotonic) -> None:
        """clock: seconds, monotonic, for the pace."""
        self._options = options
        self._in_order = InOrder()
        self._to_the_end = ToTheEnd[HTTPResponse]()
        self._rate = RateLimit(options.pace, clock)
        self._allowance = Allowance(options.bytes_per_day, clock)

    @classmethod
    def name(cls) -> str:
        """The channel's name in addresses and events."""
        return "rest"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """From credentials.yml (pace) and key files. Raises KeyMissing, KeyInvalid."""
        settings = read_settings()
        options = RestSettings(
            secret=read_secret(settings.keys / "rest.secret"),
            person_key=read_key(settings.keys / "person.key"),
            buttons_key=read_key(settings.keys / "buttons.key"),
            pace=Pace(**(credentials or {}).get("pace", {})),
            bytes_per_day=settings.kept_bytes_per_day,
        )
        return cls(options)

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The routes."""
        blueprint = RestBlueprint("rest", __name__)

        @blueprint.route("/", methods=["GET"])
        async def health(_request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @blueprint.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            if not self._is_authorized(request):
                return _error("unauthorized", 401, {"WWW-Authenticate": "Bearer"})
            try:
                asked = self._read(request.body)
            except intake.IntakeRefused as refused:
                return _error(refused.code, STATUS[refused.code])
            store = getattr(getattr(request.app.ctx, "agent", None), "tracker_store", None)
            return await self._to_the_end.of(self._answer(on_new_message, store, asked))

        return blueprint

    def _is_authorized(self, request: Request) -> bool:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(
            given.encode("utf-8", "replace"), f"Bearer {self._options.secret}".encode()
        )

    def _read(self, body: bytes) -> Asked:
        """What a request's body asks, received now. Raises IntakeRefused."""
        received_at = instant(time.time())
        fields = _fields(body)
        sender = fields.get("sender")
        if not isinstance(sender, str) or not 0 < len(sender) <= LONGEST_SENDER:
            raise intake.IntakeRefused("bad_message")
        conversation = pseudonym(self._options.person_key, "rest", sender)
        if not self._rate.allows(conversation):
            raise intake.IntakeRefused("too_fast")
        message = intake.either(self._options.buttons_key, conversation, fields.get("message"))
        if not self._allowance.allows(conversation, message.text):
            raise intake.IntakeRefused("too_much")
        return Asked(sender, conversation, message, received_at, request_id(fields))

    async def _answer(self, pass_on: OnNewMessage, store: object, asked: Asked) -> HTTPResponse:
        output = Collected(self._options.buttons_key, self.name())
        try:
            async with self._in_order.turn(asked.conversation) as may_be_read:
                if not may_be_read:
                    return response.json([])
                again = await answered_before(store, self._options.buttons_key, asked.conversation, asked.id)
                if again is None:
                    await pass_on(_user_message(asked, output))
                    if forgets(output.said):
                        self._in_order.forget(asked.conversation)
        except Exception as error:  # noqa: BLE001, whatever it was, the caller hears of it
            logger.error(  # noqa: TRY400, a traceback could quote the message
                "A message failed: conversation=%s reason=%s", asked.conversation, type(error).__name__
            )
            return _error("failed", 503)
        return response.json([_answer(asked.sender, event) for event in again or output.said])


def _answer(sender: str, event: Mapping[str, Any]) -> dict[str, Any]:
    """One message, under the sender's own name."""
    return {"recipient_id": sender, **{key: event[key] for key in ("text", "buttons", "custom")}}


def _user_message(asked: Asked, output: Collected) -> UserMessage:
    return UserMessage(
        asked.message.text,
        output,
        asked.conversation,
        input_channel=RestInput.name(),
        message_id=asked.id,
        metadata={**asked.message.metadata, "received_at": asked.received_at},
    )


def _fields(body: bytes) -> dict[str, Any]:
    if len(body) > MOST_BYTES:
        raise intake.IntakeRefused("too_long")
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        raise intake.IntakeRefused("bad_message") from None
    if not isinstance(fields, dict):
        raise intake.IntakeRefused("bad_message")
    return fields


def _error(code: str, status: int, headers: dict[str, str] | None = None) -> HTTPResponse:
    return response.json({"error": code}, status=status, headers=headers)
