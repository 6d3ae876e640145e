"""The few places where the two databases are spoken to differently. Must never hold a rule."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Executable, Table, text
from sqlalchemy.dialects import postgresql, sqlite

from consent_store.sql.database import Transaction


def insert_if_absent(tx: Transaction, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert the row unless its key is there already; says whether it did. Two writers at once are fine."""
    return tx.connection.execute(_adding(table, tx.connection.dialect.name), row).rowcount > 0


def put(tx: Transaction, table: Table, row: Mapping[str, Any]) -> None:
    """Insert the row, or replace what has the same primary key."""
    tx.connection.execute(_putting(table, tx.connection.dialect.name, tuple(row)), row)


@cache
def _adding(table: Table, dialect: str) -> Executable:
    return _insert(table, dialect).on_conflict_do_nothing()


@cache
def _putting(table: Table, dialect: str, names: tuple[str, ...]) -> Executable:
    """Made once for each table: making a statement takes longer than running it."""
    statement = _insert(table, dialect)
    key = [column.name for column in table.primary_key]
    changes = {name: statement.excluded[name] for name in names if name not in key}
    return statement.on_conflict_do_update(index_elements=key, set_=changes)


def _insert(table: Table, dialect: str) -> postgresql.Insert | sqlite.Insert:
    return (postgresql.insert if dialect == "postgresql" else sqlite.insert)(table)


def wait_for_users(tx: Transaction, table: Table) -> None:
    """
    Wait until no other transaction has locked or changed rows of the table, and let none begin to.

    SQLite has one writer at a time anyway.
    """
    if tx.connection.dialect.name == "postgresql":
        name = tx.connection.dialect.identifier_preparer.format_table(table)
        tx.connection.execute(text(f"LOCK TABLE {name} IN EXCLUSIVE MODE"))
