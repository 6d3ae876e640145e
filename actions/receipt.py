"""Shows the person's receipt."""

from actions.base import RightsAction
from actions.bootstrap import Services
from actions.flow.outcome import Outcome
from actions.flow.receipts import receipt
from actions.turn import Turn
from actions.words import Wording


class ActionReceipt(RightsAction):
    """Shows the person's receipt."""

    def name(self) -> str:
        """The name in `domain.yml`."""
        return "action_receipt"

    def respond(self, s: Services, turn: Turn, words: Wording) -> Outcome:
        """See `actions.flow.receipts`."""
        return receipt(s, turn, words)
