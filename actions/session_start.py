"""Begins a conversation: says first of all, whatever was said to it, that this is a computer program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rasa_sdk import Action
from rasa_sdk.events import ActionExecuted, SessionStarted

if TYPE_CHECKING:
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher
    from rasa_sdk.types import DomainDict


class ActionSessionStart(Action):
    """Rasa runs it before the first message of a conversation is answered, and after each erasing."""

    def name(self) -> str:
        """The name by which Rasa finds it."""
        return "action_session_start"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        """The sentence, and the beginning of a session."""
        dispatcher.utter_message(response="utter_program")
        return [SessionStarted(), ActionExecuted("action_listen")]
