"""
Rows of checkpoint: which signed checkpoints were written. The checkpoints themselves are files elsewhere.

Whoever can change the ledger can change these rows too, so they prove nothing alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import insert, select

from consent_store.sql import raw_rows
from consent_store.sql.database import Transaction
from consent_store.sql.tables import checkpoint as table


@dataclass(frozen=True)
class Note:
    """One checkpoint that was written: its number, file, hashes (hex) and the name of the key."""

    number: int
    made_at: datetime
    file_name: str
    file_hash: str
    key_name: str
    chains_hash: str
    notices_hash: str


_COLUMNS = tuple(table.c[field.name] for field in fields(Note))


def latest(tx: Transaction) -> Note | None:
    """The last checkpoint that was noted."""
    row = tx.connection.execute(select(*_COLUMNS).order_by(table.c.number.desc()).limit(1)).first()
    return None if row is None else Note(*row)


def add(tx: Transaction, note: Note) -> None:
    """Note a checkpoint whose file is on the disk."""
    tx.connection.execute(insert(table), vars(note))


def everything(tx: Transaction) -> Sequence[tuple[Note, str | None]]:
    """All notes just as they are, in order, each with its instant as text; for verification."""
    found = raw_rows.rows(tx, select(*_COLUMNS).order_by(table.c.number))
    return [(Note(*row), raw_rows.instant_text(row[1])) for row in found]
