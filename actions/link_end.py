"""Parts this chat from the others."""

from actions.base import RightsAction
from actions.bootstrap import Services
from actions.flow.linking import unlink
from actions.flow.outcome import Outcome
from actions.turn import Turn
from actions.words import Wording


class ActionLinkEnd(RightsAction):
    """Parts this chat from the others."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_link_end"

    def respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """See `actions.flow.linking`."""
        return unlink(s, turn)
