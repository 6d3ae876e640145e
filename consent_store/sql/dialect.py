"""The few places where the two databases are spoken to differently. Must never hold a rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from consent_store.sql.database import Transaction


def insert_if_absent(tx: Transaction, table: Table, row: Mapping[str, Any]) -> None:
    """Insert the row unless its key is there already; two writers at once are fine."""
    maker = postgresql.insert if tx.connection.dialect.name == "postgresql" else sqlite.insert
    tx.connection.execute(maker(table).on_conflict_do_nothing(), row)


def put(tx: Transaction, table: Table, row: Mapping[str, Any]) -> None:
    """Insert the row, or replace what has the same primary key."""
    key = [column.name for column in table.primary_key]
    changes = {name: value for name, value in row.items() if name not in key}
    maker = postgresql.insert if tx.connection.dialect.name == "postgresql" else sqlite.insert
    tx.connection.execute(maker(table).values(row).on_conflict_do_update(index_elements=key, set_=changes))
