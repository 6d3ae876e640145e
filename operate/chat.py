"""
Talk to the running assistant in the terminal, through the same REST channel that other servers use.

Must never press a button by itself, and never keep what was said.
"""

import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self

import httpx
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from operate.errors import OperateError

REST_PATH = "/webhooks/rest/webhook"
ANSWER_SECONDS = 60.0
FAREWELLS = ("/quit", "/exit")


class Button(BaseModel):
    """A choice below a message; the payload is sealed by the server and sent back as it is."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    title: str
    payload: str


class Message(BaseModel):
    """One message of the assistant."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str | None = None
    buttons: tuple[Button, ...] = ()
    custom: dict[str, Any] | None = None


class Assistant:
    """The running assistant, as one sender talks to it. A context manager: it keeps one connection."""

    def __init__(
        self, url: str, secret: str, sender: str, transport: httpx.BaseTransport | None = None
    ) -> None:
        self.url = url
        self.sender = sender
        self._client = httpx.Client(
            base_url=url,
            headers={"Authorization": f"Bearer {secret}"},
            timeout=ANSWER_SECONDS,
            trust_env=False,
            transport=transport,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def must_answer(self) -> None:
        """Raise OperateError unless the server is there; says nothing to the assistant."""
        try:
            self._client.get("/")
        except httpx.TransportError:
            raise not_running(self.url) from None

    def say(self, message: str) -> tuple[Message, ...]:
        """
        Return the assistant's answers to typed text or to a button's payload.

        Raises OperateError when nobody answers, and when the answer is no list of messages.
        """
        try:
            answer = self._client.post(REST_PATH, json={"sender": self.sender, "message": message})
        except httpx.TransportError:
            raise not_running(self.url) from None
        if answer.status_code != httpx.codes.OK:
            raise _not_understood(answer.status_code)
        try:
            return TypeAdapter(tuple[Message, ...]).validate_json(answer.content)
        except ValidationError:
            raise _not_understood(answer.status_code) from None


def not_running(url: str) -> OperateError:
    """What to say when nobody answers."""
    return OperateError(f"Nothing answers at {url}: start the assistant with `make run` in another terminal.")


def _not_understood(status: int) -> OperateError:
    return OperateError(
        f"The assistant answered with the HTTP status {status}: if it was started with other keys, end it "
        "and start it again with `make run`."
    )


def read_secret(path: Path, url: str) -> str:
    """Return the REST channel's secret; without one no assistant of ours can be running: OperateError."""
    try:
        return path.read_text(encoding="ascii").strip()
    except OSError:
        raise not_running(url) from None


def new_sender() -> str:
    """Return a name for somebody whom the assistant has never met."""
    return f"terminal-{secrets.token_hex(8)}"


def chosen(typed: str, offered: Sequence[Button]) -> str:
    """Return what to send: the payload of the button whose number was typed, else the text itself."""
    number = typed.strip()
    if number.isascii() and number.isdigit() and 1 <= int(number) <= len(offered):
        return offered[int(number) - 1].payload
    return typed


def converse(assistant: Assistant, read: Callable[[], str], write: Callable[[str], None]) -> None:
    """
    Go on until the person ends it: /quit, or the end of input (`read` raises EOFError).

    Buttons are shown as numbered choices and stay valid until the next answer.
    """
    offered: tuple[Button, ...] = ()
    while True:
        try:
            typed = read()
        except EOFError:
            return
        if typed.strip() in FAREWELLS:
            return
        if not typed.strip():
            continue
        messages = assistant.say(chosen(typed, offered))
        offered = tuple(button for message in messages for button in message.buttons)
        show(messages, write)


def show(messages: Sequence[Message], write: Callable[[str], None]) -> None:
    """Write the messages, each with its choices; the numbers run through all of them."""
    number = 0
    for message in messages:
        if message.text:
            write(message.text)
        for button in message.buttons:
            number += 1
            write(f"  {number}  {button.title}")
