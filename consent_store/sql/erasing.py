"""
Deleting everything about one person, and counting what is left.

Which tables say something about a person is read from the tables themselves, so that one that is added is
covered from its first day. The ledger's hashes stay: they tell nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, Table, delete, func, or_, select

from consent_store.sql.database import Transaction
from consent_store.sql.tables import metadata

PERSON_COLUMNS = ("person_id", "alias_id")
"""The columns that name a person, in every table."""


def covered() -> frozenset[str]:
    """The names of all tables that erasing empties of a person."""
    return frozenset(table.name for table, _ in _places([""]))


def delete_person(tx: Transaction, person_ids: Sequence[str]) -> Mapping[str, int]:
    """Delete all rows about these identities of one person; returns how many went, by table."""
    tx.wiped = True
    return {
        table.name: tx.connection.execute(delete(table).where(where)).rowcount
        for table, where in _places(person_ids)
    }


def count_left(tx: Transaction, person_ids: Sequence[str]) -> int:
    """How many rows about these identities there still are, in all tables."""
    return sum(
        int(tx.connection.execute(select(func.count()).select_from(table).where(where)).scalar_one())
        for table, where in _places(person_ids)
    )


def named_beside(tx: Transaction, person_ids: Sequence[str], *, beside: str) -> frozenset[str]:
    """Those of these identities that any table says something about, other than the table `beside`."""
    found: set[str] = set()
    for table in metadata.sorted_tables:
        for name in PERSON_COLUMNS if table.name != beside else ():
            if name in table.c:
                query = select(table.c[name]).where(table.c[name].in_(person_ids)).distinct()
                found |= set(tx.connection.execute(query).scalars())
    return frozenset(found)


def _places(person_ids: Sequence[str]) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Every table that says something about a person, children first."""
    for table in reversed(metadata.sorted_tables):
        where = _about(table, person_ids) if _names_a_person(table) else _below(table, person_ids)
        if where is not None:
            yield table, where


def _names_a_person(table: Table) -> bool:
    return any(name in table.c for name in PERSON_COLUMNS)


def _about(table: Table, person_ids: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(table.c[name].in_(person_ids) for name in PERSON_COLUMNS if name in table.c))


def _below(table: Table, person_ids: Sequence[str]) -> ColumnElement[bool] | None:
    """The rows that belong to a row about the person; None if the table is about nobody."""
    for column in table.c:
        for key in column.foreign_keys:
            parent = key.column.table
            if _names_a_person(parent):
                return column.in_(select(key.column).where(_about(parent, person_ids)))
    return None
