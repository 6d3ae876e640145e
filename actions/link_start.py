"""Gives a code by which the person links another chat."""

from actions.base import RightsAction
from actions.bootstrap import Services
from actions.flow.linking import give_code
from actions.flow.outcome import Outcome
from actions.turn import Turn
from actions.words import Wording


class ActionLinkStart(RightsAction):
    """Gives a code by which the person links another chat."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_link_start"

    def respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """See `actions.flow.linking`."""
        return give_code(s, turn)
