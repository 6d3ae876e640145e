"""
What is kept of conversations, sealed with each person's key by `sealing.conversations`.

A row is written only while the person has a data key, and goes when the person is erased.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, PrimaryKeyConstraint, String, Table

from consent_store.sql.base import instant_column, metadata, text_column

conversation = Table(
    "conversation", metadata,
    Column("person_id", String, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("turns", Integer, nullable=False),
    instant_column("updated_at"),
    Index("ix_conversation_updated_at", "updated_at"),
)  # fmt: skip
"""The working state of each identity's chat: what the assistant needs to go on."""

conversation_turn = Table(
    "conversation_turn", metadata,
    text_column("person_id"), Column("number", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    instant_column("said_at"),
    PrimaryKeyConstraint("person_id", "number"),
    Index("ix_conversation_turn_said_at", "said_at"),
)  # fmt: skip
"""What was said, a turn a row, for the person's export."""
