"""
Gives the tailored help from the released values and nothing else, says what it used, and offers what may
follow.

Every computation goes through the gate anew and is a logged use, also "answer without this one".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.flow.context import item_name, item_names, named_item, running
from actions.flow.help_card import help_card, take_back_button, without_button
from actions.flow.opening import offer_next
from actions.flow.outcome import Next, Outcome
from actions.flow.question import source_of
from actions.words import Button, Message
from programs import from_text, help_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actions.bootstrap import Services
    from actions.flow.context import Running
    from actions.turn import Turn
    from programs import TailoredHelp


def give_help(s: Services, turn: Turn) -> Outcome:
    """
    Help from what there is, when the questions are over. Says nothing if no help is running. Raises
    `StoreUnavailable`.
    """
    help_ = running(s, turn)
    if help_ is None:
        return Outcome(next=Next.FINISHED)
    s.store.touch_help(help_.session.help_id)
    if turn.stage == "remember":
        return _remembered(s, help_)
    if not help_.program.has_items:
        return Outcome(offer_next(s, turn) or (_ask_whether_it_helped(),), Next.FINISHED)
    tailored = _compute(s, turn, help_, leave_out=None)
    afterwards = offer_next(s, turn) or _ask_how_it_was()
    return Outcome((*_tailored(s, turn, help_, tailored), *afterwards), Next.FINISHED)


def give_help_without(s: Services, turn: Turn) -> Outcome:
    """
    The same help once more without one item; the item's permission stays as it is. Raises `StoreUnavailable`.
    """
    help_ = running(s, turn)
    used = (
        [entry.item for entry in help_.program.items if source_of(help_.program, entry.item, help_.states)]
        if help_
        else []
    )
    item = named_item(s, turn, used)
    if help_ is None or item is None:
        return Outcome((Message("utter_nothing_to_recompute"),))
    s.store.touch_help(help_.session.help_id)
    return Outcome(_tailored(s, turn, help_, _compute(s, turn, help_, leave_out=item)))


def _compute(s: Services, turn: Turn, help_: Running, leave_out: str | None) -> TailoredHelp:
    """Release through the gate, then the pure function."""
    program = help_.program
    wanted = [entry.item for entry in program.items if entry.item != leave_out]
    keys = [key for key in (source_of(program, item, help_.states) for item in wanted) if key]
    values: dict[str, object] = {}
    if keys:
        released = s.store.release(turn.person_id, help_.session.help_id, keys, program_id=program.id)
        values = {item: from_text(s.catalogue.items[item], text) for item, text in released.values.items()}
    return help_for(program, values, today=s.today(), language=s.language)


def _tailored(s: Services, turn: Turn, help_: Running, tailored: TailoredHelp) -> tuple[Message, ...]:
    if not tailored.used:
        declined = help_.session.offer == "declined"
        return (Message("utter_offer_declined") if declined else _nothing_used(s, help_, tailored),)
    params = {
        "help": tailored.text,
        "used": item_names(s, tailored.used),
        "without": item_names(s, tailored.without),
    }
    wording = "utter_tailored_help" if tailored.without else "utter_tailored_help_all_used"
    buttons = _what_may_follow(s, turn, help_, tailored)
    card = help_card(s, help_, tailored, buttons)
    return (Message(wording, params, buttons=buttons, custom=card),)


def _nothing_used(s: Services, help_: Running, tailored: TailoredHelp) -> Message:
    return Message("utter_help_without_data", {"help": tailored.text}, buttons=_reconsider(s, help_))


def _what_may_follow(s: Services, turn: Turn, help_: Running, tailored: TailoredHelp) -> tuple[Button, ...]:
    """A channel with cards has a *Take back* for each item; elsewhere one button asks which."""
    without = tuple(without_button(s, item) for item in tailored.used)
    may_keep = any(help_.states[(help_.program.id, item)].has_value for item in tailored.used)
    remember = (Button("/remember", "utter_button_remember"),) if may_keep else ()
    take_back = (
        tuple(take_back_button(s, item) for item in tailored.used)
        if turn.shows_cards
        else (Button("/take_back", "utter_button_take_back"),)
    )
    return (
        *without,
        *remember,
        *take_back,
        Button("/forget_me", "utter_button_forget"),
        *_reconsider(s, help_),
    )


def _reconsider(s: Services, help_: Running) -> tuple[Button, ...]:
    """For each item that was refused: the person, and only the person, may bring it up again."""
    refused = [
        e.item
        for e in help_.program.items
        if help_.states[(help_.program.id, e.item)].status in ("refused", "withdrawn")
    ]
    return tuple(
        Button(
            f'/reconsider{{"item":"{item}"}}',
            "utter_button_reconsider",
            {"item": item_name(s, item)},
        )
        for item in refused
    )


def _ask_how_it_was() -> tuple[Message, ...]:
    return (_feedback("utter_feedback", ("helped", "not_helped", "intrusive")),)


def _ask_whether_it_helped() -> Message:
    """Nothing was asked, so nothing can have been too personal."""
    return _feedback("utter_feedback_nothing_asked", ("helped", "not_helped"))


def _feedback(wording: str, answers: Sequence[str]) -> Message:
    buttons = tuple(
        Button(f'/feedback{{"answer":"{answer}"}}', f"utter_button_{answer}") for answer in answers
    )
    return Message(wording, buttons=buttons, custom={"kind": "feedback"})


def _remembered(s: Services, help_: Running) -> Outcome:
    purpose = help_.program.remember_purpose_key
    kept = [entry.item for entry in help_.program.items if help_.states[(purpose, entry.item)].has_value]
    if not kept:
        return Outcome((Message("utter_remembered_nothing"),), Next.FINISHED, {"stage": "help"})
    message = Message("utter_remembered", {"items": item_names(s, kept)})
    return Outcome((message,), Next.FINISHED, {"stage": "help"})
