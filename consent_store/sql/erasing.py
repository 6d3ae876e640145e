"""
Deleting everything about one person, and counting what is left.

The ledger's hashes stay: they tell nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Table, delete, func, select

from consent_store.sql.database import Transaction
from consent_store.sql.tables import (
    consent_state,
    data_use,
    data_use_item,
    event_detail,
    feedback,
    hand_over,
    help_item,
    help_session,
    permission_request,
    person_key,
    personal_data,
    receipt,
)


def _places(person_id: str) -> list[tuple[Table, ColumnElement[bool]]]:
    """Every table that says something about a person, children first."""
    uses = select(data_use.c.use_id).where(data_use.c.person_id == person_id)
    helps = select(help_session.c.help_id).where(help_session.c.person_id == person_id)
    direct = (
        consent_state, event_detail, receipt, permission_request, feedback, hand_over, data_use, help_session,
    )  # fmt: skip
    return [
        (personal_data, personal_data.c.person_id == person_id),
        (person_key, person_key.c.person_id == person_id),
        (data_use_item, data_use_item.c.use_id.in_(uses)),
        (help_item, help_item.c.help_id.in_(helps)),
        *((table, table.c.person_id == person_id) for table in direct),
    ]


def delete_person(tx: Transaction, person_id: str) -> Mapping[str, int]:
    """Delete all rows about the person; returns how many went, by table."""
    tx.wiped = True
    return {
        table.name: tx.connection.execute(delete(table).where(where)).rowcount
        for table, where in _places(person_id)
    }


def count_left(tx: Transaction, person_id: str) -> int:
    """How many rows about the person there still are, in all tables."""
    return sum(
        int(tx.connection.execute(select(func.count()).select_from(table).where(where)).scalar_one())
        for table, where in _places(person_id)
    )
