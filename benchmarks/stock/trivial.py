"""The one custom action of the stock assistant: it says a sentence."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher


class ActionTrivial(Action):
    """As little as an action can do."""

    def name(self) -> str:
        """What rules call it."""
        return "action_trivial"

    def run(
        self, dispatcher: CollectingDispatcher, _tracker: Tracker, _domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Say it."""
        dispatcher.utter_message(text="This is the answer.")
        return []
