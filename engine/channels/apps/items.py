"""
One event of an app as it waits for its turn: a message for Rasa, or a sentence of ours in answer.

Made at once when it comes in: a number means what it stood for at that moment. JSON, sealed wherever it is
kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from engine.channels import intake
from engine.channels.apps.incoming import Incoming
from engine.channels.apps.thread import Thread


@dataclass(frozen=True)
class Item:
    """
    `text` and `metadata` are for Rasa. `notice`: a key of our own words instead; then nothing goes to Rasa.

    `number`: in the journal.
    """

    event: str
    address: Mapping[str, Any] = field(repr=False)
    text: str = field(default="", repr=False)
    metadata: Mapping[str, Any] = field(default_factory=dict, repr=False)
    notice: str | None = None
    pressed_on: str | None = field(default=None, repr=False)
    silent: bool = False
    number: int | None = None

    @property
    def title(self) -> str:
        """The title of the button that was pressed; "" for words."""
        return str(self.metadata.get("title") or "")

    def as_json(self) -> dict[str, Any]:
        """Without the number, which the journal gives."""
        return {
            "event": self.event,
            "address": dict(self.address),
            "text": self.text,
            "metadata": dict(self.metadata),
            "notice": self.notice,
            "pressed_on": self.pressed_on,
            "silent": self.silent,
        }


def item_of(
    incoming: Incoming, *, event: str, conversation: str, buttons_key: bytes, thread: Thread, at: datetime
) -> Item | None:
    """
    What an event comes to; None for a press of a button that was not offered in this conversation.

    event: the key under which it is known. buttons_key: 32 bytes. at: aware, UTC; when it came in, which
    counts unless it was written earlier.
    """
    here = Item(event, incoming.address, silent=incoming.silent)
    at = _written(incoming, at)
    try:
        message, title, shown = _message(incoming, conversation, buttons_key, thread, at)
    except intake.IntakeRefused as refused:
        if incoming.press is not None:
            return None
        return replace(here, notice="too_long" if refused.code == "too_long" else "only_text")
    noted = {"received_at": at.isoformat(timespec="microseconds"), **({"title": title} if title else {})}
    metadata = {**message.metadata, **noted}
    return replace(here, text=message.text, metadata=metadata, pressed_on=shown)


def _written(incoming: Incoming, at: datetime) -> datetime:
    """When the message was written, as far as the app says so; never later than it came in."""
    if incoming.written_by is None or incoming.written_by >= at.timestamp():
        return at
    return datetime.fromtimestamp(max(incoming.written_by, 0.0), UTC)


def _message(
    incoming: Incoming, conversation: str, key: bytes, thread: Thread, at: datetime
) -> tuple[intake.Message, str, str | None]:
    """The message, the title of its button, and the message whose button it was. Raises IntakeRefused."""
    if incoming.command is not None:
        return intake.Message(incoming.command, button=False, command=True), "", None
    is_typed = incoming.press is None
    meant = thread.typed(incoming.text or "", at) if is_typed else thread.meant(incoming.press or "")
    if meant is None and is_typed:
        return intake.typed(incoming.text), "", None
    payload = meant.payload if meant else incoming.press
    title = meant.title if meant else thread.titles.get(str(incoming.press), "")
    return intake.pressed(key, conversation, payload), title, incoming.pressed_on
