"""What a step of the flow hands back to its action: words to say, and how the conversation goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actions.words import Message


class Next(StrEnum):
    """How the question goes on."""

    STAY = "stay"
    """Taken as an answer; the next question (or the same again) follows."""
    LEAVE_TO_RULES = "leave_to_rules"
    """Not an answer; a rule in `data/rules/` acts, and the question comes back."""
    FINISHED = "finished"
    """There is nothing more to ask."""


@dataclass(frozen=True)
class Outcome:
    """Words, what comes next, and slots that never hold anything personal (`need`, `stage`)."""

    messages: tuple[Message, ...] = ()
    next: Next = Next.STAY
    slots: Mapping[str, str | None] = field(default_factory=dict)

    def then(self, other: Outcome) -> Outcome:
        """Both, one after the other; how it goes on is for the second to say."""
        return Outcome((*self.messages, *other.messages), other.next, {**self.slots, **other.slots})


def leave_to_rules() -> Outcome:
    """The message is no answer: a rule acts, and the question comes back."""
    return Outcome(next=Next.LEAVE_TO_RULES)
