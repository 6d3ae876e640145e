"""
The ledger, its projection, and the vault.

consent_event and checkpoint are append-only, guarded by triggers that the migrations make. What must be
erasable (salts, bodies, words, values, wrapped keys) stands apart from them.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from consent_store.sql.base import instant_column, metadata, only, text_column

chain_head = Table(
    "chain_head", metadata,
    Column("chain_id", String, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("head_hash", LargeBinary, nullable=False),
)  # fmt: skip

consent_event = Table(
    "consent_event", metadata,
    text_column("chain_id"), Column("seq", Integer, nullable=False),
    Column("prev_hash", LargeBinary, nullable=False),
    Column("commitment", LargeBinary, nullable=False),
    Column("entry_hash", LargeBinary, nullable=False),
    PrimaryKeyConstraint("chain_id", "seq"),
    UniqueConstraint("chain_id", "prev_hash"),
    CheckConstraint("seq >= 1", name="counts_from_one"),
)  # fmt: skip

event_detail = Table(
    "event_detail", metadata,
    text_column("chain_id"), Column("seq", Integer, nullable=False),
    text_column("person_id", null=True), text_column("request_id", null=True),
    Column("salt", LargeBinary, nullable=False),
    Column("body", Text, nullable=False),
    Column("sealed_words", LargeBinary, nullable=True),
    PrimaryKeyConstraint("chain_id", "seq"),
    ForeignKeyConstraint(["chain_id", "seq"], ["consent_event.chain_id", "consent_event.seq"]),
    UniqueConstraint("request_id"),
    Index("ix_event_detail_person_id", "person_id"),
)  # fmt: skip

consent_state = Table(
    "consent_state", metadata,
    text_column("person_id"), text_column("controller_id"), text_column("purpose"), text_column("item"),
    text_column("status"), text_column("help_id", null=True), text_column("request_id", null=True),
    Column("notice_id", String, ForeignKey("notice_version.notice_id"), nullable=False),
    instant_column("decided_at"), instant_column("expires_at", null=True),
    text_column("chain_id"), Column("seq", Integer, nullable=False),
    PrimaryKeyConstraint("person_id", "purpose", "item", "controller_id"),
    CheckConstraint(
        "status IN ('unasked', 'given', 'refused', 'deferred', 'withdrawn', 'expired')", name="status"
    ),
    Index("ix_consent_state_term", "expires_at",
          **only("status = 'given'")),
    Index("ix_consent_state_help_id", "help_id"),
)  # fmt: skip

personal_data = Table(
    "personal_data", metadata,
    text_column("person_id"), text_column("purpose"), text_column("item"),
    Column("record_id", String, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    text_column("help_id", null=True), instant_column("stored_at"), instant_column("expires_at", null=True),
    PrimaryKeyConstraint("person_id", "purpose", "item"),
    UniqueConstraint("record_id"),
    CheckConstraint("help_id IS NOT NULL OR expires_at IS NOT NULL", name="has_an_end"),
    Index("ix_personal_data_help_id", "help_id"),
    Index("ix_personal_data_expires_at", "expires_at"),
)  # fmt: skip

person_key = Table(
    "person_key", metadata,
    Column("person_id", String, primary_key=True),
    text_column("master_key_id"),
    Column("wrapped_key", LargeBinary, nullable=False),
    instant_column("created_at"),
    Index("ix_person_key_master_key_id", "master_key_id"),
)  # fmt: skip

checkpoint = Table(
    "checkpoint", metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    instant_column("made_at"),
    text_column("file_name"), text_column("file_hash"), text_column("key_name"),
    text_column("chains_hash"), text_column("notices_hash"),
    UniqueConstraint("file_name"),
    CheckConstraint("number >= 1", name="counts_from_one"),
)  # fmt: skip
