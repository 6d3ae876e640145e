"""
The website widget's channel: socket.io, one room a conversation, one event a message.

Who somebody is follows from a token that this server issued, and from nothing that a client could choose. A
typed text must never reach Rasa as a command, nor a button that we did not offer in this very conversation.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, response
from socketio import AsyncServer
from socketio.exceptions import ConnectionRefusedError as SocketRefused

from engine import settings
from engine.channels import intake
from engine.channels.fairness import InOrder, Pace, RateLimit
from engine.channels.one_message import OneMessageOutput, semantic_message
from engine.channels.socket_blueprint import SocketBlueprint
from sealing import token
from sealing.keys import read_key

MOST_BYTES = 20_000  # one packet; a text of 2,000 characters fits several times
OnNewMessage = Callable[[UserMessage], Awaitable[Any]]
logger = logging.getLogger(__name__)


class WidgetOutput(OneMessageOutput):
    """Emits `bot_uttered` to the conversation's room, which all of the person's tabs are in."""

    def __init__(self, sio: AsyncServer, buttons_key: bytes) -> None:
        super().__init__(buttons_key)
        self._sio = sio

    @classmethod
    def name(cls) -> str:
        """The channel's name in events."""
        return "widget"

    async def deliver(self, conversation: str, event: dict[str, Any]) -> None:
        """Emit one `bot_uttered`."""
        await self._sio.emit("bot_uttered", event, room=conversation)


@dataclass(frozen=True)
class WidgetSettings:
    """
    Keys (32 bytes each), allowed web origins (never empty), pace, and the sentence for a failure of ours.
    """

    token_key: bytes
    buttons_key: bytes
    origins: tuple[str, ...]
    pace: Pace = field(default_factory=Pace)
    sorry: str = ""


class WidgetInput(InputChannel):
    """Takes what the widget sends and passes it on in order."""

    def __init__(self, options: WidgetSettings, clock: Callable[[], float] = time.monotonic) -> None:
        """clock: seconds, monotonic, for the pace."""
        self._options = options
        self._in_order = InOrder()
        self._rate = RateLimit(options.pace, clock)
        self._conversations: dict[str, str] = {}
        self._sio: Any = None  # the socket.io server, from `blueprint` on

    @classmethod
    def name(cls) -> str:
        """The channel's name in addresses and events."""
        return "widget"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """
        From credentials.yml (pace, sorry), key files and ASKFIRST_PAGE_ORIGINS. Raises KeyMissing,
        KeyInvalid.
        """
        written = credentials or {}
        options = WidgetSettings(
            token_key=read_key(settings.key_file("widget_token.key")),
            buttons_key=read_key(settings.key_file("buttons.key")),
            origins=tuple(settings.page_origins()),
            pace=Pace(**written.get("pace", {})),
            sorry=str(written.get("sorry", "")),
        )
        return cls(options)

    def get_output_channel(self) -> OutputChannel | None:
        """The output for messages that nobody's message caused; None before the server runs."""
        return None if self._sio is None else WidgetOutput(self._sio, self._options.buttons_key)

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Attach socket.io to Rasa's server at /socket.io."""
        self._sio = sio = AsyncServer(
            async_mode="sanic",
            cors_allowed_origins=list(self._options.origins),
            max_http_buffer_size=MOST_BYTES,
        )
        self._pass_on = on_new_message
        sio.on("connect", self._connect)
        sio.on("disconnect", self._disconnect)
        sio.on("user_uttered", self._user_uttered)
        blueprint = SocketBlueprint(sio, "/socket.io", "widget", __name__)
        blueprint.add_route(_health, "/", methods=["GET"])
        return blueprint

    async def _connect(self, sid: str, _environ: Mapping[str, Any], auth: object) -> None:
        given = auth.get("token") if isinstance(auth, dict) else auth
        issued = given or token.issue(self._options.token_key)
        conversation = (
            token.conversation_key(self._options.token_key, issued) if isinstance(issued, str) else None
        )
        if conversation is None:
            raise SocketRefused("invalid_token")
        self._conversations[sid] = conversation
        await self._sio.enter_room(sid, conversation)
        # a task, because the client may hear of its session only after it is connected
        self._sio.start_background_task(self._sio.emit, "session", {"token": issued}, room=sid)

    async def _disconnect(self, sid: str, *_reason: object) -> None:
        self._conversations.pop(sid, None)

    async def _user_uttered(self, sid: str, sent: object = None) -> dict[str, Any]:
        """The acknowledgement: whether the message was taken. It is handled afterwards, in its turn."""
        try:
            conversation, message = self._read(sid, sent)
        except intake.IntakeRefused as refused:
            return {"ok": False, "error": refused.code}
        self._sio.start_background_task(self._handle, conversation, message)
        return {"ok": True}

    def _read(self, sid: str, sent: object) -> tuple[str, intake.Message]:
        """Conversation and message. Raises IntakeRefused."""
        conversation = self._conversations.get(sid)
        if conversation is None or not isinstance(sent, dict):
            raise intake.IntakeRefused("bad_message")
        if not self._rate.allows(conversation):
            raise intake.IntakeRefused("too_fast")
        if "payload" in sent:
            return conversation, intake.pressed(self._options.buttons_key, conversation, sent["payload"])
        return conversation, intake.typed(sent.get("text"))

    async def _handle(self, conversation: str, message: intake.Message) -> None:
        async with self._in_order.turn(conversation):
            await self._sio.emit("typing", {"on": True}, room=conversation)
            try:
                await self._pass_on(self._user_message(conversation, message))
            except Exception as error:  # noqa: BLE001, whatever it was, the person hears of it
                logger.error(  # noqa: TRY400, a traceback could quote the message
                    "A message failed: conversation=%s reason=%s", conversation, type(error).__name__
                )
                await self._say_sorry(conversation)
            finally:
                await self._sio.emit("typing", {"on": False}, room=conversation)

    def _user_message(self, conversation: str, message: intake.Message) -> UserMessage:
        output = WidgetOutput(self._sio, self._options.buttons_key)
        return UserMessage(
            message.text, output, conversation, input_channel=self.name(), metadata=message.metadata
        )

    async def _say_sorry(self, conversation: str) -> None:
        event = semantic_message(self._options.buttons_key, conversation, {"text": self._options.sorry})
        await self._sio.emit("bot_uttered", event, room=conversation)


async def _health(_request: object) -> Any:
    return response.json({"status": "ok"})
