"""
Whoever only reads the menu gets through every help: by pressing, with the examples that the questions give.

What is said in between is the matter of `programs/<id>/conversation.yml`; here nothing is known of it.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest

from programs import load_catalogue

if TYPE_CHECKING:
    from programs import Program
    from tests.live.in_process import InProcess

pytestmark = pytest.mark.live
CATALOGUE = load_catalogue()
AREAS = {"solve_problem": 0, "use_product": 1, "complete_purchase": 2}
"""The place of each area's button in the menu."""


class _Reader:
    """Somebody who reads, presses, and types only the examples that they are given."""

    def __init__(self, assistant: InProcess) -> None:
        self.assistant, self.sender = assistant, uuid.uuid4().hex
        self.messages: list[dict[str, Any]] = []

    def say(self, text: str) -> None:
        self.messages = self.assistant.say(self.sender, text)

    def press(self, title: str) -> None:
        found = [b["payload"] for m in self.messages for b in m.get("buttons") or () if b["title"] == title]
        assert found, f"no button {title!r} in {self.text}"
        self.say(found[-1])

    @property
    def text(self) -> str:
        return "\n".join(str(message.get("text") or "") for message in self.messages)

    @property
    def titles(self) -> list[str]:
        return [button["title"] for button in self.messages[-1].get("buttons") or ()]

    @property
    def cards(self) -> list[str]:
        return [message["custom"]["kind"] for message in self.messages if message.get("custom")]


def _to_the_help(reader: _Reader, program: Program) -> None:
    reader.say("menu")
    assert program.name in reader.text
    reader.press(reader.titles[AREAS[program.help_type]])
    reader.press(program.name)
    assert program.need in reader.text
    assert program.general_help in reader.text


@pytest.mark.parametrize("program", CATALOGUE.programs.values(), ids=CATALOGUE.programs)
def test_all_that_is_asked_is_allowed(assistant: InProcess, program: Program) -> None:
    reader = _Reader(assistant)
    _to_the_help(reader, program)
    if not program.has_items:
        assert reader.cards == ["feedback"]
        return
    reader.press("Yes, please")
    for item in program.item_ids:
        reader.press("Allow")
        assert CATALOGUE.items[item].question in reader.text
        reader.say(CATALOGUE.items[item].examples[0])
    assert "tailored_help" in reader.cards
    assert "I used: " in reader.text
    assert "I did without: " not in reader.text


@pytest.mark.parametrize("program", CATALOGUE.programs.values(), ids=CATALOGUE.programs)
def test_all_that_is_asked_is_refused(assistant: InProcess, program: Program) -> None:
    reader = _Reader(assistant)
    _to_the_help(reader, program)
    if not program.has_items:
        return
    reader.press("Yes, please")
    for _ in program.item_ids:
        reader.press("Not now")
    assert "I used nothing about you. " in reader.text
    assert reader.cards[-1] == "feedback"
