"""Takes a message inside a question as its answer, or leaves it to the rules."""

from typing import Any

from rasa_sdk.events import SlotSet

from actions.base import FlowAction
from actions.bootstrap import Services
from actions.flow.answering import answer
from actions.flow.outcome import Next, Outcome
from actions.turn import Turn
from actions.words import Wording


class ValidateHelpForm(FlowAction):
    """
    Rasa calls it for each message while the form is active, and also when the form starts or comes back.
    """

    def name(self) -> str:
        """The name by which Rasa's form finds it."""
        return "validate_help_form"

    def respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """See `actions.flow.answering`."""
        return answer(s, turn) if turn.answers_question else Outcome(next=Next.LEAVE_TO_RULES)

    def events(self, outcome: Outcome) -> list[dict[str, Any]]:
        """Setting the (always empty) slot means "taken"; setting nothing means "leave it to the rules"."""
        if outcome.next is Next.LEAVE_TO_RULES:
            return []
        taken = [*super().events(outcome), SlotSet("answer", None)]
        return [*taken, SlotSet("requested_slot", None)] if outcome.next is Next.FINISHED else taken
