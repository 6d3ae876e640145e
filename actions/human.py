"""Leaves a note for a human colleague."""

from actions.base import FlowAction
from actions.bootstrap import Services
from actions.flow.outcome import Outcome
from actions.flow.rights import human
from actions.turn import Turn
from actions.words import Message, Wording


class ActionHuman(FlowAction):
    """Leaves a note for a human colleague, and says what happens next."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_human"

    def respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """See `actions.flow.rights`."""
        return human(s, turn)

    def without_store(self, s: Services, turn: Turn) -> Outcome:
        """No note can be left: give the phone number."""
        return Outcome((Message("utter_human_unavailable", {"phone": s.catalogue.controller.phone}),))
