"""
Talk to the running assistant in the terminal, through the same REST channel that other servers use.

Must never press a button by itself, and never keep what was said.
"""

import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from operate.errors import OperateError

REST_PATH = "/webhooks/rest/webhook"
ANSWER_SECONDS = 60.0
FAREWELLS = ("/quit", "/exit")


class Button(BaseModel):
    """A choice below a message; the payload is sealed by the server and sent back as it is."""

    title: str
    payload: str


class Message(BaseModel):
    """One message of the assistant."""

    text: str | None = None
    buttons: tuple[Button, ...] = ()


ANSWER = TypeAdapter(tuple[Message, ...])


class Assistant:
    """The running assistant, as one sender talks to it. A context manager: it keeps one connection."""

    def __init__(
        self, url: str, secret: Path, sender: str = "", transport: httpx.BaseTransport | None = None
    ) -> None:
        self.url, self.sender = url, sender or f"terminal-{secrets.token_hex(8)}"
        try:
            bearer = secret.read_text(encoding="ascii").strip()
        except OSError:  # without it no assistant of ours can be running
            raise self._not_running() from None
        self._client = httpx.Client(
            base_url=url,
            headers={"Authorization": f"Bearer {bearer}"},
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
        self._ask("GET", "/")

    def say(self, message: str) -> tuple[Message, ...]:
        """
        Return the assistant's answers to typed text or to a button's payload.

        Raises OperateError when nobody answers, and when the answer is no list of messages.
        """
        answer = self._ask("POST", REST_PATH, json={"sender": self.sender, "message": message})
        try:
            return ANSWER.validate_json(answer.raise_for_status().content)
        except (httpx.HTTPStatusError, ValidationError):
            raise OperateError(
                f"The assistant answered with the HTTP status {answer.status_code}: if it was started with "
                "other keys, end it and start it again with `make run`."
            ) from None

    def _ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        try:
            return self._client.request(method, path, **more)
        except httpx.TransportError:
            raise self._not_running() from None

    def _not_running(self) -> OperateError:
        return OperateError(
            f"Nothing answers at {self.url}: start the assistant with `make run` in another terminal."
        )


def converse(assistant: Assistant, read: Callable[[], str], write: Callable[[str], None]) -> None:
    """
    Go on until the person ends it: /quit, or the end of input (`read` raises EOFError).

    Buttons are shown as numbered choices and stay valid until the next answer.
    """
    offered: list[Button] = []
    while True:
        try:
            typed = read()
        except EOFError:
            return
        if typed.strip() in FAREWELLS:
            return
        if typed.strip():
            offered = show(assistant.say(chosen(typed, offered)), write)


def chosen(typed: str, offered: Sequence[Button]) -> str:
    """Return what to send: the payload of the button whose number was typed, else the text itself."""
    number = typed.strip()
    if number.isascii() and number.isdigit() and 1 <= int(number) <= len(offered):
        return offered[int(number) - 1].payload
    return typed


def show(messages: Sequence[Message], write: Callable[[str], None]) -> list[Button]:
    """Write the messages, each with its choices, and return those; the numbers run through all of them."""
    offered: list[Button] = []
    for message in messages:
        if message.text:
            write(message.text)
        for button in message.buttons:
            offered.append(button)
            write(f"  {len(offered)}  {button.title}")
    return offered
