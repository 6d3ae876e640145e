"""
One message of one person, as the flow sees it. Made from Rasa's tracker; the only reader of it.

A tracker is never proof of a decision: what was asked and answered is in the consent store.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sealing.person import pseudonym

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rasa_sdk import Tracker

FORM = "help_form"
CARD_CHANNELS = frozenset({"widget"})
"""Channels that show a message's buttons at the parts of a card to which they belong."""


@dataclass(frozen=True)
class Said:
    """Something the person typed earlier in this conversation, and when (aware UTC)."""

    text: str
    at: datetime


@dataclass(frozen=True)
class Turn:
    """What a person just did: typed `text`, or pressed a button that carried `named` values."""

    person_id: str
    """Who talks: the pseudonym that stands for the person, also over linked chats."""
    channel: str
    text: str
    intent: str
    confidence: float
    pressed: bool = False
    program: str | None = None
    finer_need: str | None = None
    """Which of the program's questions was asked, if that was clear; see `finer_needs` in program.yml."""
    candidates: tuple[str, ...] = ()
    then: str | None = None
    """The program of a second need that the same message names."""
    next_need: str | None = None
    """The program of a second need that was named before, and waits until the help is over."""
    named: Mapping[str, str] = field(default_factory=dict)
    need: str | None = None
    stage: str = "help"
    answers_question: bool = True
    earlier: tuple[Said, ...] = ()
    identity: str = ""
    """The pseudonym of this very chat."""
    is_command: bool = False
    """Whether it was typed like a command, which is no yes, whatever its words."""
    asked: str = ""
    """What the assistant asked outside a form, and when: a word and an instant (aware UTC)."""
    received_at: datetime | None = None
    """When the channel took the message, before it waited for its turn (aware UTC); None: it does not say."""

    @property
    def shows_cards(self) -> bool:
        """Whether more buttons help here; where they are a list of numbers, they would be in the way."""
        return self.channel in CARD_CHANNELS

    def was_just_asked(self, what: str) -> bool:
        """Whether that was asked and is served, and this message is the first that was sent since."""
        word, _, instant = self.asked.partition(" ")
        if word != what:
            return False
        served = datetime.fromisoformat(instant)
        return not self.came_before(served) and all(said.at <= served for said in self.earlier)

    def came_before(self, instant: datetime) -> bool:
        """
        Whether the message was received before `instant` (aware), so that it cannot answer what was shown
        then. Never so for a channel that does not say when.
        """
        return self.received_at is not None and self.received_at < instant


def read_turn(tracker: Tracker, person_key: bytes) -> Turn:
    """
    The turn in a tracker.

    `person_id` is an HMAC of the conversation's id, so that a raw channel id never reaches the consent store.
    """
    message = tracker.latest_message or {}
    intent = message.get("intent") or {}
    noted = message.get("metadata")
    metadata = noted if isinstance(noted, dict) else {}
    named = {str(entity["entity"]): str(entity["value"]) for entity in message.get("entities") or ()}
    text = str(message.get("text") or "")
    identity = pseudonym(person_key, "person", tracker.sender_id)
    return Turn(
        person_id=identity,
        identity=identity,
        channel=tracker.get_latest_input_channel() or "unknown",
        text=text,
        intent=str(intent.get("name") or ""),
        confidence=float(intent.get("confidence") or 0.0),
        pressed=text.startswith("/"),
        program=named.get("program") or intent.get("program"),
        finer_need=intent.get("finer_need"),
        candidates=tuple(intent.get("candidates") or ()),
        then=intent.get("then"),
        next_need=tracker.get_slot("next_need"),
        named=named,
        need=tracker.get_slot("need"),
        stage=tracker.get_slot("stage") or "help",
        asked=tracker.get_slot("asked") or "",
        answers_question=_answers_question(tracker.events),
        earlier=_typed_before(tracker.events),
        is_command=bool(metadata.get("command")),
        received_at=_received_at(metadata.get("received_at")),
    )


def _received_at(noted: object) -> datetime | None:
    """What the channel noted, if it is an instant. One without a time zone is none: nothing is guessed."""
    try:
        instant = datetime.fromisoformat(noted) if isinstance(noted, str) else None
    except ValueError:
        return None
    return instant if instant and instant.tzinfo else None


def _answers_question(events: Sequence[Mapping[str, Any]]) -> bool:
    """
    Whether the form looks at this message for the first time.

    Rasa validates a form also when it starts and when it comes back after a digression; then the action
    before the form is
    another one than listening.
    """
    actions = [event.get("name") for event in events if event.get("event") == "action"]
    return len(actions) > 1 and actions[-1] == FORM and actions[-2] == "action_listen"


def _typed_before(events: Sequence[Mapping[str, Any]]) -> tuple[Said, ...]:
    typed = [event for event in events if event.get("event") == "user"][:-1]
    return tuple(
        Said(str(event.get("text") or ""), datetime.fromtimestamp(float(event["timestamp"]), UTC))
        for event in typed
    )
