"""Rows of personal_data, the vault: ciphertext only. Reading a value is the gate's alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Delete, bindparam, delete, select

from consent_store.model import Key, SealedValue
from consent_store.sql.database import Transaction
from consent_store.sql.dialect import put
from consent_store.sql.tables import personal_data as table

_DROP = delete(table).where(
    table.c.person_id == bindparam("person"),
    table.c.purpose == bindparam("purpose"),
    table.c.item == bindparam("item"),
)


def keep(tx: Transaction, value: SealedValue) -> None:
    """Store the sealed value; a former one for the same person, purpose and item is gone."""
    if drop(tx, value.person_id, (value.purpose, value.item)):
        tx.wiped = True
    put(tx, table, vars(value))


def drop(tx: Transaction, person_id: str, key: Key) -> int:
    """Delete the value of that key; returns how many rows went (0 or 1)."""
    purpose, item = key
    return _wipe(tx, _DROP, {"person": person_id, "purpose": purpose, "item": item})


def drop_of_help(tx: Transaction, help_id: str) -> int:
    """Delete all values that were kept for this help only."""
    return _wipe(tx, delete(table).where(table.c.help_id == help_id))


def drop_expired(tx: Transaction, instant: datetime) -> int:
    """Delete all values whose term is over."""
    return _wipe(tx, delete(table).where(table.c.expires_at <= instant))


def keys_of(tx: Transaction, person_id: str) -> list[Key]:
    """For which (purpose, item) a value is kept."""
    query = select(table.c.purpose, table.c.item).where(table.c.person_id == person_id)
    return [(row.purpose, row.item) for row in tx.connection.execute(query)]


def _wipe(tx: Transaction, query: Delete, told: Mapping[str, str] | None = None) -> int:
    count = tx.connection.execute(query, told).rowcount
    tx.wiped = tx.wiped or count > 0
    return int(count)
