"""Puts the next question: the offer, a permission request, or the value of an item that was just allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions.flow.context import Running, item_names, running
from actions.flow.outcome import Next, Outcome
from actions.flow.question import Offer, Permission
from actions.words import Button, Message
from programs import answers, notice_for, shown_text

if TYPE_CHECKING:
    from actions.bootstrap import Services
    from actions.flow.question import ValueOf
    from actions.turn import Turn
    from actions.words import Wording
    from programs import Notice

COUNTS = {1: "utter_count_one", 2: "utter_count_two", 3: "utter_count_three"}


def put_question(s: Services, turn: Turn, words: Wording) -> Outcome:
    """The next question of the running help, or FINISHED when there is none. Raises `StoreUnavailable`."""
    help_ = running(s, turn)
    question = help_.question if help_ else None
    if help_ is None or question is None:
        return Outcome(next=Next.FINISHED)
    if isinstance(question, Offer):
        return Outcome((_offer(help_, question, words),))
    if isinstance(question, Permission):
        return Outcome((_permission(s, turn, help_, question),))
    return Outcome((_value(s, help_, question),))


def _offer(help_: Running, offer: Offer, words: Wording) -> Message:
    buttons = (
        Button("/allow", "utter_button_yes_please"),
        Button("/deny", "utter_button_no_thanks"),
        Button("/why", "utter_button_why"),
    )
    params = {"better": help_.program.better, "count": words.fill(COUNTS[offer.count])}
    return Message("utter_offer", params, buttons=buttons, custom={"kind": "offer", "count": offer.count})


def _permission(s: Services, turn: Turn, help_: Running, asked: Permission) -> Message:
    notice = notice_for(
        s.catalogue, help_.program.id, asked.item, remember=asked.remember, language=s.language
    )
    text = shown_text(s.catalogue, notice, turn.channel)
    request = s.store.ask(
        turn.person_id, help_.session.help_id, notice, channel=turn.channel, rendered_text=text
    )
    named = f'{{"r":"{request.request_id}"}}'
    buttons = (
        Button(f"/allow{named}", title=notice.allow_label),
        Button(f"/deny{named}", title=notice.not_now_label),
        Button("/why", title=notice.why_label),
    )
    return Message(text=text, buttons=buttons, custom=_card(notice, asked))


def _card(notice: Notice, asked: Permission) -> dict[str, Any]:
    """The parts of a permission request for channels that show it as a card."""
    return {
        "kind": "permission",
        "item": notice.item,
        "item_name": notice.item_name,
        "purpose": notice.purpose_text,
        "retention": notice.retention_text,
        "recipients": notice.recipients_text,
        "withdraw": notice.withdraw_text,
        "on_no": notice.on_no_text,
        "number": asked.number,
        "of": asked.of,
    }


def _value(s: Services, help_: Running, asked: ValueOf) -> Message:
    item = s.catalogue.items[asked.item]
    choices = tuple(
        Button(f'/tell_value{{"answer":"{key}"}}', title=label)
        for key, label in answers(item, s.language).items()
    )
    skip = Button("/deny", "utter_button_skip")
    again = help_.session.unclear_count > 0  # what was wrong with the answer before came with an example
    return Message(
        "utter_value_question_again" if again else "utter_value_question",
        {"question": item.question, "example": item.examples[0]},
        buttons=(*choices, skip),
        custom={"kind": "value", "item": item.id},
    )


def why(s: Services, help_: Running) -> Message:
    """Why the open question is asked."""
    question = help_.question
    if question is None:
        return Message("utter_why_nothing_open")
    if isinstance(question, Offer):
        items = item_names(s, (entry.item for entry in help_.program.items))
        return Message("utter_offer_why", {"better": help_.program.better, "items": items})
    return Message("utter_why", {"why": s.catalogue.items[question.item].why})


def why_nothing_open() -> Outcome:
    """Asked why while nothing is asked."""
    return Outcome((Message("utter_why_nothing_open"),))
