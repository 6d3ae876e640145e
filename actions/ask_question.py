"""Puts the next question of the form."""

from typing import Any

from rasa_sdk.events import ActiveLoop, SlotSet

from actions.base import FlowAction
from actions.bootstrap import Services
from actions.flow.asking import put_question
from actions.flow.outcome import Next, Outcome
from actions.turn import Turn
from actions.words import Wording


class ActionAskHelpFormAnswer(FlowAction):
    """Asks the offer, a permission or a value; ends the form when there is nothing to ask."""

    def name(self) -> str:
        """The name by which Rasa's form finds it."""
        return "action_ask_help_form_answer"

    def respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """See `actions.flow.asking`."""
        return put_question(s, turn, words)

    def without_store(self, s: Services, turn: Turn) -> Outcome:
        """
        Silent: the action before said that the store is unavailable. Nothing is asked that could not be
        noted.
        """
        return Outcome()

    def events(self, outcome: Outcome) -> list[dict[str, Any]]:
        """End the form when there is nothing to ask."""
        if outcome.next is Next.FINISHED:
            return [SlotSet("requested_slot", None), ActiveLoop(None)]
        return []
