"""
What messaging apps need so that a kill loses and doubles nothing.

Content is sealed with the person's key, as conversations are, and goes when the person is erased.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table

from consent_store.sql.base import instant_column, metadata, text_column

message_waiting = Table(
    "message_waiting", metadata,
    Column("number", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True),
    text_column("person_id"), text_column("direction"), Column("attempts", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    instant_column("noted_at"),
    Index("ix_message_waiting_person_id", "person_id"),
    sqlite_autoincrement=True,
)  # fmt: skip
"""Messages that came in and are not handled ("in"), or that are to go out and are not sent ("out")."""

message_thread = Table(
    "message_thread", metadata,
    Column("person_id", String, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    instant_column("updated_at"),
    Index("ix_message_thread_updated_at", "updated_at"),
)  # fmt: skip
"""What an app still shows of each identity's chat: buttons that can be pressed, what a number stands for."""

message_seen = Table(
    "message_seen", metadata,
    Column("event_key", String, primary_key=True),
    instant_column("seen_at"),
    Index("ix_message_seen_seen_at", "seen_at"),
)  # fmt: skip
"""Keyed hashes of the apps' own ids of events: one that comes again is known. About nobody."""
