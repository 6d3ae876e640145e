"""
A correction of an earlier item of this help, typed while another question is open: "I mistyped, my income is
3,200". It corrects that item, and says so; the open question comes back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actions.flow.outcome import Outcome
from actions.flow.question import ValueOf
from actions.words import Message
from programs import NotUnderstood, display, read_value, says_correction, to_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actions.bootstrap import Services
    from actions.flow.context import Running
    from actions.turn import Turn

LONG_WORD = 4
"""Letters from which on a word of an item's name says which item is meant."""


def corrected(s: Services, turn: Turn, help_: Running) -> Outcome | None:
    """
    The correction, said back; None if the message is none, or fits no value that is kept for this help.

    Raises `StoreUnavailable`.
    """
    purpose, asked = help_.program.id, help_.question
    if turn.pressed or not says_correction(turn.text):
        return None
    kept = [one.item for one in help_.program.items if help_.states[(purpose, one.item)].has_value]
    named = [name for name in kept if _names(s.catalogue.items[name].name, turn.text)]
    if isinstance(asked, ValueOf) and not named:
        return None
    return _correct(s, turn, help_, named or _latest_first(help_, kept))


def _correct(s: Services, turn: Turn, help_: Running, items: Sequence[str]) -> Outcome | None:
    for name in items:
        item = s.catalogue.items[name]
        value = read_value(item, turn.text, today=s.today())
        if not isinstance(value, NotUnderstood):
            s.store.rectify(turn.person_id, help_.program.id, name, to_text(item, value))
            said = {"item": item.name, "value": display(item, value, s.language)}
            return Outcome((Message("utter_value_corrected", said),))
    return None


def _latest_first(help_: Running, items: Sequence[str]) -> list[str]:
    decided = {name: help_.states[(help_.program.id, name)].decided_at for name in items}
    return sorted(items, key=lambda name: str(decided[name] or ""), reverse=True)


def _names(name: str, text: str) -> bool:
    words = {word for word in re.findall(r"\w+", name.lower()) if len(word) >= LONG_WORD}
    return bool(words & set(re.findall(r"\w+", text.lower())))
