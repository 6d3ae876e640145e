"""Stops the help; what was told for it is deleted."""

from actions.base import RightsAction
from actions.bootstrap import Services
from actions.flow.answering import stop
from actions.flow.outcome import Outcome
from actions.turn import Turn
from actions.words import Wording


class ActionStop(RightsAction):
    """Stops the help; what was told for it is deleted."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_stop"

    def respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """See `actions.flow.answering`."""
        return stop(s, turn)
