"""
Which question comes next. Pure.

Permission first, value second; items in the catalogue's order; never a fourth; an item that was refused, put
off or taken
back is not asked again (rule 7 of the consent rules).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from programs import Program

Key = tuple[str, str]
"""(purpose, item)."""
ASKABLE = frozenset({"unasked", "requested", "expired"})


class State(Protocol):
    """What the consent store knows of one (purpose, item)."""

    @property
    def status(self) -> str:
        """A DPV status, or "unasked"."""

    @property
    def has_value(self) -> bool:
        """Whether a value is kept under it."""

    @property
    def decided_at(self) -> datetime | None:
        """Of a grant, since when it stands."""


@dataclass(frozen=True)
class Offer:
    """Offer to ask for at most `count` things."""

    count: int


@dataclass(frozen=True)
class Permission:
    """Ask permission for one item; `number` of `of` is the meter that the person sees."""

    item: str
    purpose: str
    number: int
    of: int
    remember: bool = False


@dataclass(frozen=True)
class ValueOf:
    """Ask for the value of an item that the person just allowed."""

    item: str
    purpose: str


Question = Offer | Permission | ValueOf


def keys_of(program: Program) -> tuple[Key, ...]:
    """Every (purpose, item) that a help of this program may look at: for this help, and remembered."""
    purposes = (program.id, program.remember_purpose_key)
    return tuple((purpose, entry.item) for purpose in purposes for entry in program.items)


def source_of(program: Program, item: str, states: Mapping[Key, State]) -> Key | None:
    """
    Under which purpose the value of `item` may be read: given for this help, else remembered, else None.
    """
    for purpose in (program.id, program.remember_purpose_key):
        state = states[(purpose, item)]
        if state.status == "given" and state.has_value:
            return (purpose, item)
    return None


def next_question(
    program: Program, offer: str, states: Mapping[Key, State], stage: str = "help"
) -> Question | None:
    """
    The next question of this help, or None when there is nothing more to ask.

    Args:
        program: the help program.
        offer: "open", "accepted" or "declined".
        states: what is known of every key of `keys_of(program)`.
        stage: "help" to ask what the help needs, "remember" to ask what may be kept for next time.

    """
    if stage == "remember":
        return _next_to_remember(program, states)
    if offer == "declined":
        return None
    items = [entry.item for entry in program.items]
    open_items = [item for item in items if _wants(program, item, states)]
    if not open_items:
        return None
    if offer == "open":
        return Offer(len(open_items))
    item = open_items[0]
    if states[(program.id, item)].status == "given":
        return ValueOf(item, program.id)
    return Permission(item, program.id, items.index(item) + 1, len(items))


def _wants(program: Program, item: str, states: Mapping[Key, State]) -> bool:
    state = states[(program.id, item)]
    if source_of(program, item, states) is not None:
        return False
    return state.status in ASKABLE or state.status == "given"


def _next_to_remember(program: Program, states: Mapping[Key, State]) -> Permission | None:
    purpose = program.remember_purpose_key
    items = [entry.item for entry in program.items if states[(program.id, entry.item)].has_value]
    for number, item in enumerate(items, start=1):
        if states[(purpose, item)].status in ASKABLE:
            return Permission(item, purpose, number, len(items), remember=True)
    return None
