"""
The base of our outputs: one thing that the assistant says is one event, whole.

Stock connectors split a text at blank lines and send buttons and custom data apart. Buttons leave here sealed
for their conversation; a payload without a seal must never go out.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rasa.core.channels.channel import OutputChannel

from engine.conversations.forms import instant
from sealing.button import seal
from sealing.tagging import as_bytes, tag


class OneMessageOutput(OutputChannel):
    """Turns each of Rasa's messages into {id, at, text, buttons, custom} and hands it to `deliver`."""

    def __init__(self, buttons_key: bytes) -> None:
        """buttons_key: 32 bytes that seal buttons."""
        self._buttons_key = buttons_key

    async def deliver(self, conversation: str, event: dict[str, Any]) -> None:
        """Send one event to the conversation. Subclasses say how."""
        raise NotImplementedError

    async def send_response(self, recipient_id: str, message: Mapping[str, Any]) -> None:
        """Rasa's way in: one message with all that belongs to it."""
        event = semantic_message(self._buttons_key, recipient_id, message)
        if event["text"] or event["buttons"] or event["custom"]:
            await self.deliver(recipient_id, event)

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Rasa's way in for bare texts, and what its other methods fall back to."""
        await self.send_response(recipient_id, {**kwargs, "text": text})


class Collected(OneMessageOutput):
    """Keeps what the assistant says in one turn until it may go out."""

    def __init__(self, buttons_key: bytes, channel: str) -> None:
        """channel: its name in events."""
        super().__init__(buttons_key)
        self.name = lambda: channel
        self.said: list[dict[str, Any]] = []

    async def deliver(self, _conversation: str, event: dict[str, Any]) -> None:
        """Keep one event."""
        self.said.append(event)

    def take_back(self) -> None:
        """Nothing of it holds."""
        self.said.clear()


def forgets(said: Iterable[Mapping[str, Any]]) -> bool:
    """Whether one of these events says that the person was erased."""
    return any((event.get("custom") or {}).get("kind") == "certificate" for event in said)


def semantic_message(buttons_key: bytes, conversation: str, message: Mapping[str, Any]) -> dict[str, Any]:
    """
    The event for one of Rasa's messages: its id, when it was said, the text as it is, sealed buttons, custom
    data or None.

    A button without a payload sends its title, sealed as well.
    """
    buttons = message.get("buttons") or message.get("quick_replies") or []
    at = instant(message.get("timestamp") or time.time())
    return told(buttons_key, conversation, at, message.get("text") or "", buttons, message.get("custom"))


def told(
    key: bytes, conversation: str, at: str, text: str, buttons: Sequence[Mapping[str, Any]], custom: Any
) -> dict[str, Any]:
    """The event, whether it is said now or shown again: the same message has the same id each time."""
    return {
        "id": tag(key, "message", as_bytes(conversation), as_bytes(at), as_bytes(text))[:16].hex(),
        "at": at,
        "text": text,
        "buttons": [_sealed(key, conversation, button) for button in buttons],
        "custom": custom or None,
    }


def _sealed(key: bytes, conversation: str, button: Mapping[str, Any]) -> dict[str, str]:
    title = str(button.get("title", ""))
    return {"title": title, "payload": seal(key, conversation, str(button.get("payload") or title))}
