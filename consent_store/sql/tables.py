"""
The tables of the consent store.

What is append-only (consent_event, notice_version) is guarded by triggers, which the migration makes.
What must be erasable (salts, bodies, words, values, wrapped keys) stands apart from it.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from consent_store.sql.types import UtcInstant

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _text(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, String, nullable=null)


def _instant(name: str, *, null: bool = False) -> Column[object]:
    return Column(name, UtcInstant, nullable=null)


controller = Table(
    "controller", metadata,
    Column("controller_id", String, primary_key=True),
    _text("name", null=True), _text("address", null=True), _text("contact", null=True),
    _instant("registered_at"),
)  # fmt: skip

notice_version = Table(
    "notice_version", metadata,
    Column("notice_id", String, primary_key=True),
    Column("controller_id", String, ForeignKey("controller.controller_id"), nullable=False),
    _text("purpose"), _text("item"), _text("language"),
    Column("version", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("text", Text, nullable=False), _text("text_hash"), Column("body", Text, nullable=False),
    _instant("registered_at"),
    Index("ix_notice_version_key", "purpose", "item", "language"),
)  # fmt: skip

notice_current = Table(
    "notice_current", metadata,
    _text("purpose"), _text("item"), _text("language"),
    Column("notice_id", String, ForeignKey("notice_version.notice_id"), nullable=False),
    PrimaryKeyConstraint("purpose", "item", "language"),
)  # fmt: skip

person_key = Table(
    "person_key", metadata,
    Column("person_id", String, primary_key=True),
    _text("master_key_id"),
    Column("wrapped_key", LargeBinary, nullable=False),
    _instant("created_at"),
    Index("ix_person_key_master_key_id", "master_key_id"),
)  # fmt: skip

help_session = Table(
    "help_session", metadata,
    Column("help_id", String, primary_key=True),
    _text("person_id"), _text("program_id"), _text("channel"),
    _instant("started_at"), _instant("last_seen_at"),
    _text("offer"),
    Column("unclear_count", Integer, nullable=False),
    _instant("ended_at", null=True), _text("end_reason", null=True),
    CheckConstraint("offer IN ('open', 'accepted', 'declined')", name="offer"),
    Index("ix_help_session_person_id", "person_id"),
    Index("ix_help_session_open_since", "last_seen_at",
          sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL")),
    Index("uq_help_session_one_open", "person_id", unique=True,
          sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL")),
)  # fmt: skip

help_item = Table(
    "help_item", metadata,
    Column("help_id", String, ForeignKey("help_session.help_id"), nullable=False),
    Column("position", Integer, nullable=False),
    _text("item"),
    PrimaryKeyConstraint("help_id", "position"),
    UniqueConstraint("help_id", "item"),
    CheckConstraint("position BETWEEN 1 AND 3", name="at_most_three"),
)  # fmt: skip

permission_request = Table(
    "permission_request", metadata,
    Column("request_id", String, primary_key=True),
    _text("person_id"),
    Column("help_id", String, ForeignKey("help_session.help_id"), nullable=False),
    _text("controller_id"), _text("purpose"), _text("item"),
    Column("notice_id", String, ForeignKey("notice_version.notice_id"), nullable=False),
    _text("notice_hash"), Column("retention_days", Integer, nullable=False),
    _text("channel"), _text("language"),
    Column("rendered_text", Text, nullable=False), _text("rendered_hash"),
    _instant("served_at"), _instant("expires_at"), _instant("answered_at", null=True),
    _text("outcome", null=True),
    Index("ix_permission_request_person_id", "person_id"),
    Index("ix_permission_request_help_id", "help_id"),
    Index("uq_permission_request_one_open", "person_id", unique=True,
          sqlite_where=text("outcome IS NULL"), postgresql_where=text("outcome IS NULL")),
)  # fmt: skip

chain_head = Table(
    "chain_head", metadata,
    Column("chain_id", String, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("head_hash", LargeBinary, nullable=False),
)  # fmt: skip

consent_event = Table(
    "consent_event", metadata,
    _text("chain_id"), Column("seq", Integer, nullable=False),
    Column("prev_hash", LargeBinary, nullable=False),
    Column("commitment", LargeBinary, nullable=False),
    Column("entry_hash", LargeBinary, nullable=False),
    PrimaryKeyConstraint("chain_id", "seq"),
    UniqueConstraint("chain_id", "prev_hash"),
    CheckConstraint("seq >= 1", name="counts_from_one"),
)  # fmt: skip

event_detail = Table(
    "event_detail", metadata,
    _text("chain_id"), Column("seq", Integer, nullable=False),
    _text("person_id", null=True), _text("request_id", null=True),
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
    _text("person_id"), _text("controller_id"), _text("purpose"), _text("item"),
    _text("status"), _text("help_id", null=True), _text("request_id", null=True),
    Column("notice_id", String, ForeignKey("notice_version.notice_id"), nullable=False),
    _instant("decided_at"), _instant("expires_at", null=True),
    _text("chain_id"), Column("seq", Integer, nullable=False),
    PrimaryKeyConstraint("person_id", "purpose", "item", "controller_id"),
    CheckConstraint(
        "status IN ('unasked', 'given', 'refused', 'deferred', 'withdrawn', 'expired')", name="status"
    ),
    Index("ix_consent_state_term", "expires_at",
          sqlite_where=text("status = 'given'"), postgresql_where=text("status = 'given'")),
    Index("ix_consent_state_help_id", "help_id"),
)  # fmt: skip

personal_data = Table(
    "personal_data", metadata,
    _text("person_id"), _text("purpose"), _text("item"),
    Column("record_id", String, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    _text("help_id", null=True), _instant("stored_at"), _instant("expires_at", null=True),
    PrimaryKeyConstraint("person_id", "purpose", "item"),
    UniqueConstraint("record_id"),
    CheckConstraint("help_id IS NOT NULL OR expires_at IS NOT NULL", name="has_an_end"),
    Index("ix_personal_data_help_id", "help_id"),
    Index("ix_personal_data_expires_at", "expires_at"),
)  # fmt: skip

data_use = Table(
    "data_use", metadata,
    Column("use_id", String, primary_key=True),
    _text("person_id"), _text("help_id"), _text("program_id"), _text("purpose"),
    _instant("used_at"),
    Column("item_count", Integer, nullable=False),
    CheckConstraint("item_count BETWEEN 1 AND 3", name="at_most_three"),
    Index("ix_data_use_person_id", "person_id"),
)  # fmt: skip

data_use_item = Table(
    "data_use_item", metadata,
    Column("use_id", String, ForeignKey("data_use.use_id"), nullable=False),
    Column("position", Integer, nullable=False),
    _text("purpose"), _text("item"),
    Column("decision_seq", Integer, nullable=False),
    PrimaryKeyConstraint("use_id", "position"),
    UniqueConstraint("use_id", "item"),
    CheckConstraint("position BETWEEN 1 AND 3", name="at_most_three"),
)  # fmt: skip

hand_over = Table(
    "hand_over", metadata,
    Column("hand_over_id", String, primary_key=True),
    _text("person_id"), _text("channel"), _text("program_id", null=True), _instant("requested_at"),
    Index("ix_hand_over_person_id", "person_id"),
)  # fmt: skip

feedback = Table(
    "feedback", metadata,
    Column("help_id", String, ForeignKey("help_session.help_id"), primary_key=True),
    _text("person_id"), _instant("given_at"),
    Column("helped", Boolean, nullable=True), Column("intrusive", Boolean, nullable=True),
    Index("ix_feedback_person_id", "person_id"),
)  # fmt: skip
