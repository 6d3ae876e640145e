"""
What an action wants to say, as data: keys of responses and what fills them. The sentences stand in
`data/responses/`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rasa_sdk.executor import CollectingDispatcher
    from rasa_sdk.types import DomainDict


@dataclass(frozen=True)
class Button:
    """
    A button: its title is the response `wording` filled with `params`, or the literal `title` (a name, a
    notice's label).
    """

    payload: str
    wording: str | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    title: str = ""


@dataclass(frozen=True)
class Message:
    """
    One message: the response `wording` filled with `params`, or `text` as it is (the exact words of a
    notice).
    """

    wording: str | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    text: str | None = None
    buttons: tuple[Button, ...] = ()
    custom: Mapping[str, Any] | None = None


CLOSED: Mapping[str, Any] = {"kind": "closed", "closed": True}
"""Goes with words that end an open question, so that a card with its buttons does not stay open on a page."""


class Wording:
    """The responses of the domain, for the words inside a message (button titles, lines of a list)."""

    def __init__(self, domain: DomainDict) -> None:
        """Take the domain that Rasa sent with the call."""
        self._responses: Mapping[str, list[dict[str, Any]]] = domain.get("responses", {})

    def fill(self, key: str, **params: object) -> str:
        """
        The first text of response `key`, filled. Raises `KeyError` naming the key if the domain lacks it.
        """
        return str(self._responses[key][0]["text"]).format(**params)

    def say(self, dispatcher: CollectingDispatcher, messages: tuple[Message, ...]) -> None:
        """Hand the messages to Rasa, in order."""
        for message in messages:
            dispatcher.utter_message(
                text=message.text,
                response=message.wording,
                buttons=[self._button(button) for button in message.buttons],
                json_message=dict(message.custom) if message.custom else None,
                **message.params,
            )

    def _button(self, button: Button) -> dict[str, str]:
        title = self.fill(button.wording, **button.params) if button.wording else button.title
        return {"title": title, "payload": button.payload}
