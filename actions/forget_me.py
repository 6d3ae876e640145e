"""Erases the person."""

from actions.base import RightsAction
from actions.bootstrap import Services
from actions.flow.forgetting import forget_me
from actions.flow.outcome import Outcome
from actions.turn import Turn
from actions.words import Wording


class ActionForgetMe(RightsAction):
    """Erases the person."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_forget_me"

    def respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """See `actions.flow.forgetting`."""
        return forget_me(s, turn)
