"""
Rows of link_code, link_try and identity_link: one-time codes, wrong tries, and who is the same person.

An identity points at one other that stands for the person; never over two corners.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert, or_, select, update

from consent_store.ledger import chain_of
from consent_store.sql import people
from consent_store.sql.database import Transaction
from consent_store.sql.dialect import put
from consent_store.sql.tables import chain_head, identity_link, link_code, link_try

_link = identity_link.c
_ROOT = select(_link.person_id).where(_link.alias_id == bindparam("alias"))
_ALIASES = select(_link.alias_id).where(_link.person_id == bindparam("root")).order_by(_link.alias_id)


def resolve(tx: Transaction, person_id: str) -> str:
    """The identity that stands for this person: itself unless it was linked to another."""
    return str(tx.connection.execute(_ROOT, {"alias": person_id}).scalar() or person_id)


def identities(tx: Transaction, person_id: str) -> Sequence[str]:
    """All identities of this person, the one that stands for them first."""
    root = resolve(tx, person_id)
    return [root, *tx.connection.execute(_ALIASES, {"root": root}).scalars()]


def lock(tx: Transaction, person_id: str) -> Sequence[str]:
    """
    All identities of this person, with nobody else writing about any of them, always taken in one order.

    The ends of their chains are taken too if there are several.
    """
    known = identities(tx, person_id)
    lock_all(tx, known)
    return identities(tx, person_id)


def lock_all(tx: Transaction, person_ids: Sequence[str]) -> None:
    """Take these identities and, if they are several, the ends of their chains, in one order."""
    for one in sorted(person_ids):
        people.lock(tx, one)
    if len(person_ids) > 1:
        chains = sorted({chain_of(one) for one in person_ids})
        query = select(chain_head.c.size).where(chain_head.c.chain_id.in_(chains))
        tx.connection.execute(query.order_by(chain_head.c.chain_id).with_for_update()).all()


def put_code(tx: Transaction, code_hash: str, person_id: str, expires_at: datetime) -> None:
    """Keep the hash of a new code; earlier ones of the person, and all that are over, go."""
    code = link_code.c
    tx.connection.execute(
        delete(link_code).where(or_(code.person_id == person_id, code.expires_at <= tx.now))
    )
    row = {"code_hash": code_hash, "person_id": person_id, "made_at": tx.now, "expires_at": expires_at}
    tx.connection.execute(insert(link_code), row)


def find_code(tx: Transaction, code_hash: str) -> str | None:
    """Who made the code, if it may still be used."""
    code = link_code.c
    query = select(code.person_id).where(
        code.code_hash == code_hash, code.expires_at > tx.now, code.made_at <= tx.now
    )
    return tx.connection.execute(query).scalar()


def use_code(tx: Transaction, code_hash: str) -> bool:
    """Use the code up. False if another transaction did."""
    query = delete(link_code).where(link_code.c.code_hash == code_hash)
    return tx.connection.execute(query).rowcount == 1


def wrong_tries(tx: Transaction, person_id: str, within: timedelta) -> int:
    """How many codes of this person were wrong of late."""
    row = tx.connection.execute(select(link_try).where(link_try.c.person_id == person_id)).first()
    return 0 if row is None or tx.now - row.since >= within else int(row.wrong)


def count_wrong(tx: Transaction, person_id: str, within: timedelta) -> None:
    """One more wrong code."""
    known = wrong_tries(tx, person_id, within)
    if known:
        query = update(link_try).where(link_try.c.person_id == person_id)
        tx.connection.execute(query.values(wrong=known + 1))
    else:
        put(tx, link_try, {"person_id": person_id, "since": tx.now, "wrong": 1})


def add(tx: Transaction, alias_id: str, person_id: str, link_id: str) -> None:
    """Let `person_id` stand for `alias_id` and for everyone whom that one stood for."""
    tx.connection.execute(
        update(identity_link).where(_link.person_id == alias_id).values(person_id=person_id)
    )
    row: Mapping[str, Any] = {"alias_id": alias_id, "person_id": person_id, "link_id": link_id}
    tx.connection.execute(insert(identity_link), {**row, "linked_at": tx.now})


def remove(tx: Transaction, alias_ids: Sequence[str]) -> int:
    """Let these identities stand for themselves again; returns how many did not before."""
    return tx.connection.execute(delete(identity_link).where(_link.alias_id.in_(alias_ids))).rowcount
