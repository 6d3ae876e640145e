"""
The value of an item that was just allowed: read with its unit and range, explained when it does not fit, or
left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.flow.answer_offer import TRIES
from actions.flow.context import count_from_none
from actions.flow.hearing import digresses, refuses, same_need_again
from actions.flow.outcome import Outcome, leave_to_rules
from actions.reading.phrases import Reading
from actions.words import CLOSED, Message
from programs import NotUnderstood, display, explain, read_value, to_text

if TYPE_CHECKING:
    from actions.bootstrap import Services
    from actions.flow.context import Running
    from actions.flow.hearing import Heard
    from actions.flow.question import ValueOf
    from actions.turn import Turn
    from programs import Item, Value

NO_TRY = frozenset({"does_not_know", "wait"})
"""Who does not know yet, or needs a moment, has not failed to answer: the question stays open."""


def answer_value(s: Services, turn: Turn, help_: Running, asked: ValueOf, heard: Heard) -> Outcome:
    """
    Keep a value that fits and say it back; explain one that does not; leave the item out on no, or after
    three that do not fit.

    What was received before the permission was given answers another question: neither a value nor a no.
    """
    item = s.catalogue.items[asked.item]
    if heard.request_id is None and _came_before_the_permission(turn, help_, asked):
        return _too_early(turn, help_, heard)
    if turn.pressed and heard.reading in (Reading.NO, Reading.LATER):
        return _leave_out(s, turn, help_, asked)
    if heard.request_id:  # a second press of an earlier *Allow*
        return Outcome((Message("utter_already_answered", custom=CLOSED),))
    typed = turn.named.get("answer", "") if turn.pressed else turn.text
    value = read_value(item, typed, today=s.today())
    if isinstance(value, NotUnderstood) and value.reason in NO_TRY:
        return Outcome((Message(text=explain(item, value, language=s.language)),))
    if refuses(item, heard.reading if heard.confidence >= 1.0 else None, value):
        return _leave_out(s, turn, help_, asked)
    if not isinstance(value, NotUnderstood):
        s.store.keep_value(
            turn.person_id, asked.purpose, asked.item, to_text(item, value), help_.session.help_id
        )
        count_from_none(s, help_)
        return _said_back(s, turn, item, value)
    if heard.reading in (Reading.NO, Reading.LATER):
        return _leave_out(s, turn, help_, asked)
    if value.reason == "unreadable" and digresses(turn, help_.program.id):
        return leave_to_rules()
    return _explain(s, turn, help_, asked, value)


def _said_back(s: Services, turn: Turn, item: Item, value: Value) -> Outcome:
    """What was read out of typed words; a button said it already."""
    if turn.pressed:
        return Outcome()
    return Outcome((Message("utter_value_noted", {"value": display(item, value, s.language)}),))


def _came_before_the_permission(turn: Turn, help_: Running, asked: ValueOf) -> bool:
    given_at = help_.states[(asked.purpose, asked.item)].decided_at
    return given_at is not None and turn.came_before(given_at)


def _too_early(turn: Turn, help_: Running, heard: Heard) -> Outcome:
    if heard.reading is None and digresses(turn, help_.program.id):
        return leave_to_rules()
    return Outcome((Message("utter_written_before"),))


def _explain(s: Services, turn: Turn, help_: Running, asked: ValueOf, problem: NotUnderstood) -> Outcome:
    if s.store.count_unclear(help_.session.help_id) > TRIES:
        return _leave_out(s, turn, help_, asked)
    first = same_need_again(turn, help_.program) if problem.reason == "unreadable" else None
    if first:
        return Outcome((Message("utter_general_help", {"help": first}),))
    return Outcome((Message(text=explain(s.catalogue.items[asked.item], problem, language=s.language)),))


def _leave_out(s: Services, turn: Turn, help_: Running, asked: ValueOf) -> Outcome:
    """The permission goes back too: it was for a value that the person would rather not give."""
    s.store.withdraw(turn.person_id, purpose=asked.purpose, item=asked.item)
    count_from_none(s, help_)
    name = s.catalogue.items[asked.item].name
    return Outcome((Message("utter_value_skipped", {"item": name}),))
