"""One byte form for one content."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent_store.canonical import canonical_json, joined, sha256_hex

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), plain))
def test_the_order_of_keys_does_not_matter_and_nothing_is_lost(content: dict[str, object]):
    text = canonical_json(content)
    assert text == canonical_json(dict(reversed(content.items())))
    assert json.loads(text) == content


@pytest.mark.parametrize("content", [{"a": 0.5}, {"a": [1.0]}, {"a": {"b": float("nan")}}])
def test_floats_are_refused_because_they_have_several_spellings(content: dict[str, object]):
    with pytest.raises(TypeError):
        canonical_json(content)


@given(st.lists(st.binary(max_size=4), max_size=4), st.lists(st.binary(max_size=4), max_size=4))
def test_different_parts_never_join_to_the_same_bytes(one: list[bytes], other: list[bytes]):
    assert (joined(*one) == joined(*other)) == (one == other)


def test_sha256_is_the_published_one():
    assert sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
