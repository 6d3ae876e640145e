"""Which master keys have wrapped person keys, in the order of their first use, and which are retired."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, UniqueConstraint

from consent_store.sql.base import instant_column, metadata, text_column

master_key = Table(
    "master_key", metadata,
    Column("number", Integer, primary_key=True),
    text_column("master_key_id"),
    instant_column("first_used_at"), instant_column("retired_at", null=True),
    UniqueConstraint("master_key_id"),
)  # fmt: skip
"""Names only, never a key. A retired one wraps no more, so that it can be destroyed."""
