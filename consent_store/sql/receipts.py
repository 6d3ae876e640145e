"""Rows of receipt, and looking up what a receipt says about the chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from consent_store.sql.database import Transaction
from consent_store.sql.tables import consent_event, controller, receipt

_LARGEST = 2**31 - 1
"""The largest number that a place in a chain may have, on both databases."""


@dataclass(frozen=True)
class IssuedReceipt:
    """That a receipt was issued. `document_hash`: SHA-256 of the signed receipt as canonical JSON."""

    receipt_id: str
    person_id: str
    issued_at: datetime
    document_hash: str


def add(tx: Transaction, issued: IssuedReceipt) -> None:
    """Note that the receipt was issued."""
    tx.connection.execute(insert(receipt), vars(issued))


def of_person(tx: Transaction, identities: Sequence[str]) -> Sequence[IssuedReceipt]:
    """The receipts of all identities of a person, the oldest first."""
    query = select(receipt).where(receipt.c.person_id.in_(identities))
    rows = tx.connection.execute(query.order_by(receipt.c.issued_at, receipt.c.receipt_id))
    return [IssuedReceipt(**row._mapping) for row in rows]


def hash_at(tx: Transaction, chain_id: str, seq: int) -> str | None:
    """The entry hash at that place of the chain, as hex; None if nothing is there."""
    if not 1 <= seq <= _LARGEST:
        return None
    query = select(consent_event.c.entry_hash).where(
        consent_event.c.chain_id == chain_id, consent_event.c.seq == seq
    )
    found = tx.connection.execute(query).scalar()
    return None if found is None else bytes(found).hex()


def controller_of(tx: Transaction, controller_id: str) -> tuple[str | None, str | None, str | None]:
    """Name, address and contact of a controller, as far as they are known."""
    columns = (controller.c.name, controller.c.address, controller.c.contact)
    row = tx.connection.execute(select(*columns).where(controller.c.controller_id == controller_id)).one()
    return row.name, row.address, row.contact
