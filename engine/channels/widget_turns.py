"""
What the widget's people say: taken once, in order and at a human pace, passed on to Rasa, shown to all tabs.

A typed text must never reach Rasa as a command, nor a button that we did not offer in this very conversation.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rasa.core.channels.channel import UserMessage
from socketio import AsyncServer

from engine.channels import intake, replay
from engine.channels.fairness import Allowance, InOrder, Pace, RateLimit
from engine.channels.one_message import Collected, OneMessageOutput, forgets
from engine.channels.presence import Live, Presence
from engine.conversations.forms import instant
from settings import Settings, read_settings

NAME = "widget"
OnNewMessage = Callable[[UserMessage], Awaitable[Any]]
logger = logging.getLogger(__name__)


class WidgetOutput(OneMessageOutput):
    """Emits `bot_uttered` to the conversation's room, which all of the person's tabs are in."""

    def __init__(self, sio: AsyncServer, buttons_key: bytes, presence: Presence) -> None:
        super().__init__(buttons_key)
        self._sio = sio
        self._presence = presence

    @classmethod
    def name(cls) -> str:
        """The channel's name in events."""
        return NAME

    async def deliver(self, conversation: str, event: dict[str, Any]) -> None:
        """Emit one `bot_uttered`."""
        live = self._presence.get(conversation)
        if live is None:  # no tab is there, and nothing that is under way
            return
        async with live.telling:
            if live.handling:
                live.said(replay.assistant_said(event))
            await self._sio.emit("bot_uttered", event, room=conversation)


@dataclass(frozen=True)
class WidgetSettings:
    """
    Keys (32 bytes each), allowed web origins (never empty), pace, the sentence for a failure of ours, and the
    language in which the assistant speaks.
    """

    token_key: bytes
    buttons_key: bytes
    origins: tuple[str, ...]
    pace: Pace = field(default_factory=Pace)
    sorry: str = ""
    language: str = "en"
    settings: Settings = field(default_factory=read_settings)


class Turns:
    """The messages of all conversations, one after the other in each."""

    def __init__(
        self,
        sio: AsyncServer,
        options: WidgetSettings,
        presence: Presence,
        pass_on: OnNewMessage,
        clock: Callable[[], float],
    ) -> None:
        """clock: seconds, monotonic, for the pace."""
        self._sio = sio
        self._options = options
        self._presence = presence
        self._pass_on = pass_on
        self._in_order = InOrder()
        self._rate = RateLimit(options.pace, clock)
        self._allowance = Allowance(options.settings.kept_bytes_per_day, clock)

    def output(self) -> WidgetOutput:
        """The way out for what the assistant says."""
        return WidgetOutput(self._sio, self._options.buttons_key, self._presence)

    def pace(self, conversation: str) -> None:
        """Count one more message. Raises IntakeRefused("too_fast")."""
        if not self._rate.allows(conversation):
            raise intake.IntakeRefused("too_fast")

    def take(self, conversation: str, sent: object) -> dict[str, Any]:
        """Take a message, unless it was taken before; returns the acknowledgement. Raises IntakeRefused."""
        live = self._presence.get(conversation)
        id_ = intake.message_id(sent)
        if live is None or not isinstance(sent, dict):
            raise intake.IntakeRefused("bad_message")
        if id_ in live.ids:
            return {"ok": True, "id": id_, "repeated": True}
        message, shown = self._read(conversation, live, sent)
        if not self._allowance.allows(conversation, message.text):
            raise intake.IntakeRefused("too_much")
        said = replay.person_said(id_, instant(time.time()), shown)
        live.handling += 1
        live.said(said)
        self._sio.start_background_task(self._handle, conversation, live, message, said)
        return {"ok": True, "id": id_}

    def _read(self, conversation: str, live: Live, sent: Mapping[str, Any]) -> tuple[intake.Message, str]:
        """The message, and how it is shown: "" if it is not. Raises IntakeRefused."""
        if "payload" in sent:
            message = intake.pressed(self._options.buttons_key, conversation, sent["payload"])
            return message, live.titles.get(sent["payload"], "")
        message = intake.typed(sent.get("text"))
        return message, "" if message.command else message.text

    async def _handle(
        self, conversation: str, live: Live, message: intake.Message, said: replay.Shown
    ) -> None:
        if said["text"]:
            shown = {key: said[key] for key in ("id", "at", "text")}
            await self._tell(live, conversation, "user_said", shown)
        async with self._in_order.turn(conversation) as may_be_read:
            if not may_be_read:
                self._presence.finish(conversation)
                return
            await self._tell(live, conversation, "typing", {"on": True})
            output = Collected(self._options.buttons_key, NAME)
            try:
                await self._pass_on(_user_message(output, conversation, message, said))
                if forgets(output.said):
                    self._in_order.forget(conversation)
                for event in output.said:
                    await self.output().deliver(conversation, event)
            except Exception as error:  # noqa: BLE001, whatever it was, the person hears of it
                logger.error(  # noqa: TRY400, a traceback could quote the message
                    "A message failed: conversation=%s reason=%s", conversation, type(error).__name__
                )
                live.ids.pop(said["id"], None)
                await self.output().send_text_message(conversation, self._options.sorry)
            finally:
                self._presence.finish(conversation)
                await self._tell(live, conversation, "typing", {"on": False})

    async def _tell(self, live: Live, conversation: str, event: str, content: Mapping[str, Any]) -> None:
        """Tell all tabs, but none in the middle of what it is told of before."""
        async with live.telling:
            await self._sio.emit(event, content, room=conversation)


def _user_message(
    output: Collected, conversation: str, message: intake.Message, said: replay.Shown
) -> UserMessage:
    pressed = {"title": said["text"]} if message.button and said["text"] else {}
    return UserMessage(
        message.text,
        output,
        conversation,
        input_channel=NAME,
        message_id=said["id"],
        metadata={**message.metadata, **pressed, "received_at": said["at"]},
    )
