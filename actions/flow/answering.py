"""A message inside a question: hands it to the question that is open, after what holds for every question."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from actions.flow.answer_offer import answer_offer
from actions.flow.answer_permission import DECISIONS, answer_permission
from actions.flow.answer_value import answer_value
from actions.flow.asking import why
from actions.flow.context import running
from actions.flow.correcting import corrected
from actions.flow.forgetting import about_forgetting
from actions.flow.hearing import DIGRESSIONS, hear
from actions.flow.outcome import Next, Outcome, leave_to_rules
from actions.flow.question import Offer, Permission, ValueOf
from actions.reading.phrases import Reading
from actions.words import CLOSED, Message
from programs import says_listed

if TYPE_CHECKING:
    from actions.bootstrap import Services
    from actions.flow.context import Running
    from actions.flow.hearing import Heard
    from actions.turn import Turn


def answer(s: Services, turn: Turn) -> Outcome:
    """What the message does to the open question. Raises `StoreUnavailable`; then nothing was noted."""
    help_ = running(s, turn)
    if help_ is None or help_.question is None:
        return _nothing_open(turn, timed_out=help_ is None)
    s.store.touch_help(help_.session.help_id)
    if turn.intent == "forget_me" and not turn.pressed and s.phrases.is_question(turn.text):
        return about_forgetting()
    heard = _heard(s, turn, help_)
    if heard.reading is Reading.WHY:
        return Outcome((why(s, help_),))
    if heard.reading is Reading.STOP:
        return stop(s, turn)
    if heard.reading is Reading.ENOUGH:
        s.store.set_offer(help_.session.help_id, "declined")
        return Outcome(next=Next.FINISHED)
    correction = corrected(s, turn, help_) if heard.reading not in DECISIONS else None
    return correction or _answer_open_question(s, turn, help_, heard)


def _heard(s: Services, turn: Turn, help_: Running) -> Heard:
    """What was heard; where a value is asked for, a word that its item lists is that value, nothing else."""
    heard = hear(s.phrases, turn)
    asked = help_.question
    if (
        isinstance(asked, ValueOf)
        and not turn.pressed
        and says_listed(s.catalogue.items[asked.item], turn.text)
    ):
        return replace(heard, reading=None)
    return heard


def stop(s: Services, turn: Turn) -> Outcome:
    """End the help; what was told for it is deleted. Raises `StoreUnavailable`."""
    had_help = s.store.current_help(turn.person_id) is not None
    s.store.end_help(turn.person_id, "stopped")
    wording = "utter_stopped" if had_help else "utter_stopped_nothing"
    return Outcome(
        (Message(wording, custom=CLOSED),), Next.FINISHED, {"need": None, "next_need": None, "stage": "help"}
    )


def _answer_open_question(s: Services, turn: Turn, help_: Running, heard: Heard) -> Outcome:
    if isinstance(help_.question, Offer):
        return answer_offer(s, turn, help_, heard)
    if isinstance(help_.question, Permission):
        return answer_permission(s, turn, help_, help_.question, heard)
    if isinstance(help_.question, ValueOf):
        return answer_value(s, turn, help_, help_.question, heard)
    return Outcome(next=Next.FINISHED)


def _nothing_open(turn: Turn, *, timed_out: bool) -> Outcome:
    if turn.intent in DIGRESSIONS:
        return leave_to_rules()
    messages = (Message("utter_question_timed_out", custom=CLOSED),) if timed_out else ()
    return Outcome(messages, Next.FINISHED)
