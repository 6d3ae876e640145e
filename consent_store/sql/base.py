"""
What all tables share: the metadata with its names for constraints, and the columns that come again and
again.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, MetaData, String, text

from consent_store.sql.types import UtcInstant

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def text_column(name: str, *, null: bool = False) -> Column[str]:
    """A short text."""
    return Column(name, String, nullable=null)


def instant_column(name: str, *, null: bool = False) -> Column[Any]:
    """An aware UTC instant."""
    return Column(name, UtcInstant, nullable=null)


def only(condition: str) -> dict[str, Any]:
    """Makes an index cover the rows of a condition only, on both databases."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}
