"""Two needs are close: asks which."""

from actions.base import FlowAction
from actions.bootstrap import Services
from actions.flow.opening import clarify
from actions.flow.outcome import Outcome
from actions.turn import Turn
from actions.words import Wording


class ActionClarify(FlowAction):
    """Two needs are close: asks which."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_clarify"

    def respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """See `actions.flow.opening`."""
        return clarify(s, turn, words)
