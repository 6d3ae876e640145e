"""
The hash chain of the ledger, as pure functions.

entry_hash = SHA-256(domain, chain, seq, previous hash, commitment)
commitment = HMAC-SHA-256(salt, canonical JSON)

The salt is random for each record and kept apart from the entry, so that erasing it leaves a chain that still
verifies and from which nothing can be guessed. Must never hash personal content without its salt.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from consent_store.canonical import joined

DOMAIN = "ask-first.consent-ledger.v1"
CHAINS = 16
"""How many chains there are. A person is always in the same one; changing this number needs a migration."""
SALT_BYTES = 32
HASH_BYTES = 32
CHAIN_NAMES = tuple(f"c{first % CHAINS:02d}" for first in range(256))
"""The name of the chain, by the first byte of the hash of the person's id."""


@dataclass(frozen=True)
class Entry:
    """One entry as it stands in the append-only table: hashes and its place, nothing readable."""

    chain_id: str
    seq: int
    prev_hash: bytes
    commitment: bytes
    entry_hash: bytes

    @property
    def place(self) -> str:
        """How faults name this entry."""
        return f"ledger chain {self.chain_id} entry {self.seq}"


def chain_of(person_id: str) -> str:
    """The chain that holds all entries of this person."""
    return CHAIN_NAMES[hashlib.sha256(person_id.encode()).digest()[0]]


def genesis(chain_id: str) -> bytes:
    """What the first entry of a chain has as its previous hash."""
    return hashlib.sha256(joined(DOMAIN, "genesis", chain_id)).digest()


def new_salt() -> bytes:
    """32 random bytes for one record."""
    return secrets.token_bytes(SALT_BYTES)


def commitment(salt: bytes, body: str) -> bytes:
    """What the entry says about a record: nothing without the salt, exactly this body with it."""
    return hmac.digest(salt, body.encode(), "sha256")


def entry_hash(chain_id: str, seq: int, prev_hash: bytes, committed: bytes) -> bytes:
    """The hash that binds a commitment to its place and to everything before it."""
    return hashlib.sha256(joined(DOMAIN, chain_id, seq.to_bytes(8, "big"), prev_hash, committed)).digest()


def next_entry(chain_id: str, size: int, head: bytes, committed: bytes) -> Entry:
    """The entry that follows a chain of `size` entries whose last hash is `head`."""
    seq = size + 1
    return Entry(chain_id, seq, head, committed, entry_hash(chain_id, seq, head, committed))
