"""Takes a message inside a question as its answer and puts the next, or leaves it to the rules."""

from typing import Any

from rasa_sdk.events import SlotSet

from actions.base import FlowAction
from actions.bootstrap import Services
from actions.flow.answering import answer
from actions.flow.asking import put_question
from actions.flow.hearing import DIGRESSIONS
from actions.flow.outcome import Next, Outcome, leave_to_rules
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
        """See `actions.flow.answering`; the next question comes with it, so nothing is computed twice."""
        answered = answer(s, turn) if turn.answers_question else Outcome()
        return answered if answered.next is not Next.STAY else answered.then(put_question(s, turn, words))

    def without_store(self, s: Services, turn: Turn) -> Outcome:
        """A digression is left to its rule, which knows what to say; an answer gets the calm sentence."""
        if not turn.answers_question:
            return Outcome()  # the action before said so
        return leave_to_rules() if turn.intent in DIGRESSIONS else super().without_store(s, turn)

    def events(self, outcome: Outcome) -> list[dict[str, Any]]:
        """Setting the (always empty) slot means "taken"; setting nothing means "leave it to the rules"."""
        if outcome.next is Next.LEAVE_TO_RULES:
            return []
        taken = [*super().events(outcome), SlotSet("answer", None)]
        return [*taken, SlotSet("requested_slot", None)] if outcome.next is Next.FINISHED else taken
