"""
Who asks, with which notice, in which help, and each request that was shown.

notice_version is append-only, guarded by triggers that the migration makes.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from consent_store.sql.base import instant_column, metadata, only, text_column

controller = Table(
    "controller", metadata,
    Column("controller_id", String, primary_key=True),
    text_column("name", null=True), text_column("address", null=True), text_column("contact", null=True),
    instant_column("registered_at"),
)  # fmt: skip

notice_version = Table(
    "notice_version", metadata,
    Column("notice_id", String, primary_key=True),
    Column("controller_id", String, ForeignKey("controller.controller_id"), nullable=False),
    text_column("purpose"), text_column("item"), text_column("language"),
    Column("version", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("text", Text, nullable=False), text_column("text_hash"), Column("body", Text, nullable=False),
    instant_column("registered_at"),
    Index("ix_notice_version_key", "purpose", "item", "language"),
)  # fmt: skip

notice_current = Table(
    "notice_current", metadata,
    text_column("purpose"), text_column("item"), text_column("language"),
    Column("notice_id", String, ForeignKey("notice_version.notice_id"), nullable=False),
    PrimaryKeyConstraint("purpose", "item", "language"),
)  # fmt: skip

help_session = Table(
    "help_session", metadata,
    Column("help_id", String, primary_key=True),
    text_column("person_id"), text_column("program_id"), text_column("channel"),
    instant_column("started_at"), instant_column("last_seen_at"),
    text_column("offer"),
    Column("unclear_count", Integer, nullable=False),
    instant_column("ended_at", null=True), text_column("end_reason", null=True),
    CheckConstraint("offer IN ('open', 'accepted', 'declined')", name="offer"),
    Index("ix_help_session_person_id", "person_id"),
    Index("ix_help_session_open_since", "last_seen_at",
          **only("ended_at IS NULL")),
    Index("uq_help_session_one_open", "person_id", unique=True,
          **only("ended_at IS NULL")),
)  # fmt: skip

help_item = Table(
    "help_item", metadata,
    Column("help_id", String, ForeignKey("help_session.help_id"), nullable=False),
    Column("position", Integer, nullable=False),
    text_column("item"),
    PrimaryKeyConstraint("help_id", "position"),
    UniqueConstraint("help_id", "item"),
    CheckConstraint("position BETWEEN 1 AND 3", name="at_most_three"),
)  # fmt: skip

permission_request = Table(
    "permission_request", metadata,
    Column("request_id", String, primary_key=True),
    text_column("person_id"),
    Column("help_id", String, ForeignKey("help_session.help_id"), nullable=False),
    text_column("controller_id"), text_column("purpose"), text_column("item"),
    Column("notice_id", String, ForeignKey("notice_version.notice_id"), nullable=False),
    text_column("notice_hash"), Column("retention_days", Integer, nullable=False),
    text_column("channel"), text_column("language"),
    Column("rendered_text", Text, nullable=False), text_column("rendered_hash"),
    instant_column("served_at"), instant_column("expires_at"), instant_column("answered_at", null=True),
    text_column("outcome", null=True),
    Index("ix_permission_request_person_id", "person_id"),
    Index("ix_permission_request_help_id", "help_id"),
    Index("uq_permission_request_one_open", "person_id", unique=True,
          **only("outcome IS NULL")),
)  # fmt: skip
