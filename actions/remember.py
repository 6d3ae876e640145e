"""Starts asking what may be kept for next time."""

from actions.base import RightsAction
from actions.bootstrap import Services
from actions.flow.following import remember
from actions.flow.outcome import Outcome
from actions.turn import Turn
from actions.words import Wording


class ActionRemember(RightsAction):
    """Starts asking what may be kept for next time."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_remember"

    def respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """See `actions.flow.following`."""
        return remember(s, turn)
