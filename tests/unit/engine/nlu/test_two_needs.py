"""Two needs in one message: each is said in a part of its own, or there is only one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.nlu.deciding import Evidence
from engine.nlu.model import Reading
from engine.nlu.two_needs import FEWEST_WORDS, MOST_PARTS, parts_of, two_needs

SAYS = {"stolen": "need_lost_card", "debts": "need_debt_payoff", "weather": "out_of_scope"}


def read(text: str) -> Reading:
    """A model that knows three words, and is unsure of a text with two of them or none."""
    said = [intent for word, intent in SAYS.items() if word in text]
    confidence = {0: 0.3, 1: 0.9}.get(len(said), 0.45)
    ranking = [{"name": name, "confidence": confidence} for name in said or ["need_fees"]]
    return Reading(ranking, Evidence(nearness=0.6))


def named(text: str) -> tuple[str, str] | None:
    return two_needs(text, read, confidence=0.6, support=1.4)


@pytest.mark.parametrize(
    "text",
    [
        "my card was stolen and how do I pay my debts",
        "my card was stolen, how do I pay my debts",
        "My card was stolen. How do I pay my debts?",
        "my card was stolen - help me with my debts",
        "I had a lovely week in Rome, my card was stolen, and also my debts are too high",
    ],
)
def test_two_needs_are_named_in_the_order_in_which_they_are_said(text: str) -> None:
    assert named(text) == ("lost_card", "debt_payoff")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "my card was stolen",
        "my card was stolen, yes it was stolen",
        "my card was stolen in lovely weather, and nothing else",
        "my card was stolen and what is the weather today",
        "stolen, debts",
    ],
)
def test_one_need_stays_one(text: str) -> None:
    assert named(text) is None


@given(st.text(alphabet="ab ,.?!;:\n-and or but", max_size=400))
def test_parts_are_few_in_order_and_no_shorter_than_a_need(text: str) -> None:
    parts = parts_of(text)
    assert 1 <= len(parts) <= MOST_PARTS
    assert all(one[1] <= later[0] for one, later in pairwise(parts))
    assert len(parts) == 1 or min(len(text[a:b].split()) for a, b in parts) >= FEWEST_WORDS


def test_a_long_story_costs_no_more_readings_than_a_short_one() -> None:
    asked: list[str] = []

    def counted(text: str) -> Reading:
        asked.append(text)
        return read(text)

    two_needs("and then we went out, " * 80, counted, confidence=0.6, support=1.4)
    assert len(asked) <= 2 * MOST_PARTS
