"""Notes how the help was."""

from actions.base import RightsAction
from actions.bootstrap import Services
from actions.flow.following import feedback
from actions.flow.outcome import Outcome
from actions.turn import Turn
from actions.words import Wording


class ActionFeedback(RightsAction):
    """Notes how the help was."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_feedback"

    def respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """See `actions.flow.following`."""
        return feedback(s, turn)
