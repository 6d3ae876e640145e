"""Rows of chain_head, consent_event and event_detail: appending to a chain and reading it back in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, bindparam, func, insert, select, update

from consent_store import ledger
from consent_store.ledger import Entry
from consent_store.sql import raw_rows
from consent_store.sql.database import Transaction
from consent_store.sql.dialect import insert_if_absent
from consent_store.sql.tables import chain_head, consent_event, event_detail


@dataclass(frozen=True)
class Detail:
    """
    The erasable side of an entry: salt and body.

    `words_hash` is that of the sealed words as they are now.
    """

    person_id: str | None
    request_id: str | None
    salt: bytes
    body: str
    sealed_words: bytes | None = None


@dataclass(frozen=True)
class Head:
    """The end of a chain: how many entries it has, and the last hash."""

    size: int
    head_hash: bytes


_HEAD = (
    select(chain_head.c.size, chain_head.c.head_hash)
    .where(chain_head.c.chain_id == bindparam("chain"))
    .with_for_update()
)
_INSERT_ENTRY, _INSERT_DETAIL = insert(consent_event), insert(event_detail)
_MOVE_HEAD = (
    update(chain_head)
    .where(chain_head.c.chain_id == bindparam("chain"), chain_head.c.size == bindparam("former"))
    .values(size=bindparam("new_size"), head_hash=bindparam("new_head"))
)


def append(tx: Transaction, chain_id: str, detail: Detail) -> Entry:
    """
    Add one entry to the chain, holding the lock of its head until the transaction ends.

    Two writers can never fork it: the head's lock, and two UNIQUE constraints behind it.
    """
    head = _lock_head(tx, chain_id)
    entry = ledger.next_entry(
        chain_id, head.size, head.head_hash, ledger.commitment(detail.salt, detail.body)
    )
    tx.connection.execute(_INSERT_ENTRY, vars(entry))
    tx.connection.execute(_INSERT_DETAIL, {"chain_id": chain_id, "seq": entry.seq, **vars(detail)})
    moved = {"chain": chain_id, "former": head.size, "new_size": entry.seq, "new_head": entry.entry_hash}
    tx.connection.execute(_MOVE_HEAD, moved)
    return entry


def _lock_head(tx: Transaction, chain_id: str) -> Head:
    row = tx.connection.execute(_HEAD, {"chain": chain_id}).first()
    if row is None:
        first = {"chain_id": chain_id, "size": 0, "head_hash": ledger.genesis(chain_id)}
        insert_if_absent(tx, chain_head, first)
        row = tx.connection.execute(_HEAD, {"chain": chain_id}).one()
    return Head(row.size, row.head_hash)


def lock_all_heads(tx: Transaction) -> None:
    """Let nobody append until this transaction ends."""
    tx.connection.execute(select(chain_head.c.size).order_by(chain_head.c.chain_id).with_for_update()).all()


def heads(tx: Transaction) -> Mapping[str, Head]:
    """The ends of all chains as they are noted."""
    return {
        row.chain_id: Head(row.size, row.head_hash)
        for row in tx.connection.execute(select(chain_head).order_by(chain_head.c.chain_id))
    }


def walk(tx: Transaction, only: str | None = None) -> Iterator[Sequence[tuple[Any, ...]]]:
    """
    Every entry of every chain (or of one) in order, in batches of plain rows.

    A row: chain, seq, previous hash, commitment, entry hash; then person, request, salt, body, sealed words,
    which are None if they were erased.
    """
    same = and_(
        event_detail.c.chain_id == consent_event.c.chain_id, event_detail.c.seq == consent_event.c.seq
    )
    details = event_detail.c
    query = (
        select(
            consent_event,
            details.person_id,
            details.request_id,
            details.salt,
            details.body,
            details.sealed_words,
        )
        .outerjoin(event_detail, same)
        .order_by(consent_event.c.chain_id, consent_event.c.seq)
    )
    return raw_rows.batches(tx, query if only is None else query.where(consent_event.c.chain_id == only))


def without_entry(tx: Transaction) -> Iterator[Sequence[Any]]:
    """(chain, seq) of bodies whose entry is not there."""
    same = and_(
        event_detail.c.chain_id == consent_event.c.chain_id, event_detail.c.seq == consent_event.c.seq
    )
    query = select(event_detail.c.chain_id, event_detail.c.seq).outerjoin(consent_event, same)
    return raw_rows.rows(tx, query.where(consent_event.c.seq.is_(None)))


def count_bodies(tx: Transaction) -> int:
    """How many entries still have their body."""
    return int(tx.connection.execute(select(func.count()).select_from(event_detail)).scalar_one())


def bodies_of(tx: Transaction, person_id: str) -> Sequence[tuple[Entry, str]]:
    """The person's entries and their bodies, in order."""
    same = and_(
        event_detail.c.chain_id == consent_event.c.chain_id, event_detail.c.seq == consent_event.c.seq
    )
    query = (
        select(consent_event, event_detail.c.body)
        .join(event_detail, same)
        .where(event_detail.c.person_id == person_id)
        .order_by(consent_event.c.seq)
    )
    return [(Entry(*row[:5]), row[5]) for row in tx.connection.execute(query)]
