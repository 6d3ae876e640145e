"""
What a person can do at any moment: see what is kept, take back, reach a human.

Taking back needs one utterance or one click, and holds at the next read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.flow.context import item_name, item_names, named_item
from actions.flow.moments import day, moment
from actions.flow.outcome import Outcome
from actions.words import Button, Message
from programs import LINK_PURPOSE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actions.bootstrap import Services
    from actions.turn import Turn
    from actions.words import Wording
    from consent_store import DecisionView, Overview


def show_kept(s: Services, turn: Turn, words: Wording) -> Outcome:
    """Everything that is kept about the person, in words. Raises `StoreUnavailable`."""
    overview = s.store.overview(turn.person_id)
    lines = [
        _kept_line(s, words, decision) for decision in overview.decisions if decision.status in KEPT_LINES
    ]
    conversation = _conversation_line(s, words)
    forget = Button("/forget_me", "utter_button_forget")
    if not lines:
        return Outcome((Message("utter_kept_nothing", {"conversation": conversation}, buttons=(forget,)),))
    lines += [*_uses_line(s, words, overview), conversation]
    buttons = (Button("/take_back", "utter_button_take_back"), forget)
    return Outcome((Message("utter_kept", {"lines": "\n".join(lines)}, buttons=buttons),))


def _conversation_line(s: Services, words: Wording) -> str:
    if s.conversation_days == 0:
        return words.fill("utter_kept_conversation_not")
    return words.fill("utter_kept_conversation", days=s.conversation_days)


KEPT_LINES = {
    "given": "utter_kept_line_given",
    "refused": "utter_kept_line_refused",
    "withdrawn": "utter_kept_line_withdrawn",
    "expired": "utter_kept_line_expired",
}


def _kept_line(s: Services, words: Wording, decision: DecisionView) -> str:
    wording = "utter_kept_line_value" if decision.has_value else KEPT_LINES[decision.status]
    until = day(s, decision.expires_at) if decision.expires_at else words.fill("utter_until_help_ends")
    return words.fill(
        wording,
        item=item_name(s, decision.item),
        purpose=purpose_text(s, decision.purpose),
        decided=day(s, decision.decided_at),
        until=until,
    )


def _uses_line(s: Services, words: Wording, overview: Overview) -> list[str]:
    if not overview.uses:
        return []
    last = max(use.at for use in overview.uses)
    return [words.fill("utter_kept_line_uses", count=len(overview.uses), last=moment(s, last))]


def purpose_text(s: Services, purpose: str) -> str:
    """The words of a purpose key: of helping, or of remembering for next time."""
    if purpose == LINK_PURPOSE:
        return str(s.catalogue.notices[s.language].link.purpose)
    program = s.catalogue.programs.get(purpose.removesuffix(".remember"))
    if program is None:  # the catalogue no longer has it
        return purpose
    return program.remember_purpose if purpose == program.remember_purpose_key else program.purpose


def take_back(s: Services, turn: Turn) -> Outcome:
    """
    Take back what the words or the button name; ask which if several could be meant. Raises
    `StoreUnavailable`.
    """
    if not turn.pressed and s.phrases.is_question(turn.text):
        button = Button("/take_back", "utter_button_take_back")
        return Outcome((Message("utter_take_back_how", buttons=(button,)),))
    given = {
        d.item
        for d in s.store.overview(turn.person_id).decisions
        if d.status == "given" and d.purpose != LINK_PURPOSE
    }
    named_but_not_given = turn.pressed and "item" in turn.named and turn.named["item"] not in given
    if not given or named_but_not_given:
        return Outcome((Message("utter_take_back_nothing" if not given else "utter_take_back_not_this"),))
    everything = "all" in turn.named or (not turn.pressed and s.phrases.means_everything(turn.text))
    named = named_item(s, turn, sorted(given))
    if everything:
        return _taken_back(s, turn, None)
    if named or len(given) == 1:
        return _taken_back(s, turn, named or next(iter(given)))
    return Outcome((Message("utter_take_back_which", buttons=_which(s, sorted(given))),))


def _taken_back(s: Services, turn: Turn, item: str | None) -> Outcome:
    withdrawn = s.store.withdraw(turn.person_id, item=item)
    items = dict.fromkeys(one.item for one in withdrawn)
    custom = {"kind": "taken_back", "items": list(items)}
    return Outcome((Message("utter_taken_back", {"items": item_names(s, items)}, custom=custom),))


def _which(s: Services, items: Iterable[str]) -> tuple[Button, ...]:
    one = tuple(
        Button(
            f'/take_back{{"item":"{item}"}}',
            "utter_button_take_back_item",
            {"item": item_name(s, item)},
        )
        for item in items
    )
    return (*one, Button('/take_back{"all":"yes"}', "utter_button_take_back_all"))


def human(s: Services, turn: Turn) -> Outcome:
    """
    How to reach a human; noted with which help and which channel, nothing personal. Raises
    `StoreUnavailable`.
    """
    s.store.record_hand_over(turn.person_id, turn.channel, turn.need)
    return Outcome((Message("utter_human", s.catalogue.controller.contacts),))
