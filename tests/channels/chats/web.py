"""A server of the bank that uses REST for its customer, and somebody with the widget."""

from __future__ import annotations

import queue
import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

import socketio

from sealing.keys import read_key
from sealing.token import conversation_key
from tests.channels.chats.chat import Chat, Message
from tests.live.assistant import Assistant
from tests.live.waiting import SECONDS


class RestChat(Chat):
    """REST has one field for words and buttons."""

    channel = "rest"

    def __init__(self, assistant: Assistant) -> None:
        super().__init__(assistant)
        self.sender = uuid.uuid4().hex

    @property
    def name(self) -> tuple[str, ...]:
        return (self.sender,)

    def type(self, text: str) -> list[Message]:
        return self.assistant.say(self.sender, text)

    def press(self, button: Message) -> list[Message]:
        return self.assistant.say(self.sender, button["payload"])


class WidgetChat(Chat):
    """The socket of the website's widget."""

    channel = "widget"
    also_called: ClassVar[Mapping[str, str]] = {
        "Take something back": "Take back"
    }  # a card has one for each item

    def __init__(self, assistant: Assistant) -> None:
        super().__init__(assistant)
        self.token = assistant.new_token()
        self.client = socketio.Client(websocket_extra_options={"suppress_origin": True}, reconnection=False)
        self.heard: queue.Queue[tuple[str, Any]] = queue.Queue()
        for event in ("bot_uttered", "typing"):
            self.client.on(event, lambda data, event=event: self.heard.put((event, data)))
        self.client.connect(
            assistant.rasa_url, auth={"token": self.token}, transports=["websocket"], wait_timeout=SECONDS
        )

    @property
    def name(self) -> tuple[str, ...]:
        return (self.token,)

    @property
    def conversation(self) -> str:
        key = read_key(self.assistant.var / "keys" / "widget_token.key")
        found = conversation_key(key, self.token)
        assert found is not None
        return found

    def type(self, text: str) -> list[Message]:
        return self._send({"text": text})

    def press(self, button: Message) -> list[Message]:
        return self._send({"payload": button["payload"]})

    def close(self) -> None:
        self.client.disconnect()

    def _send(self, content: dict[str, str]) -> list[Message]:
        id_ = uuid.uuid4().hex
        taken = self.client.call("user_uttered", {"id": id_, **content}, timeout=SECONDS)
        assert taken == {"ok": True, "id": id_}, taken
        said: list[Message] = []
        while True:
            event, data = self._next()
            if event == "bot_uttered":
                said.append(data)
            elif not data["on"]:
                return said

    def _next(self) -> tuple[str, Any]:
        try:
            return self.heard.get(timeout=SECONDS)
        except queue.Empty:
            raise AssertionError(f"after {SECONDS:.0f} s the widget was still not told the end") from None
