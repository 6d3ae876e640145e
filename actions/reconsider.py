"""The person allows to be asked again."""

from actions.base import RightsAction
from actions.bootstrap import Services
from actions.flow.following import reconsider
from actions.flow.outcome import Outcome
from actions.turn import Turn
from actions.words import Wording


class ActionReconsider(RightsAction):
    """The person allows to be asked again."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_reconsider"

    def respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """See `actions.flow.following`."""
        return reconsider(s, turn)
