"""The second need that waited is wanted now: general help at once, and its help begins."""

from actions.base import FlowAction
from actions.bootstrap import Services
from actions.flow.opening import open_help
from actions.flow.outcome import Outcome
from actions.turn import Turn
from actions.words import Wording


class ActionNextNeed(FlowAction):
    """The second need that waited is wanted now: general help at once, and its help begins."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_next_need"

    def respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """See `actions.flow.opening`."""
        return open_help(s, turn, words)
