"""What a person id promises."""

import re

from hypothesis import given
from hypothesis import strategies as st

from sealing.person import pseudonym

KEY = b"k" * 32
ANY_TEXT = st.text(st.characters())
PARTS = st.lists(ANY_TEXT, max_size=4)


@given(PARTS)
def test_the_same_parts_give_the_same_32_hex_characters(parts: list[str]) -> None:
    assert pseudonym(KEY, *parts) == pseudonym(KEY, *parts)
    assert re.fullmatch(r"[0-9a-f]{32}", pseudonym(KEY, *parts))


@given(PARTS, PARTS)
def test_different_parts_never_share_an_id(one: list[str], other: list[str]) -> None:
    assert (pseudonym(KEY, *one) == pseudonym(KEY, *other)) == (one == other)


def test_where_one_part_ends_counts() -> None:
    assert pseudonym(KEY, "a", "bc") != pseudonym(KEY, "ab", "c")


def test_another_key_gives_another_id() -> None:
    assert pseudonym(KEY, "rest", "x") != pseudonym(b"j" * 32, "rest", "x")


def test_an_id_stays_the_same_over_the_years() -> None:
    """A golden value: if it changes, everybody loses their permissions."""
    assert pseudonym(KEY, "rest", "somebody") == "42a4b568e53c0722abed10571bba0e41"
