"""A table of steps gives the first row that fits, and tells of its gaps and of rows that nobody reaches."""

from __future__ import annotations

from itertools import product
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.saying.steps import Case, Row, check_table, numbered, steps_for
from programs.saying.tailoring import Figure, Help, Sentence, joined

COLOURS, SIZES = ("red", "blue"), ("small", "large")


class Thing(Case):
    colour: Literal["red", "blue"] | None = None
    size: Literal["small", "large"] | None = None


answers = st.tuples(st.sampled_from([*COLOURS, None]), st.sampled_from([*SIZES, None]))


def rows(*whens):
    """A table whose rows name themselves as their only step."""
    return tuple(
        Row[Thing, str].model_validate(
            {
                "when": {k: v for k, v in zip(("colour", "size"), when, strict=True) if v},
                "steps": [f"row {n}"],
            }
        )
        for n, when in enumerate(whens)
    )


@given(table=st.lists(answers, max_size=8), case=answers)
def test_the_first_row_that_fits_is_used(table, case):
    whole = (*table, (None, None))
    fitting = []
    for number, (colour, size) in enumerate(whole):
        if (not colour or colour == case[0]) and (not size or size == case[1]):
            fitting.append(f"row {number}")
    assert steps_for(rows(*whole), Thing(colour=case[0], size=case[1])) == (fitting[0],)


@given(table=st.lists(answers, max_size=8))
def test_a_table_is_refused_exactly_if_it_has_a_gap_or_a_row_that_is_never_reached(table):
    used = set()
    gap = False
    for case in product((*COLOURS, None), (*SIZES, None)):
        found = [
            n for n, row in enumerate(table) if all(not r or r == c for r, c in zip(row, case, strict=True))
        ]
        used |= set(found[:1])
        gap = gap or not found
    sound = not gap and used == set(range(len(table)))
    if sound:
        check_table(rows(*table), Thing, colour=COLOURS, size=SIZES)
        return
    with pytest.raises(ValueError, match="no row for" if gap else "no case reaches"):
        check_table(rows(*table), Thing, colour=COLOURS, size=SIZES)


def test_steps_are_numbered_unless_there_is_only_one():
    one, two = Sentence("wipe"), Sentence("wait")
    assert numbered([one]) == Help((one,), (Figure("steps", 1, "step"),))
    both = numbered([one, two])
    assert [(s.key, s.params["number"], s.params["what"]) for s in both.sentences] == [
        ("step", 1, one),
        ("step", 2, two),
    ]
    assert both.figures == (Figure("steps", 2, "step"),)


def test_helps_are_joined_in_their_order():
    first, second = Help((Sentence("a"),)), Help((Sentence("b"),), (Figure("x", 1, "day"),))
    assert joined(first, second) == Help((Sentence("a"), Sentence("b")), (Figure("x", 1, "day"),))


@pytest.mark.parametrize("steps", [[], ["wipe", 3]])
def test_a_row_names_at_least_one_step(steps):
    with pytest.raises(ValueError):
        Row[Thing, str].model_validate({"when": {}, "steps": steps})
