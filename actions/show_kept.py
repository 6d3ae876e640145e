"""Shows what is kept about the person."""

from actions.base import RightsAction
from actions.bootstrap import Services
from actions.flow.outcome import Outcome
from actions.flow.rights import show_kept
from actions.turn import Turn
from actions.words import Wording


class ActionShowKept(RightsAction):
    """Shows what is kept about the person."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_show_kept"

    def respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """See `actions.flow.rights`."""
        return show_kept(s, turn, words)
