"""
The shape of a conversation file, and how a reply is held against it. Knows no server.

A plain expectation is found anywhere in the reply, whatever the case; one between slashes is a regular
expression.
Expectations of one step must be met in order.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, model_validator


class Strict(BaseModel):
    """Frozen; unknown keys are refused, so that a misspelled expectation cannot pass silently."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class StoreHolds(Strict):
    """What the consent store must hold. Keys are "purpose/item"; what is left out is not looked at."""

    decisions: dict[str, str] | None = None
    values: tuple[str, ...] | None = None
    uses: tuple[tuple[str, ...], ...] | None = None
    hand_overs: int | None = None
    nothing: bool = False
    plain_text_absent: tuple[str, ...] = ()


class Step(Strict):
    """
    One thing that happens: the person types or presses, time passes, something fails or is well again, the
    store is looked at.
    """

    user: str | None = None
    """What the person types. {code} stands for the last link code that any chat showed."""
    chat: str = "first"
    """In which chat: "first", or any other name for another chat of the same person."""
    press: str | None = None
    press_earlier: str | None = None
    """Presses a button of an earlier message again."""
    typed_payload_of: str | None = None
    """Types, letter by letter, the payload behind a button, without its seal."""
    minutes_later: int | None = None
    """The person is silent for so long. Nobody waits: the clock is set."""
    actions_away: bool | None = None
    """The actions answer nothing from now on, or are back."""
    store_locked: bool | None = None
    store: StoreHolds | None = None
    assistant: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    buttons: tuple[str, ...] | None = None
    silent: bool = False

    @model_validator(mode="after")
    def _does_one_thing(self) -> Step:
        acts = (self.user, self.press, self.press_earlier, self.typed_payload_of, self.store)
        done = [act for act in (*acts, *self.changes) if act is not None]
        if len(done) != 1:
            raise ValueError("a step does exactly one thing")
        return self

    @property
    def changes(self) -> tuple[object, ...]:
        """What happens to the assistant, which only one in this process can be told."""
        return (self.minutes_later, self.actions_away, self.store_locked)


class Script(Strict):
    """A conversation: one behaviour, step by step."""

    behaviour: str
    steps: tuple[Step, ...]

    @property
    def is_only_talk(self) -> bool:
        """Whether it can be held with servers, which have the machine's clock and are well."""
        return all(change is None for step in self.steps for change in step.changes)


def load(path: Path) -> Script:
    """The script in a file. Raises `pydantic.ValidationError` naming what is wrong."""
    return Script.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def reply_text(messages: list[dict[str, Any]]) -> str:
    """All that the assistant said, a message a paragraph."""
    return "\n".join(str(message.get("text") or "") for message in messages)


def button_titles(messages: list[dict[str, Any]]) -> tuple[str, ...]:
    """The titles of the last message that has buttons."""
    with_buttons = [message["buttons"] for message in messages if message.get("buttons")]
    return tuple(button["title"] for button in with_buttons[-1]) if with_buttons else ()


def unmet(step: Step, messages: list[dict[str, Any]]) -> list[str]:
    """Every expectation of the step that the reply does not meet, in words."""
    text = reply_text(messages)
    faults = _missing_in_order(step.assistant, text)
    faults += [f"must not say: {words}" for words in step.never if _pattern(words).search(text)]
    if step.buttons is not None and button_titles(messages) != step.buttons:
        faults.append(f"buttons: {list(step.buttons)}\n     but: {list(button_titles(messages))}")
    if step.silent and messages:
        faults.append("should have been silent")
    if step.assistant and not messages:
        faults.append("said nothing at all")
    return faults


def _missing_in_order(expected: tuple[str, ...], text: str) -> list[str]:
    faults, position = [], 0
    for words in expected:
        found = _pattern(words).search(text, position)
        if found is None:
            faults.append(f"missing (in this order): {words}")
        else:
            position = found.end()
    return faults


def _pattern(words: str) -> re.Pattern[str]:
    if len(words) > 2 and words.startswith("/") and words.endswith("/"):
        return re.compile(words[1:-1], re.IGNORECASE | re.DOTALL)
    return re.compile(re.escape(words), re.IGNORECASE)
