"""The columns that the first schema uses again and again."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from consent_store.sql.types import UtcInstant


def text(name: str, *, null: bool = False) -> sa.Column[str]:
    """A short text column."""
    return sa.Column(name, sa.String(), nullable=null)


def long_text(name: str) -> sa.Column[str]:
    """A long text column."""
    return sa.Column(name, sa.Text(), nullable=False)


def number(name: str) -> sa.Column[int]:
    """A counting column."""
    return sa.Column(name, sa.Integer(), nullable=False)


def blob(name: str) -> sa.Column[bytes]:
    """A column of bytes."""
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def instant(name: str, *, null: bool = False) -> sa.Column[Any]:
    """A column of UTC instants."""
    return sa.Column(name, UtcInstant(timezone=True), nullable=null)


def only(condition: str) -> dict[str, Any]:
    """An index over the rows of a condition, on both databases."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
