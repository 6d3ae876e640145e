"""
Rows of person_key: a person's wrapped data key, and the lock that puts all writes about one person in a
row.

A wrapped key is replaced only by the same data key under another master key, and only if nobody changed the
row meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, bindparam, delete, func, or_, select, update

from consent_store.sql import masters
from consent_store.sql.database import Transaction
from consent_store.sql.dialect import insert_if_absent, wait_for_users
from consent_store.sql.tables import person_key
from consent_store.vault import Vault

_THIS = person_key.c.person_id == bindparam("person")
_LOCK = select(person_key.c.person_id).where(_THIS).with_for_update()
_KEY = select(person_key.c.master_key_id, person_key.c.wrapped_key).where(_THIS)


@dataclass(frozen=True)
class WrappedKey:
    """A person's data key as it is stored: which master key wraps it, and the ciphertext."""

    person_id: str
    master_id: str
    wrapped: bytes = field(repr=False)


def lock(tx: Transaction, person_id: str) -> bool:
    """Wait until no other transaction writes about this person. False if the store does not know them."""
    return tx.connection.execute(_LOCK, {"person": person_id}).first() is not None


def lock_several(tx: Transaction, person_ids: Sequence[str]) -> None:
    """Wait until no other transaction writes about these persons, taken in the one order."""
    query = select(person_key.c.person_id).where(person_key.c.person_id.in_(person_ids))
    tx.connection.execute(query.order_by(person_key.c.person_id).with_for_update()).all()


def drop(tx: Transaction, person_ids: Sequence[str]) -> int:
    """Delete the data keys of these persons, about whom nothing else is kept; returns how many went."""
    query = delete(person_key).where(person_key.c.person_id.in_(person_ids))
    count = tx.connection.execute(query).rowcount
    tx.wiped = tx.wiped or count > 0
    return count


def ensure(tx: Transaction, person_id: str, vault: Vault) -> None:
    """
    Know the person, with a data key of their own, and take their lock.

    Raises KeyRefused if the master key at hand is retired.
    """
    if lock(tx, person_id):
        return
    master_id, wrapped = vault.new_person_key(person_id)
    masters.use(tx, master_id)
    row = {"person_id": person_id, "master_key_id": master_id, "wrapped_key": wrapped, "created_at": tx.now}
    insert_if_absent(tx, person_key, row)
    lock(tx, person_id)


def data_key(tx: Transaction, person_id: str, vault: Vault) -> bytes | None:
    """The person's data key; None when it was never made or is erased. Raises VaultUnreadable."""
    row = tx.connection.execute(_KEY, {"person": person_id}).first()
    return None if row is None else vault.person_key(person_id, row.master_key_id, row.wrapped_key)


def under_others(tx: Transaction, master_id: str, *, after: str, limit: int) -> Sequence[WrappedKey]:
    """The next keys that another master key wraps, by person id from `after` on, locked."""
    query = (
        select(person_key.c.person_id, person_key.c.master_key_id, person_key.c.wrapped_key)
        .where(_others(master_id), person_key.c.person_id > after)
        .order_by(person_key.c.person_id)
        .limit(limit)
        .with_for_update()
    )
    return [WrappedKey(*row) for row in tx.connection.execute(query)]


def replace(tx: Transaction, former: WrappedKey, new: WrappedKey) -> bool:
    """Put the new wrapping in place of exactly the former one. False if that is there no more."""
    query = update(person_key).where(
        person_key.c.person_id == former.person_id,
        person_key.c.master_key_id == former.master_id,
        person_key.c.wrapped_key == former.wrapped,
    )
    row = tx.connection.execute(query.values(master_key_id=new.master_id, wrapped_key=new.wrapped))
    return row.rowcount == 1


def count_by_master(tx: Transaction) -> Mapping[str, int]:
    """How many person keys each master key wraps, by its name."""
    query = select(person_key.c.master_key_id, func.count()).group_by(person_key.c.master_key_id)
    return {name: int(number) for name, number in tx.connection.execute(query)}


def count_under_others(tx: Transaction, master_id: str) -> int:
    """
    How many person keys another master key wraps, when everyone who is about to add one has done so.

    Nobody adds one until the transaction ends.
    """
    wait_for_users(tx, person_key)
    query = select(func.count()).select_from(person_key).where(_others(master_id))
    return int(tx.connection.execute(query).scalar_one())


def _others(master_id: str) -> ColumnElement[bool]:
    """Two ranges, so that the index is used."""
    return or_(person_key.c.master_key_id < master_id, person_key.c.master_key_id > master_id)
