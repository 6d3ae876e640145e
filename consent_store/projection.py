"""
The projection: what stands now, folded from the ledger. It can always be thrown away and written anew.
"""

from __future__ import annotations

from consent_store.model import Decision
from consent_store.records import Record, read_record
from consent_store.sql import events, states
from consent_store.sql.database import Transaction

Place = tuple[str, str, str, str]


def place_of(decision: Decision) -> Place:
    """(person, controller, purpose, item): what one row of the projection is about."""
    return decision.person_id, decision.controller_id, decision.purpose, decision.item


def fold(tx: Transaction) -> dict[Place, Decision]:
    """What stands for each place after all entries that are not erased."""
    folded: dict[Place, Decision] = {}
    for batch in events.walk(tx):
        for chain_id, seq, *_, body, _words in batch:
            record = read_record(body) if body is not None else None
            if isinstance(record, Record):
                decision = record.decision(chain_id, seq)
                folded[place_of(decision)] = decision
    return folded


def rebuild(tx: Transaction) -> int:
    """Replace the projection by what the ledger says; returns how many rows it has."""
    events.lock_all_heads(tx)
    folded = fold(tx)
    states.replace_all(tx, folded.values())
    return len(folded)
