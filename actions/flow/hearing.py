"""
What a message means inside a question. Pure: it decides nothing about permission, and a classifier never
makes a yes of it.

A yes is read word for word from the phrase lists, or comes from the very button of the open request.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from actions.reading.phrases import Reading
from programs import NotUnderstood

if TYPE_CHECKING:
    from actions.reading.phrases import Phrases
    from actions.turn import Turn
    from programs import Item, Program, Value

DIGRESSIONS = frozenset(
    [
        "need",
        "need_unclear",
        "show_kept",
        "take_back",
        "forget_me",
        "receipt",
        "human",
        "menu",
        "greet",
        "thanks",
        "goodbye",
        "bot_challenge",
        "insult",
        "link_start",
        "link_code",
        "link_end",
        "without",
        "remember",
        "reconsider",
        "feedback",
    ]
)
"""Intents that a rule in `data/rules/` answers inside a question; a test holds this against the rules."""
ANSWERS = {
    "deny": Reading.NO,
    "later": Reading.LATER,
    "why": Reading.WHY,
    "enough": Reading.ENOUGH,
    "stop": Reading.STOP,
}
"""Intents that the classifier may recognise. There is no yes among them."""
ANSWERED_BY_NO = ("yes_no", "count")
"""Types of items to which a typed no, or never, is an answer like any other."""
SURE = 0.5
"""From this confidence on a classifier's no, why, enough or stop counts."""


@dataclass(frozen=True)
class Heard:
    """
    What was heard, how sure (1.0: the words themselves, or a button), and the request that a button belongs
    to.
    """

    reading: Reading | None
    confidence: float
    request_id: str | None = None
    button: str | None = None


def hear(phrases: Phrases, turn: Turn) -> Heard:
    """The meaning of a message inside a question; `reading` is None if it says something else."""
    if turn.pressed:
        return _hear_button(turn)
    read = phrases.read(turn.text)
    if turn.is_command and read is Reading.YES:
        return Heard(Reading.UNCLEAR, turn.confidence)
    if read is not None and read is not Reading.UNCLEAR:
        return Heard(read, 1.0)
    if turn.intent in ANSWERS and turn.confidence >= SURE:
        return Heard(ANSWERS[turn.intent], turn.confidence)
    return Heard(None if read is None else Reading.UNCLEAR, turn.confidence)


def _hear_button(turn: Turn) -> Heard:
    reading = Reading.YES if turn.intent == "allow" else ANSWERS.get(turn.intent)
    return Heard(reading, 1.0, request_id=turn.named.get("r"), button=turn.intent)


def refuses(item: Item, reading: Reading | None, value: Value | NotUnderstood) -> bool:
    """
    Whether plain words leave the item out: a no, unless it answers ("Here?" No. "How often?" Never. "What
    happened?" It failed).
    """
    if isinstance(value, NotUnderstood) and value.reason == "rather_not":
        return True
    answers = item.type in ANSWERED_BY_NO or not isinstance(value, NotUnderstood)
    return reading in (Reading.NO, Reading.LATER) and not answers


def digresses(turn: Turn, program_id: str) -> bool:
    """
    Whether a rule should act and the question come back. The need that is being helped already is no
    digression.
    """
    if turn.intent == "need" and not turn.pressed:
        return turn.program != program_id
    return turn.intent in DIGRESSIONS


def same_need_again(turn: Turn, program: Program) -> str | None:
    """What to say to another question that the same program serves: its own first sentences, if there are."""
    if turn.pressed or turn.intent != "need" or turn.program != program.id:
        return None
    finer = program.finer_needs.get(turn.finer_need or "")
    return finer.first if finer else None
