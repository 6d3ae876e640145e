"""One conversation over REST, the same words for both assistants, and how long each answer takes."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from benchmarks.side_by_side.serving import Assistant

ANSWER_SECONDS = 120.0
OK = 200


@dataclass(frozen=True)
class Step:
    """What a person does in a turn: presses the button of this name if there is one, else types the words."""

    what: str
    words: str


HELLO, THANKS, MENU, NEED, YES = (
    "hello, the first turn (a plain answer)",
    "thanks (a plain answer)",
    "menu (the simplest action)",
    "a need → general help and offer",
    "yes to the offer → the first permission is asked",
)
ALLOW = "Allow, durable → the value is asked"
VALUE = "a value → the next permission is asked"
LAST = "the last value → tailored help"
CONVERSATION = (
    Step(HELLO, "hello"),
    Step(THANKS, "thanks"),
    Step(MENU, "what can you do"),
    Step(NEED, "how do I get rid of my credit card debt"),
    Step(YES, "Yes, please"),
    Step(ALLOW, "Allow"),
    Step(VALUE, "1,200"),
    Step(ALLOW, "Allow"),
    Step(VALUE, "19.5 %"),
    Step(ALLOW, "Allow"),
    Step(LAST, "100"),
)
PLAIN = (HELLO, THANKS)
"""Turns that stock answers without its action."""


class WrongAnswer(Exception):
    """An assistant did not answer, or not as it should."""


@dataclass
class Talker:
    """One sender. `messages`: what the assistant last said."""

    client: aiohttp.ClientSession
    assistant: Assistant
    sender: str = field(default_factory=lambda: uuid.uuid4().hex)
    messages: list[dict[str, Any]] = field(default_factory=list)

    async def turn(self, step: Step) -> float:
        """Do the step; returns the seconds until the whole answer is here. Raises WrongAnswer."""
        body = {"sender": self.sender, "message": self._button(step.words) or step.words}
        began = time.perf_counter()
        async with self.client.post(self.assistant.url, json=body, headers=self.assistant.headers) as answer:
            if answer.status != OK:
                raise WrongAnswer(f"{self.assistant.name}: {answer.status} {await answer.text()}")
            self.messages = await answer.json()
        taken = time.perf_counter() - began
        if not self.messages:
            raise WrongAnswer(f"{self.assistant.name} said nothing to {step.words!r}")
        return taken

    def _button(self, title: str) -> str | None:
        buttons = [button for message in self.messages for button in message.get("buttons") or ()]
        found = [str(button["payload"]) for button in buttons if button["title"] == title]
        return found[-1] if found else None

    @property
    def ended_well(self) -> bool:
        """Whether the last answer is what a whole conversation has to end in."""
        kinds = [message["custom"].get("kind") for message in self.messages if message.get("custom")]
        return self.assistant.ends_in is None or self.assistant.ends_in in kinds


def new_client() -> aiohttp.ClientSession:
    """A client for any number of conversations at once, which asks no proxy."""
    timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=timeout)
