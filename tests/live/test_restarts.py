"""
Between any two turns any server may be ended, kindly or by force: the next answer is the same as without.

What differs by nature is left out of the comparison: ids, codes, moments.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from tests.live.servers import Stack

pytestmark = [pytest.mark.live, pytest.mark.timeout(420)]

BOTH = ("rasa", "actions")
Step = tuple[str, str]
Answers = list[tuple[str, list[tuple[str, list[str]]]]]

ASKED_AND_HELPED: tuple[Step, ...] = (
    ("say", "I want to pay off my credit card debt"),
    ("press", "Yes, please"),
    ("press", "Allow"),
    ("say", "2,345.67"),
    ("press", "Not now"),
    ("press", "Not now"),
    ("press", "Take something back"),
)
"""Every turn needs what was before it: an open question, a value, a refusal, a help that was given."""

LONG: tuple[Step, ...] = (
    ("say", "hello"),
    ("say", "I owe 2,345.67 on my credit card and want to pay it off"),
    ("press", "Why?"),
    ("press", "Yes, please"),
    ("say", "it is 2,345.67 euros"),
    ("press", "Allow"),
    ("say", "can I talk to a real person please"),
    ("press", "Not now"),
    ("press", "Allow"),
    ("say", "a whole lot"),
    ("say", "what do you know about me?"),
    ("say", "250"),
    ("press", "Keep it for next time"),
    ("press", "Allow"),
    ("say", "I take back what you know about what I still owe"),
    ("say", "I want to pay off my credit card debt"),
    ("say", "my receipt please"),
)
DIFFERENT_BY_NATURE = re.compile(
    r"(?<=note )\w{12}|(?<=Receipt )\w{12}|entry \w+/\d+|\d\d:\d\d|\d{1,2} [A-Z][a-z]+ \d{4}"
)
"""Of a call for a human and of a receipt the ids, places in the ledger, times and days."""


EVERY = range(1, len(LONG))
SOME = (6, 11, 14)
"""Before a yes, with a value that was asked for, before one that is kept for next time."""
TURNS = [pytest.param(SOME, id="some"), pytest.param(EVERY, id="every", marks=pytest.mark.full)]


@pytest.mark.parametrize("turns", TURNS)
def test_an_action_server_that_is_new_at_a_turn_answers_as_one_that_stays(
    stack_apart: Stack, turns: Sequence[int]
) -> None:
    expected = play(stack_apart, LONG, between=lambda _: None)
    assert play(stack_apart, LONG, between=restarts(stack_apart, ["actions"], turns)) == expected
    assert any("€2,345.67" in text for _, answer in expected for text, _ in answer)


@pytest.mark.parametrize(
    "turns",
    [pytest.param((3, 4), id="some"), pytest.param(EVERY, id="every", marks=pytest.mark.full)],
)
def test_servers_that_are_both_new_at_a_turn_answer_as_those_that_stay(
    stack_apart: Stack, turns: Sequence[int]
) -> None:
    expected = play(stack_apart, ASKED_AND_HELPED, between=lambda _: None)
    assert play(stack_apart, ASKED_AND_HELPED, between=restarts(stack_apart, BOTH, turns)) == expected
    texts = [" ".join(text for text, _ in answer) for _, answer in expected]
    assert "I used: what you still owe" in texts[5]
    assert "You took back: what you still owe" in texts[6]


def test_ids_and_moments_do_not_count() -> None:
    one, other = (
        f"Receipt {id_}, {day} May 2026, 10:0{day}: €2,345.67 (entry c0{day}/1, note {id_})"
        for id_, day in (("ngawuahrzjaw", 3), ("l87p77pey0v0", 4))
    )
    assert comparable([{"text": one}]) == comparable([{"text": other}])
    assert comparable([{"text": one}]) != comparable([{"text": one.replace("2,345", "2,346")}])


def play(stack: Stack, steps: Sequence[Step], between: Callable[[int], None]) -> Answers:
    """A new person's conversation. `between` gets the number of the turn to come, from the second on."""
    sender, said, answers = uuid.uuid4().hex, [], []
    for turn, (how, words) in enumerate(steps):
        if turn:
            between(turn)
        messages = stack.say(sender, words) if how == "say" else stack.press(sender, said, words)
        said += messages
        answers.append((words, comparable(messages)))
    return answers


def comparable(messages: Sequence[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    """Text and titles of buttons of each message, without what differs by nature."""
    return [
        (
            DIFFERENT_BY_NATURE.sub("…", str(message.get("text") or "")),
            [button["title"] for button in message.get("buttons") or ()],
        )
        for message in messages
    ]


def restarts(stack: Stack, names: Sequence[str], turns: Sequence[int]) -> Callable[[int], None]:
    """Before these turns: end them, kindly at every third, else by force; start them again until well."""

    def between(turn: int) -> None:
        if turn in turns:
            for name in names:
                stack.kill(name) if turn % 3 else stack.servers[name].end()
            stack.make_whole()

    return between
