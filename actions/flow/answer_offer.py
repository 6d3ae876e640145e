"""
The answer to the offer ("With a little more I could …. Shall I?"). It is no permission; it only opens the
questions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.flow.context import count_from_none
from actions.flow.hearing import digresses, same_need_again
from actions.flow.outcome import Next, Outcome, leave_to_rules
from actions.reading.phrases import Reading
from actions.words import CLOSED, Message
from programs import looks_volunteered

if TYPE_CHECKING:
    from actions.bootstrap import Services
    from actions.flow.context import Running
    from actions.flow.hearing import Heard
    from actions.turn import Turn

TRIES = 2
"""An unclear answer is asked again this often; then it counts as a no."""


def answer_offer(s: Services, turn: Turn, help_: Running, heard: Heard) -> Outcome:
    """Open the questions on yes, leave it at the general help on no."""
    help_id = help_.session.help_id
    if heard.request_id:  # a button of an earlier permission request: says nothing about this offer
        return Outcome((Message("utter_request_over", custom=CLOSED),))
    if heard.reading is Reading.YES:
        s.store.set_offer(help_id, "accepted")
        count_from_none(s, help_)
        return Outcome()
    if heard.reading in (Reading.NO, Reading.LATER):
        s.store.set_offer(help_id, "declined")
        return Outcome(next=Next.FINISHED)
    if digresses(turn, help_.program.id):
        return leave_to_rules()
    return _unclear(s, turn, help_)


def _unclear(s: Services, turn: Turn, help_: Running) -> Outcome:
    help_id = help_.session.help_id
    first = same_need_again(turn, help_.program)
    if s.store.count_unclear(help_id) > TRIES:
        s.store.set_offer(help_id, "declined")
        return Outcome(next=Next.FINISHED)
    if first:
        return Outcome((Message("utter_general_help", {"help": first}),))
    told = not turn.pressed and looks_volunteered(turn.text)
    return Outcome((Message("utter_volunteered" if told else "utter_offer_unclear"),))
