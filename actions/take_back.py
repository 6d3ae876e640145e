"""Takes one permission back, or all."""

from actions.base import RightsAction
from actions.bootstrap import Services
from actions.flow.outcome import Outcome
from actions.flow.rights import take_back
from actions.turn import Turn
from actions.words import Wording


class ActionTakeBack(RightsAction):
    """Takes one permission back, or all."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_take_back"

    def respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """See `actions.flow.rights`."""
        return take_back(s, turn)
