"""
One person in two chats: a code from the one, typed in the other, after a permission; and apart again.

Nothing is linked by a code alone. The code is read from what was typed, and kept nowhere by us.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actions.flow.hearing import hear
from actions.flow.outcome import Next, Outcome
from actions.reading.phrases import Reading
from actions.words import CLOSED, Button, Message
from programs import LINK_ITEM, LINK_PURPOSE, link_notice, shown_text

if TYPE_CHECKING:
    from actions.bootstrap import Services
    from actions.flow.hearing import Heard
    from actions.turn import Turn
    from consent_store import PermissionRequest

CODE = re.compile(r"\b[a-z2-9]{4}[-–][a-z2-9]{4}[-–][a-z2-9]{4}\b", re.IGNORECASE)
DECISIONS = (Reading.YES, Reading.NO, Reading.LATER)


def give_code(s: Services, turn: Turn) -> Outcome:
    """A code to type in the other chat. Raises `StoreUnavailable`."""
    return Outcome((Message("utter_link_code", {"code": s.store.start_link(turn.person_id)}),))


def ask_to_link(s: Services, turn: Turn) -> Outcome:
    """A code was typed: ask whether the two chats may be linked. Ends a help that goes on here."""
    if CODE.search(turn.text) is None:
        return Outcome((Message("utter_link_how"),))
    s.store.reopen(turn.identity, LINK_PURPOSE, LINK_ITEM)  # whoever types a code brings it up themself
    session = s.store.begin_help(turn.identity, LINK_PURPOSE, turn.channel)
    notice = link_notice(s.catalogue, s.language)
    text = shown_text(s.catalogue, notice, turn.channel)
    request = s.store.ask(turn.identity, session.help_id, notice, channel=turn.channel, rendered_text=text)
    slots: dict[str, str | None] = {"need": None, "stage": "help"}
    return Outcome((_question(s, request),), Next.FINISHED, slots)


def answer_link(s: Services, turn: Turn) -> Outcome | None:
    """The answer to that question, or None if it is not the one that is open. Raises `StoreUnavailable`."""
    request = s.store.open_request(turn.identity)
    if request is None or request.purpose != LINK_PURPOSE:
        return None
    heard = hear(s.phrases, turn)
    if heard.reading not in DECISIONS or (turn.pressed and heard.request_id != request.request_id):
        return Outcome((Message("utter_link_again"),))
    if not turn.pressed and turn.came_before(request.served_at):
        return Outcome((Message("utter_written_before"), _question(s, request)))
    given = _tell_store(s, turn, heard, request) == "given"
    said = _link(s, turn) if given else Message("utter_link_refused", custom=CLOSED)
    s.store.end_help(turn.identity, "done")
    return Outcome((said,))


def unlink(s: Services, turn: Turn) -> Outcome:
    """Part this chat from the others. Raises `StoreUnavailable`."""
    parted = s.store.unlink(turn.identity)
    return Outcome((Message("utter_unlinked" if parted else "utter_unlink_nothing"),))


def _question(s: Services, request: PermissionRequest) -> Message:
    """The request, in the very words that the store keeps of it."""
    notice = link_notice(s.catalogue, s.language)
    named = f'{{"r":"{request.request_id}"}}'
    buttons = (
        Button(f"/allow{named}", title=notice.allow_label),
        Button(f"/deny{named}", title=notice.not_now_label),
    )
    return Message(text=request.rendered_text, buttons=buttons, custom={"kind": "link"})


def _tell_store(s: Services, turn: Turn, heard: Heard, request: PermissionRequest) -> str:
    notice = link_notice(s.catalogue, s.language)
    label = notice.allow_label if heard.button == "allow" else notice.not_now_label
    result = s.store.answer(
        request.request_id,
        turn.identity,
        channel=turn.channel,
        reading=str(heard.reading),
        words=label if heard.button else turn.text,
        button=heard.button,
        confidence=heard.confidence,
        notice_hash=request.notice_hash,
    )
    return result.status


def _link(s: Services, turn: Turn) -> Message:
    codes = (CODE.search(said.text) for said in reversed(turn.earlier))
    code = next((found.group() for found in codes if found), "")
    merge = s.store.finish_link(turn.identity, code)
    return Message("utter_linked" if merge.linked else f"utter_link_{merge.reason}", custom=CLOSED)
