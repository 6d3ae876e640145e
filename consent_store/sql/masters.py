"""
Rows of master_key: which master keys wrap, by name.

A retired master key must never wrap again: its person keys could not be opened once it is destroyed.
"""

from __future__ import annotations

from sqlalchemy import Row, select, update

from consent_store.errors import KeyRefused
from consent_store.sql.database import Transaction
from consent_store.sql.dialect import insert_if_absent
from consent_store.sql.key_tables import master_key as table

_RETIRED = (
    "The master key {id} was retired by a rotation and must not come back. Put the master key in force "
    "into its place, or begin another rotation (docs/keys.md)."
)
_OLDER = (
    "The master key {id} is older than {newer}, which wraps person keys already. Rotate with the newer one "
    "as master key, and with this one among the earlier ones (docs/keys.md)."
)


def use(tx: Transaction, master_id: str) -> None:
    """Note that this master key is about to wrap. Raises KeyRefused if it is retired."""
    row = _find(tx, master_id)
    if row is None:
        insert_if_absent(tx, table, {"master_key_id": master_id, "first_used_at": tx.now})
        row = _find(tx, master_id)
    if row is None or row.retired_at is not None:
        raise KeyRefused(_RETIRED.format(id=master_id))


def use_as_newest(tx: Transaction, master_id: str) -> None:
    """
    Note that this master key wraps what others wrapped.

    Raises KeyRefused if it is retired, or if a newer one is in use: two rotations must not undo each other.
    """
    use(tx, master_id)
    newest = select(table.c.master_key_id).where(table.c.retired_at.is_(None)).order_by(table.c.number.desc())
    newer = tx.connection.execute(newest.limit(1)).scalar_one()
    if newer != master_id:
        raise KeyRefused(_OLDER.format(id=master_id, newer=newer))


def retire_before(tx: Transaction, master_id: str) -> None:
    """Retire all master keys that came before this one."""
    own = select(table.c.number).where(table.c.master_key_id == master_id).scalar_subquery()
    older = update(table).where(table.c.number < own, table.c.retired_at.is_(None))
    tx.connection.execute(older.values(retired_at=tx.now))


def retired(tx: Transaction) -> tuple[str, ...]:
    """The names of all retired master keys, the oldest first."""
    query = select(table.c.master_key_id).where(table.c.retired_at.is_not(None)).order_by(table.c.number)
    return tuple(tx.connection.execute(query).scalars())


def _find(tx: Transaction, master_id: str) -> Row[tuple[object, ...]] | None:
    return tx.connection.execute(select(table).where(table.c.master_key_id == master_id)).first()
