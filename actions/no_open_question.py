"""An answer while nothing is asked."""

from actions.base import FlowAction
from actions.bootstrap import Services
from actions.flow.following import no_open_question
from actions.flow.outcome import Outcome
from actions.turn import Turn
from actions.words import Wording


class ActionNoOpenQuestion(FlowAction):
    """An answer while nothing is asked."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_no_open_question"

    def respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """See `actions.flow.following`."""
        return no_open_question(s, turn)
