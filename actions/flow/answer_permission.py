"""
The answer to a permission request. The consent store decides; this only tells it what was heard.

Nothing is said to be noted before the store has committed it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.flow.answer_offer import TRIES
from actions.flow.context import count_from_none
from actions.flow.hearing import digresses, same_need_again
from actions.flow.help_card import take_back_button
from actions.flow.outcome import Outcome, leave_to_rules
from actions.reading.phrases import Reading
from actions.words import CLOSED, Message
from programs import (
    NotUnderstood,
    display,
    looks_volunteered,
    notice_for,
    read_value,
    says_correction,
    to_text,
)

if TYPE_CHECKING:
    from actions.bootstrap import Services
    from actions.flow.context import Running
    from actions.flow.hearing import Heard
    from actions.flow.question import Permission
    from actions.turn import Turn
    from consent_store import AnswerResult, PermissionRequest

SHORT_ANSWERS = ("yes_no",)
"""Types of items whose values look like an answer to the request: never taken from what was said before."""
DECISIONS = (Reading.YES, Reading.NO, Reading.LATER)
NOTED = {"given": "utter_noted_given", "refused": "utter_noted_refused", "deferred": "utter_noted_deferred"}
NOTED_TO_REMEMBER = {
    "given": "utter_noted_kept",
    "refused": "utter_noted_not_kept",
    "deferred": "utter_noted_not_kept",
}


def answer_permission(s: Services, turn: Turn, help_: Running, asked: Permission, heard: Heard) -> Outcome:
    """
    Note a clear answer, ask again after an unclear one, twice; then count it as *not now*.

    What was received before the request was served decides nothing and is not counted: nobody has seen it.
    """
    request = s.store.open_request(turn.person_id)
    if heard.request_id and heard.reading in DECISIONS:
        return _decide(s, turn, help_, asked, heard, request, heard.request_id)
    typed = not turn.pressed
    if typed and heard.reading in DECISIONS and request is not None:
        if turn.came_before(request.served_at):
            return Outcome((Message("utter_written_before"),))
        return _decide(s, turn, help_, asked, heard, request, request.request_id)
    if heard.reading is None and digresses(turn, help_.program.id):
        return leave_to_rules()
    return _unclear(s, turn, help_, asked, request)


def _decide(
    s: Services,
    turn: Turn,
    help_: Running,
    asked: Permission,
    heard: Heard,
    request: PermissionRequest | None,
    request_id: str,
) -> Outcome:
    result = _tell_store(s, turn, help_, asked, heard, request_id)
    if result.status == "none":
        answered = result.reason == "already_answered"
        return Outcome(
            (Message("utter_already_answered" if answered else "utter_request_over", custom=CLOSED),)
        )
    count_from_none(s, help_)
    after = _after_yes(s, turn, help_, asked, request) if result.status == "given" else ()
    return Outcome((_noted(s, turn, asked, result.status), *after))


def _tell_store(
    s: Services, turn: Turn, help_: Running, asked: Permission, heard: Heard, request_id: str
) -> AnswerResult:
    notice = notice_for(
        s.catalogue, help_.program.id, asked.item, remember=asked.remember, language=s.language
    )
    labels = {"allow": notice.allow_label, "deny": notice.not_now_label}
    return s.store.answer(
        request_id,
        turn.person_id,
        channel=turn.channel,
        reading=str(heard.reading) if heard.reading else "unclear",
        words=labels.get(heard.button, "") if heard.button else turn.text,
        button=heard.button,
        confidence=heard.confidence,
        notice_hash=notice.text_hash,
    )


def _after_yes(
    s: Services, turn: Turn, help_: Running, asked: Permission, request: PermissionRequest | None
) -> tuple[Message, ...]:
    """
    A value to remember is kept at once; a value that was typed too early may be used now that it is allowed.
    """
    if asked.remember:
        s.store.keep_remembered(turn.person_id, help_.program.id, asked.item, help_.session.help_id)
        return ()
    item = s.catalogue.items[asked.item]
    if item.type in SHORT_ANSWERS:
        return ()
    for text in reversed(_meant_for(turn, request)):
        value = read_value(item, text, today=s.today())
        if not isinstance(value, NotUnderstood):
            kept = to_text(item, value)
            s.store.keep_value(turn.person_id, asked.purpose, asked.item, kept, help_.session.help_id)
            return (Message("utter_used_as_written", {"value": display(item, value, s.language)}),)
    return ()


def _meant_for(turn: Turn, request: PermissionRequest | None) -> list[str]:
    """What was typed since the request was shown; neither a correction nor the same words once more."""
    if request is None:
        return []
    before = {said.text.strip().casefold() for said in turn.earlier if said.at < request.served_at}
    since = [said.text for said in turn.earlier if said.at >= request.served_at]
    return [text for text in since if text.strip().casefold() not in before and not says_correction(text)]


def _unclear(
    s: Services, turn: Turn, help_: Running, asked: Permission, request: PermissionRequest | None
) -> Outcome:
    early = request is not None and turn.came_before(request.served_at)
    if not early and s.store.count_unclear(help_.session.help_id) > TRIES and request is not None:
        return _count_as_not_now(s, turn, help_, asked, request)
    first = same_need_again(turn, help_.program)
    if first:
        return Outcome((Message("utter_general_help", {"help": first}),))
    item = s.catalogue.items[asked.item]
    told = not turn.pressed and (
        looks_volunteered(turn.text)
        or (
            item.type not in SHORT_ANSWERS
            and not isinstance(read_value(item, turn.text, today=s.today()), NotUnderstood)
        )
    )
    again = "utter_written_before" if early else "utter_permission_again"
    return Outcome((Message("utter_permission_volunteered" if told else again),))


def _count_as_not_now(
    s: Services, turn: Turn, help_: Running, asked: Permission, request: PermissionRequest
) -> Outcome:
    s.store.answer(
        request.request_id,
        turn.person_id,
        channel=turn.channel,
        reading="later",
        words=turn.text,
        button=None,
        confidence=1.0,
        notice_hash=request.notice_hash,
    )
    count_from_none(s, help_)
    name = s.catalogue.items[asked.item].name
    noted = {"kind": "noted", "item": asked.item, "status": "deferred"}
    return Outcome((Message("utter_taken_as_not_now", {"item": name}, custom=noted),))


def _noted(s: Services, turn: Turn, asked: Permission, status: str) -> Message:
    """What the store noted. On a card, what was allowed can be taken back right there."""
    params = {"item": s.catalogue.items[asked.item].name}
    wording = NOTED_TO_REMEMBER[status] if asked.remember else NOTED[status]
    custom = {"kind": "noted", "item": asked.item, "status": status}
    if status != "given" or not turn.shows_cards:
        return Message(wording, params, custom=custom)
    buttons = (take_back_button(s, asked.item),)
    return Message(wording, params, buttons=buttons, custom={**custom, "take_back": 0})
