"""
Rows about one person as they stand, for the person's own export. Reads only; opens nothing.

Every table that names a person is either exported or in `NOT_EXPORTED`, which says why it is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from consent_store.sql.database import Transaction
from consent_store.sql.tables import controller as controllers
from consent_store.sql.tables import event_detail, metadata

EXPORTED: Mapping[str, str] = {
    "personal_data": "stored_at",
    "conversation": "updated_at",  # as far as it holds words that no turn holds
    "conversation_turn": "said_at",
    "permission_request": "served_at",
    "data_use": "used_at",
    "help_session": "started_at",
    "hand_over": "requested_at",
    "feedback": "given_at",
    "receipt": "issued_at",
    "rights_note": "at",
}
"""Tables whose rows are listed, and the column of instants that orders them."""

NOT_EXPORTED: Mapping[str, str] = {
    "consent_state": "the decisions, listed with their history",
    "event_detail": "the decisions, listed with their history",
    "data_use_item": "listed with its use",
    "help_item": "which places of a help are taken; the requests say the same",
    "message_waiting": "words on their way, for seconds; then the conversation has them",
    "message_thread": "an app's numbers of messages, and which buttons it still shows",
    "person_key": "a key, wrapped; to hand it out would weaken what it protects",
    "person_mark": "listed as item_free_help_only",
    "identity_link": "listed as linked_ids",
    "link_code": "a hash of a code that is over within minutes",
    "link_try": "a count of wrong codes, over within minutes",
}


def rows(tx: Transaction, table_name: str, person_ids: Sequence[str]) -> list[Mapping[str, Any]]:
    """The rows of an exported table about these identities, the oldest first."""
    table = metadata.tables.get(table_name)
    if table is None:
        return []
    query = select(table).where(table.c.person_id.in_(person_ids)).order_by(table.c[EXPORTED[table_name]])
    return [dict(row._mapping) for row in tx.connection.execute(query)]


def items_of_uses(tx: Transaction, use_ids: Sequence[str]) -> Mapping[str, list[str]]:
    """The items of each use, in order."""
    table = metadata.tables["data_use_item"]
    query = select(table.c.use_id, table.c.item).where(table.c.use_id.in_(use_ids)).order_by(table.c.position)
    found: dict[str, list[str]] = {}
    for use_id, item in tx.connection.execute(query):
        found.setdefault(use_id, []).append(item)
    return found


def controller(tx: Transaction, controller_id: str) -> Mapping[str, str | None]:
    """Name, address and contact of who is responsible; nothing but None if they were never registered."""
    query = select(controllers.c.name, controllers.c.address, controllers.c.contact)
    row = tx.connection.execute(query.where(controllers.c.controller_id == controller_id)).first()
    return dict(row._mapping) if row is not None else {"name": None, "address": None, "contact": None}


def sealed_words(tx: Transaction, person_ids: Sequence[str]) -> Mapping[tuple[str, int], bytes | None]:
    """The sealed words of each entry, by its place in the ledger."""
    detail = event_detail.c
    query = select(detail.chain_id, detail.seq, detail.sealed_words).where(detail.person_id.in_(person_ids))
    return {(chain, seq): words for chain, seq, words in tx.connection.execute(query)}
