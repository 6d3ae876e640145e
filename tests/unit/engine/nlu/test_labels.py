"""A program is as likely as its finer needs together."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.nlu.labels import Label, Labels, numbered

LABELS = [
    Label("greet"),
    Label("need_a", "a1"),
    Label("need_a", "a2"),
    Label("need_b", "b1"),
    Label("need_c"),
]
PROBABILITIES = st.lists(st.floats(0, 1), min_size=len(LABELS), max_size=len(LABELS)).map(np.array)

METADATA = {
    "a finer need": ({"intent": {"finer_need": "a1"}}, "a1"),
    "none": (None, ""),
    "of an example only": ({"example": {"finer_need": "a1"}}, ""),
    "something else of the block": ({"intent": {"note": "x"}}, ""),
    "a list": ({"intent": ["finer_need"]}, ""),
}


@pytest.mark.parametrize("case", METADATA)
def test_the_finer_need_comes_from_the_block_of_the_training_data(case: str) -> None:
    metadata: Any
    metadata, finer = METADATA[case]
    assert Label.of_example("need_a", metadata) == Label("need_a", finer)


@given(PROBABILITIES)
def test_a_program_is_as_likely_as_its_finer_needs_together(probabilities: np.ndarray) -> None:
    ranking = Labels(LABELS).ranking(probabilities)
    found = {each["name"]: each["confidence"] for each in ranking}
    assert found == pytest.approx(
        {
            "greet": probabilities[0],
            "need_a": probabilities[1] + probabilities[2],
            "need_b": probabilities[3],
            "need_c": probabilities[4],
        }
    )
    order = [each["confidence"] for each in ranking]
    assert order == sorted(order, reverse=True)
    assert all(type(confidence) is float for confidence in order)


def test_many_finer_needs_win_over_one_strong_intent() -> None:
    assert Labels(LABELS).ranking(np.array([0.4, 0.3, 0.3, 0, 0]))[0]["name"] == "need_a"


def test_the_likeliest_finer_need_is_named_with_its_share() -> None:
    finer = Labels(LABELS).finer_needs(np.array([0.2, 0.15, 0.45, 0.2, 0.0]))
    assert finer["need_a"].finer_need == "a2"
    assert finer["need_a"].share == pytest.approx(0.75)
    assert finer["need_b"] == ("b1", 1.0)
    assert finer.keys() == {"need_a", "need_b"}


def test_no_probability_at_all_has_no_share() -> None:
    assert Labels(LABELS).finer_needs(np.zeros(len(LABELS)))["need_a"].share == 0.0


def test_labels_are_numbered_in_an_order_that_does_not_depend_on_the_examples() -> None:
    distinct, numbers = numbered([LABELS[2], LABELS[0], LABELS[2], LABELS[1]])
    assert distinct == sorted({LABELS[0], LABELS[1], LABELS[2]})
    assert [distinct[number] for number in numbers] == [LABELS[2], LABELS[0], LABELS[2], LABELS[1]]
