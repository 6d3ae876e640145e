"""Says how to reach a human."""

from actions.base import FlowAction
from actions.bootstrap import Services
from actions.flow.outcome import Outcome
from actions.flow.rights import human
from actions.turn import Turn
from actions.words import Message, Wording


class ActionHuman(FlowAction):
    """Says how to reach a human, and notes that somebody asked for one."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_human"

    def respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """See `actions.flow.rights`."""
        return human(s, turn)

    def without_store(self, s: Services, turn: Turn) -> Outcome:
        """Nothing can be noted; the numbers are the same."""
        return Outcome((Message("utter_human_unavailable", s.catalogue.controller.contacts),))
