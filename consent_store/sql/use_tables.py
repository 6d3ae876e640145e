"""What happened with a help: uses of items, requests for a human, feedback."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
)

from consent_store.sql.base import instant_column, metadata, text_column

data_use = Table(
    "data_use", metadata,
    Column("use_id", String, primary_key=True),
    text_column("person_id"), text_column("help_id"), text_column("program_id"), text_column("purpose"),
    instant_column("used_at"),
    Column("item_count", Integer, nullable=False),
    CheckConstraint("item_count BETWEEN 1 AND 3", name="at_most_three"),
    Index("ix_data_use_person_id", "person_id"),
)  # fmt: skip

data_use_item = Table(
    "data_use_item", metadata,
    Column("use_id", String, ForeignKey("data_use.use_id"), nullable=False),
    Column("position", Integer, nullable=False),
    text_column("purpose"), text_column("item"),
    Column("decision_seq", Integer, nullable=False),
    PrimaryKeyConstraint("use_id", "position"),
    UniqueConstraint("use_id", "item"),
    CheckConstraint("position BETWEEN 1 AND 3", name="at_most_three"),
)  # fmt: skip

hand_over = Table(
    "hand_over", metadata,
    Column("hand_over_id", String, primary_key=True),
    text_column("person_id"), text_column("channel"), text_column("program_id", null=True),
    instant_column("requested_at"),
    Index("ix_hand_over_person_id", "person_id"),
)  # fmt: skip

feedback = Table(
    "feedback", metadata,
    Column("help_id", String, ForeignKey("help_session.help_id"), primary_key=True),
    text_column("person_id"), instant_column("given_at"),
    Column("helped", Boolean, nullable=True), Column("intrusive", Boolean, nullable=True),
    Index("ix_feedback_person_id", "person_id"),
)  # fmt: skip
