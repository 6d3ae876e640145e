"""What a person may start after an answer: keep it for next time, be asked again, say how it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.flow.context import named_item, running
from actions.flow.linking import answer_link
from actions.flow.outcome import Next, Outcome
from actions.words import CLOSED, Message

if TYPE_CHECKING:
    from actions.bootstrap import Services
    from actions.turn import Turn

FEEDBACK = {
    "feedback_helped": "helped",
    "feedback_not_helped": "not_helped",
    "allow": "helped",
    "deny": "not_helped",
}
"""Words about an answer, by intent. A yes or no outside a question can only be about the answer before."""


def remember(s: Services, turn: Turn) -> Outcome:
    """
    Ask, item by item, whether it may be kept for next time: a purpose of its own. Raises `StoreUnavailable`.
    """
    help_ = running(s, turn)
    has_values = help_ is not None and any(
        help_.states[(help_.program.id, entry.item)].has_value for entry in help_.program.items
    )
    if not has_values:
        return Outcome((Message("utter_remember_nothing"),), Next.FINISHED)
    return Outcome(slots={"stage": "remember"})


def reconsider(s: Services, turn: Turn) -> Outcome:
    """The person allows to be asked again about an item that they refused. Raises `StoreUnavailable`."""
    help_ = running(s, turn)
    item = named_item(s, turn, help_.program.item_ids) if help_ else None
    if help_ is None or item is None:
        return Outcome((Message("utter_nothing_to_recompute"),), Next.FINISHED)
    s.store.reopen(turn.person_id, help_.program.id, item)
    s.store.set_offer(help_.session.help_id, "accepted")
    return Outcome(slots={"stage": "help"})


def feedback(s: Services, turn: Turn) -> Outcome:
    """Note how the help was; no answer is fine. Raises `StoreUnavailable`."""
    answer = turn.named.get("answer") or FEEDBACK.get(turn.intent)
    session = s.store.current_help(turn.person_id)
    if session is None or answer is None:
        return Outcome((Message("utter_no_open_question"),))
    helped = {"helped": True, "not_helped": False}.get(answer)
    s.store.record_feedback(session.help_id, helped=helped, intrusive=True if answer == "intrusive" else None)
    wording = "utter_feedback_not_helped" if helped is False else "utter_feedback_thanks"
    return Outcome((Message(wording),))


def no_open_question(s: Services, turn: Turn) -> Outcome:
    """
    A yes, a no or a detail while nothing is asked: about the answer before, or said to be without effect.
    """
    linking = answer_link(s, turn)
    if linking is not None:
        return linking
    if turn.named.get("r"):
        return Outcome((Message("utter_request_over", custom=CLOSED),))
    if turn.next_need and turn.intent in ("deny", "later", "enough"):
        return Outcome((Message("utter_next_need_declined"),), slots={"next_need": None})
    if turn.intent in FEEDBACK and s.store.current_help(turn.person_id) is not None:
        return feedback(s, turn)
    told = (Message("utter_volunteered"),) if turn.intent == "tell_value" else ()
    return Outcome((*told, Message("utter_no_open_question")))
