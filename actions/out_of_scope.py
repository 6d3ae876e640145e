"""No program serves this: says so, shows what there is, offers a human."""

from actions.base import FlowAction
from actions.bootstrap import Services
from actions.flow.opening import out_of_scope
from actions.flow.outcome import Outcome
from actions.turn import Turn
from actions.words import Wording


class ActionOutOfScope(FlowAction):
    """No program serves this: says so, shows what there is, offers a human."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_out_of_scope"

    def respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """See `actions.flow.opening`."""
        return out_of_scope(s, words)
