"""
Rows of person_key: a person's wrapped data key, and the lock that puts all writes about one person in a
row.
"""

from __future__ import annotations

from sqlalchemy import select

from consent_store.sql.database import Transaction
from consent_store.sql.dialect import insert_if_absent
from consent_store.sql.tables import person_key
from consent_store.vault import Vault


def lock(tx: Transaction, person_id: str) -> bool:
    """Wait until no other transaction writes about this person. False if the store does not know them."""
    query = select(person_key.c.person_id).where(person_key.c.person_id == person_id).with_for_update()
    return tx.connection.execute(query).first() is not None


def ensure(tx: Transaction, person_id: str, vault: Vault) -> None:
    """Know the person, with a data key of their own, and take their lock."""
    if lock(tx, person_id):
        return
    master_id, wrapped = vault.new_person_key(person_id)
    row = {"person_id": person_id, "master_key_id": master_id, "wrapped_key": wrapped, "created_at": tx.now}
    insert_if_absent(tx, person_key, row)
    lock(tx, person_id)


def data_key(tx: Transaction, person_id: str, vault: Vault) -> bytes | None:
    """The person's data key; None when it was never made or is erased. Raises VaultUnreadable."""
    query = select(person_key.c.master_key_id, person_key.c.wrapped_key).where(
        person_key.c.person_id == person_id
    )
    row = tx.connection.execute(query).first()
    return None if row is None else vault.person_key(person_id, row.master_key_id, row.wrapped_key)
