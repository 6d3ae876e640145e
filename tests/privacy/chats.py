"""
A person in front of a channel: types, presses a button, and gets what the assistant says.

One for each channel that there is. Must never print or keep anything outside this process.
"""

from __future__ import annotations

import queue
import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import socketio

from tests.live.servers import Stack

SECONDS = 60.0
Messages = list[dict[str, Any]]


class Chat(ABC):
    """What was said is remembered, so that a button of any message can be pressed."""

    def __init__(self, metadata: str) -> None:
        """metadata: what the client adds to each message although nobody asks for it."""
        self.metadata = metadata
        self.rounds: list[Messages] = []

    @abstractmethod
    def send(self, text: str, *, button: bool) -> Messages:
        """One message to the assistant, and all that comes back."""

    def say(self, text: str) -> Messages:
        """Type it."""
        self.rounds.append(self.send(text, button=False))
        return self.rounds[-1]

    def press(self, title: str) -> Messages:
        """Press the newest button with this title. Raises AssertionError if there is none."""
        for messages in reversed(self.rounds):
            for message in reversed(messages):
                for button in message.get("buttons") or ():
                    if button["title"] == title:
                        self.rounds.append(self.send(button["payload"], button=True))
                        return self.rounds[-1]
        raise AssertionError(f"no button {title!r} was offered")


class RestChat(Chat):
    """A server of the bank that passes on what its customer types."""

    def __init__(self, stack: Stack, sender: str, metadata: str) -> None:
        super().__init__(metadata)
        self.stack, self.sender = stack, sender

    def send(self, text: str, *, button: bool) -> Messages:
        """The REST channel has one field for both."""
        extra = {"metadata": {"note": self.metadata}, "input_channel": self.metadata}
        answer = self.stack.post({"sender": self.sender, "message": text, **extra})
        assert answer.status_code == 200, f"{answer.status_code} {answer.text}"
        return list(answer.json())


class WidgetChat(Chat):
    """The website's widget, as its socket speaks."""

    def __init__(self, client: socketio.Client, metadata: str) -> None:
        super().__init__(metadata)
        self.client = client
        self.heard: queue.Queue[tuple[str, Any]] = queue.Queue()
        for event in ("bot_uttered", "typing"):
            client.on(event, lambda data, event=event: self.heard.put((event, data)))

    def send(self, text: str, *, button: bool) -> Messages:
        """Text and buttons have fields of their own; typing that ends is the end of the turn."""
        id_ = uuid.uuid4().hex
        extra = {"metadata": self.metadata, "session_id": self.metadata}
        body = {"id": id_, "payload" if button else "text": text, **extra}
        taken = self.client.call("user_uttered", body, timeout=SECONDS)
        assert taken == {"ok": True, "id": id_}, taken
        return list(self._until_silent())

    def _until_silent(self) -> Iterator[dict[str, Any]]:
        while True:
            event, data = self.heard.get(timeout=SECONDS)
            if event == "bot_uttered":
                yield data
            elif data == {"on": False}:
                return


@contextmanager
def widget(stack: Stack, metadata: str) -> Iterator[WidgetChat]:
    """A widget that is connected for the block."""
    client = socketio.Client(reconnection=False, websocket_extra_options={"origin": stack.portal_url})
    chat = WidgetChat(client, metadata)
    session = httpx.post(f"{stack.portal_url}/api/session", json={}, trust_env=False).json()
    auth = {"token": session["token"]}
    client.connect(stack.rasa_url, auth=auth, transports=["websocket"], wait_timeout=SECONDS)
    try:
        yield chat
    finally:
        client.disconnect()
