"""A code was typed: asks whether the two chats may be linked."""

from actions.base import RightsAction
from actions.bootstrap import Services
from actions.flow.linking import ask_to_link
from actions.flow.outcome import Outcome
from actions.turn import Turn
from actions.words import Wording


class ActionLinkCode(RightsAction):
    """A code was typed: asks whether the two chats may be linked."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_link_code"

    def respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """See `actions.flow.linking`."""
        return ask_to_link(s, turn)
