"""The questions are over: tailored help from what was allowed."""

from actions.base import FlowAction
from actions.bootstrap import Services
from actions.flow.giving import give_help
from actions.flow.outcome import Outcome
from actions.turn import Turn
from actions.words import Wording


class ActionGiveHelp(FlowAction):
    """The questions are over: tailored help from what was allowed."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_give_help"

    def respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """See `actions.flow.giving`."""
        return give_help(s, turn)
