"""The hash chain binds each entry to its place, its content and everything before it."""

from __future__ import annotations

import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st

from consent_store import ledger

DOMAIN = b"ask-first.consent-ledger.v1"


def framed(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def test_the_entry_hash_is_the_one_of_the_design():
    prev, committed = b"p" * 32, b"c" * 32
    expected = hashlib.sha256(framed(DOMAIN, b"c07", (3).to_bytes(8, "big"), prev, committed)).digest()
    assert ledger.entry_hash("c07", 3, prev, committed) == expected


def test_the_commitment_is_an_hmac_under_the_salt():
    assert ledger.commitment(b"s" * 32, "body") == hmac.new(b"s" * 32, b"body", "sha256").digest()


def test_the_same_no_of_two_people_looks_different():
    assert ledger.commitment(ledger.new_salt(), "no") != ledger.commitment(ledger.new_salt(), "no")


places = st.tuples(
    st.sampled_from(["c00", "c01"]),
    st.integers(1, 99),
    st.binary(min_size=32, max_size=32),
    st.binary(max_size=32),
)


@given(places, places)
def test_no_two_places_share_a_hash(one: tuple[str, int, bytes, bytes], other: tuple[str, int, bytes, bytes]):
    assert (ledger.entry_hash(*one) == ledger.entry_hash(*other)) == (one == other)


def test_each_entry_leaves_out_nothing_of_the_one_before():
    first = ledger.next_entry("c00", 0, ledger.genesis("c00"), b"one")
    other = ledger.next_entry("c00", 0, ledger.genesis("c00"), b"two")
    second = ledger.next_entry("c00", 1, first.entry_hash, b"three")
    assert (first.seq, second.seq) == (1, 2)
    assert second.prev_hash == first.entry_hash
    assert second.entry_hash != ledger.next_entry("c00", 1, other.entry_hash, b"three").entry_hash


def test_chains_start_differently():
    assert ledger.genesis("c00") != ledger.genesis("c01")


@given(st.text(min_size=1))
def test_a_person_is_always_in_the_same_chain(person_id: str):
    assert ledger.chain_of(person_id) == ledger.chain_of(person_id)
    assert ledger.chain_of(person_id) in {f"c{n:02d}" for n in range(ledger.CHAINS)}
