"""Shows what the assistant can help with."""

from actions.base import FlowAction
from actions.bootstrap import Services
from actions.flow.opening import show_menu
from actions.flow.outcome import Outcome
from actions.turn import Turn
from actions.words import Wording


class ActionMenu(FlowAction):
    """Shows what the assistant can help with."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_menu"

    def respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """See `actions.flow.opening`."""
        return show_menu(s, words, turn.named.get("area"))
