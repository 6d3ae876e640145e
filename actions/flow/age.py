"""
Who states an age under the threshold is asked for nothing, and gets all help that needs nothing (rule 13).

The age itself is not written down; only that nothing is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.words import CLOSED, Message

if TYPE_CHECKING:
    from actions.bootstrap import Services
    from actions.turn import Turn


def protect_the_young(s: Services, turn: Turn) -> tuple[Message, ...]:
    """Mark a person who just stated such an age, and say so, once. Raises `StoreUnavailable`."""
    age = None if turn.pressed else s.phrases.stated_age(turn.text)
    if age is None or age >= s.catalogue.controller.asks_from_age_years or s.store.is_minor(turn.person_id):
        return ()
    s.store.set_minor(turn.person_id)
    return (Message("utter_item_free", custom=CLOSED),)
