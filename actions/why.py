"""Asks why while nothing is asked."""

from actions.base import FlowAction
from actions.bootstrap import Services
from actions.flow.asking import why_nothing_open
from actions.flow.outcome import Outcome
from actions.turn import Turn
from actions.words import Wording


class ActionWhy(FlowAction):
    """Asks why while nothing is asked."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_why"

    def respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """See `actions.flow.asking`."""
        return why_nothing_open()
