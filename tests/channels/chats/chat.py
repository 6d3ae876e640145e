"""
A person in front of a channel: types, presses what is shown, and reads what comes. One class a channel.

What they see has one form for all channels: {text, buttons: [{title, payload}]}. It never looks into a store.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

import httpx

from sealing.keys import read_key
from sealing.person import pseudonym
from tests.channels.fakes.server import Provider
from tests.channels.webhooks import Hook
from tests.live.assistant import Assistant
from tests.live.waiting import eventually

Message = dict[str, Any]


class Chat(ABC):
    """One person in one chat."""

    channel: str
    presses_anything = True
    """Whether a button of any earlier message can be pressed, or only what the last question shows."""

    also_called: ClassVar[Mapping[str, str]] = {}
    """What a button is called here that has another title elsewhere: how its title begins."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant

    @abstractmethod
    def type(self, text: str) -> list[Message]:
        """Type it; what comes back."""

    @abstractmethod
    def press(self, button: Message) -> list[Message]:
        """Press a button that was shown; what comes back."""

    @property
    @abstractmethod
    def name(self) -> tuple[str, ...]:
        """What the channel calls the person."""

    @property
    def conversation(self) -> str:
        """The conversation's id behind the channel."""
        key = read_key(self.assistant.var / "keys" / "person.key")
        return pseudonym(key, self.channel, *self.name)

    @property
    def person_id(self) -> str:
        """The person's pseudonym in the consent store."""
        return pseudonym(read_key(self.assistant.var / "keys" / "person.key"), "person", self.conversation)

    def close(self) -> None:  # noqa: B027, most have nothing to close
        """Go away."""


class AppChat(Chat):
    """Somebody in a messaging app: writes by webhook, reads what the app's fake was sent."""

    def __init__(self, assistant: Assistant, provider: Provider) -> None:
        super().__init__(assistant)
        self.provider = provider
        self._read = len(provider.wire)

    def send(self, hook: Hook) -> list[Message]:
        """What is shown to this person once everything is handled and sent."""
        what = f"{self.channel} takes messages"
        answer = eventually(lambda: self._taken(hook), what, more=self.assistant.tails)
        assert answer.status_code == httpx.codes.OK, f"{answer.status_code}\n{self.assistant.tails()}"
        self.assistant.wait_until_idle(self.channel)
        return self.new()

    def _taken(self, hook: Hook) -> httpx.Response | None:
        """The answer; None if the app would send it again, as while the channel is starting."""
        answer = self.assistant.send(hook)
        return None if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE else answer

    def new(self) -> list[Message]:
        """What was shown since the last look."""
        calls = self.provider.wire[self._read :]
        self._read += len(calls)
        return [message for call in calls if (message := self.shown(call)) is not None]

    @abstractmethod
    def shown(self, call: dict[str, Any]) -> Message | None:
        """What this person sees of a call; None if it is not for them, or no new message."""


PERMISSION = re.compile(r"\n?Reply 1 to allow, 2 for not now(, 3 for why)?\.\s*$")
NUMBERS = re.compile(r"\n?Reply with a number:((?:\n\d+ .+)+)")
WORDS = re.compile(r"\n?You can also reply: (.+)\s*$", re.MULTILINE)


def numbered_buttons(text: str) -> tuple[str, list[Message]]:
    """The text without what says how to answer, and that as buttons: what to type, by its title."""
    buttons: list[Message] = []
    if found := PERMISSION.search(text):
        titles = ["Allow", "Not now", *(["Why?"] if found[1] else [])]
        buttons += [{"title": title, "payload": str(number)} for number, title in enumerate(titles, 1)]
    for listed in NUMBERS.finditer(text):
        for line in listed[1].strip().splitlines():
            number, _, title = line.partition(" ")
            buttons.append({"title": title, "payload": number})
    for spoken in WORDS.finditer(text):
        buttons += [
            {"title": title, "payload": title}
            for title in spoken[1].split("; " if "; " in spoken[1] else ", ")
        ]
    for pattern in (PERMISSION, WORDS, NUMBERS):
        text = pattern.sub("", text)
    return text, buttons
