"""
Who states an age under the threshold is asked for nothing, and gets all help that needs nothing (rule 13).

The age itself is not written down; only that nothing is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.words import CLOSED, Message
from programs import corrected_age, stated_age

if TYPE_CHECKING:
    from actions.bootstrap import Services
    from actions.turn import Turn


def protect_the_young(s: Services, turn: Turn) -> tuple[Message, ...]:
    """
    Mark a person who just stated such an age, and say so, once; who corrects it is marked no more. Raises
    `StoreUnavailable`.
    """
    age = None if turn.pressed else corrected_age(turn.text, today=s.today())
    if age is None:
        return ()
    is_young, is_marked = age < s.catalogue.controller.asks_from_age_years, s.store.is_minor(turn.person_id)
    if is_marked and not is_young:
        s.store.unset_minor(turn.person_id)
        return (Message("utter_item_free_lifted"),)
    if is_marked or stated_age(turn.text, today=s.today()) is None or not is_young:
        return ()
    s.store.set_minor(turn.person_id)
    return (Message("utter_item_free", custom=CLOSED),)
