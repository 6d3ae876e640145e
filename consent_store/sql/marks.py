"""Rows of person_mark and rights_note: who gets item-free help only, and which rights a person has used."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, insert, select

from consent_store.sql.database import Transaction
from consent_store.sql.dialect import put
from consent_store.sql.tables import person_mark, rights_note

_ITEM_FREE = "item_free"
_MARKED = select(person_mark.c.mark).where(person_mark.c.person_id == bindparam("person"))


def is_item_free(tx: Transaction, person_id: str) -> bool:
    """Whether the person is to be asked for nothing."""
    return tx.connection.execute(_MARKED, {"person": person_id}).first() is not None


def set_item_free(tx: Transaction, person_id: str) -> None:
    """Ask this person for nothing from now on. Why is not written down."""
    put(tx, person_mark, {"person_id": person_id, "mark": _ITEM_FREE, "set_at": tx.now})


def lift(tx: Transaction, person_id: str) -> bool:
    """Take the mark away; returns whether there was one."""
    query = delete(person_mark).where(person_mark.c.person_id == person_id)
    return tx.connection.execute(query).rowcount > 0


def note(
    tx: Transaction,
    note_id: str,
    person_id: str,
    kind: str,
    *,
    purpose: str | None = None,
    item: str | None = None,
) -> None:
    """Write down that the person used a right: which, when, about what. Never a value."""
    row = {"note_id": note_id, "person_id": person_id, "kind": kind, "purpose": purpose, "item": item}
    tx.connection.execute(insert(rights_note), {**row, "at": tx.now})
