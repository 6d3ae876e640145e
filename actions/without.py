"""The same help once more, without one item."""

from actions.base import FlowAction
from actions.bootstrap import Services
from actions.flow.giving import give_help_without
from actions.flow.outcome import Outcome
from actions.turn import Turn
from actions.words import Wording


class ActionWithout(FlowAction):
    """The same help once more, without one item."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_without"

    def respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """See `actions.flow.giving`."""
        return give_help_without(s, turn)
