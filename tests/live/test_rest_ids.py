"""A request of the REST channel that is sent again is answered as before, also by servers that are new."""

from __future__ import annotations

import uuid

import pytest

from tests.live.servers import Message, Stack

pytestmark = [pytest.mark.live, pytest.mark.timeout(300)]


def test_a_request_is_answered_again_after_a_kill_of_rasa_and_not_handled_again(stack_to_kill: Stack) -> None:
    sender = uuid.uuid4().hex
    stack_to_kill.say(sender, "I want to pay off my credit card debt")
    body = {"sender": sender, "message": "yes please", "id": uuid.uuid4().hex}
    asked = answers(stack_to_kill, body)
    assert "May Harbour Bank use" in str(asked[-1]["text"])
    stack_to_kill.kill("rasa")
    stack_to_kill.start("rasa")
    assert answers(stack_to_kill, body) == asked
    (noted, *_) = stack_to_kill.press(sender, asked, "Allow")  # of the very same request
    assert noted["text"].startswith("Thank you. Noted")


def answers(stack: Stack, body: dict[str, str]) -> list[Message]:
    answer = stack.post(body)
    assert answer.status_code == 200, answer.text
    messages: list[Message] = answer.json()
    return messages
