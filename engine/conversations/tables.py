"""
The tables that conversations need, as the consent store's migrations make them (0001, 0005 and 0006).

The store's own migrations alone make and change tables: nothing here does.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Column, DateTime, Integer, LargeBinary, MetaData, String, Table
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class UtcInstant(TypeDecorator):
    """An aware UTC instant. SQLite keeps it without a zone, PostgreSQL as timestamptz."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """As the database keeps it."""
        if value is None or dialect.name == "postgresql":
            return value
        return value.astimezone(UTC).replace(tzinfo=None)


metadata = MetaData()

person_key = Table(
    "person_key", metadata,
    Column("person_id", String, primary_key=True),
    Column("master_key_id", String, nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("created_at", UtcInstant, nullable=False),
)  # fmt: skip
"""A person's data key, wrapped. Whoever has no row is not known, or was erased."""

master_key = Table(
    "master_key", metadata,
    Column("number", Integer, primary_key=True),
    Column("master_key_id", String, nullable=False, unique=True),
    Column("first_used_at", UtcInstant, nullable=False),
    Column("retired_at", UtcInstant),
)  # fmt: skip
"""Names of the master keys that have wrapped; a retired one wraps no more."""

conversation = Table(
    "conversation", metadata,
    Column("person_id", String, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("updated_at", UtcInstant, nullable=False),
)  # fmt: skip
"""The working state of a conversation."""

conversation_turn = Table(
    "conversation_turn", metadata,
    Column("person_id", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("said_at", UtcInstant, nullable=False),
)  # fmt: skip
"""What was said, a turn a row."""

message_waiting = Table(
    "message_waiting", metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("person_id", String, nullable=False),
    Column("direction", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("noted_at", UtcInstant, nullable=False),
)  # fmt: skip
"""Messages of messaging apps that came in and are not handled ("in"), or are to go out ("out")."""

message_thread = Table(
    "message_thread", metadata,
    Column("person_id", String, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("updated_at", UtcInstant, nullable=False),
)  # fmt: skip
"""What an app still shows of a chat."""

message_seen = Table(
    "message_seen", metadata,
    Column("event_key", String, primary_key=True),
    Column("seen_at", UtcInstant, nullable=False),
)  # fmt: skip
"""Which events of the apps were taken already."""
