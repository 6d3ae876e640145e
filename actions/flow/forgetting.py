"""
Forgetting, which cannot be undone and is never a guess: by the button, or by words that plainly order it.

Any other order is asked about once; a question about it is answered, with the button.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.flow.hearing import hear
from actions.flow.outcome import Next, Outcome
from actions.reading.phrases import Reading
from actions.words import CLOSED, Button, Message

if TYPE_CHECKING:
    from actions.bootstrap import Services
    from actions.turn import Turn

ASKED = "forget"
"""What the slot `asked` begins with while the question whether to erase waits for its answer."""


def forget_me(s: Services, turn: Turn) -> Outcome:
    """Erase, ask whether to, or say how. Raises `StoreUnavailable`; then nothing was erased."""
    if turn.pressed or s.phrases.orders_to_forget(turn.text):
        return _erase(s, turn)
    if s.phrases.is_question(turn.text):
        return about_forgetting()
    buttons = (Button("/forget_me", "utter_button_forget_yes"), Button("/deny", "utter_button_forget_no"))
    asked = f"{ASKED} {s.now().isoformat()}"
    return Outcome(
        (Message("utter_forget_confirm", buttons=buttons),), slots={"asked": asked, "next_need": None}
    )


def about_forgetting() -> Outcome:
    """That everything can be erased at any moment, and the button that does it."""
    return Outcome((Message("utter_forget_how", buttons=(Button("/forget_me", "utter_button_forget"),)),))


def answer_forgetting(s: Services, turn: Turn) -> Outcome | None:
    """
    What a yes or a no right after the question does; None if it is not the question, or no answer to it.

    Raises `StoreUnavailable`; then nothing was erased.
    """
    if not turn.was_just_asked(ASKED) or turn.named:
        return None
    heard = hear(s.phrases, turn)
    if heard.reading is Reading.YES and not turn.pressed:
        return _erase(s, turn)
    if heard.reading in (Reading.NO, Reading.LATER):
        return Outcome((Message("utter_forget_not"),), Next.STAY, {"asked": None})
    return None


def _erase(s: Services, turn: Turn) -> Outcome:
    """Erase the person, read again, hand over the certificate, which names nobody."""
    certificate = s.store.erase_with_certificate(turn.person_id, s.signer, s.catalogue.controller.id)
    wording = "utter_forgotten" if certificate.verified else "utter_forgotten_not_sure"
    custom = {**CLOSED, "kind": "certificate", "document": certificate.document}
    message = Message(wording, {"certificate": certificate.certificate_id}, custom=custom)
    return Outcome((message,), slots={"need": None, "next_need": None, "stage": None, "asked": None})
