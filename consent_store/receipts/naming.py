"""How a consent record is named on receipts: the same on every receipt of one person."""

from __future__ import annotations

from consent_store.canonical import joined, sha256_hex

_LENGTH = 32


def record_id(person_id: str, controller_id: str, purpose: str, item: str) -> str:
    """The name of what one person decided on one purpose and item: 32 hex characters."""
    named = joined("ask-first.consent-record.v1", person_id, controller_id, purpose, item)
    return sha256_hex(named)[:_LENGTH]
