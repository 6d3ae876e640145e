"""
The first schema: controllers, notices, helps, requests, the ledger, its projection, the vault, uses.

Written out and never changed afterwards; later changes are revisions of their own.
"""

# ruff: noqa: E501
# fmt: off

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from consent_store.sql.migrations import guards_0001
from consent_store.sql.migrations.columns_0001 import blob, instant, long_text, number, only, text

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = (
    "consent_state", "event_detail", "consent_event", "chain_head", "personal_data", "person_key", "data_use_item",
    "data_use", "hand_over", "feedback", "permission_request", "help_item", "help_session", "notice_current",
    "notice_version", "controller",
)


def downgrade() -> None:
    """Remove everything."""
    guards_0001.remove(op.get_bind())
    for table in _TABLES:
        op.drop_table(table)


def upgrade() -> None:
    """Make everything."""
    _make_asking()
    _make_ledger()
    _make_uses()
    guards_0001.make(op.get_bind())


def _make_asking() -> None:
    op.create_table(
        "controller",
        text("controller_id"), text("name", null=True), text("address", null=True),
        text("contact", null=True), instant("registered_at"),
        sa.PrimaryKeyConstraint("controller_id", name="pk_controller"),
    )
    op.create_table(
        "notice_version",
        text("notice_id"), text("controller_id"), text("purpose"), text("item"), text("language"),
        number("version"), number("epoch"), long_text("text"), text("text_hash"), long_text("body"),
        instant("registered_at"),
        sa.ForeignKeyConstraint(["controller_id"], ["controller.controller_id"], name="fk_notice_version_controller_id"),
        sa.PrimaryKeyConstraint("notice_id", name="pk_notice_version"),
    )
    op.create_index("ix_notice_version_key", "notice_version", ["purpose", "item", "language"])
    op.create_table(
        "notice_current",
        text("purpose"), text("item"), text("language"), text("notice_id"),
        sa.ForeignKeyConstraint(["notice_id"], ["notice_version.notice_id"], name="fk_notice_current_notice_id"),
        sa.PrimaryKeyConstraint("purpose", "item", "language", name="pk_notice_current"),
    )
    op.create_table(
        "help_session",
        text("help_id"), text("person_id"), text("program_id"), text("channel"), instant("started_at"),
        instant("last_seen_at"), text("offer"), number("unclear_count"), instant("ended_at", null=True),
        text("end_reason", null=True),
        sa.CheckConstraint("offer IN ('open', 'accepted', 'declined')", name='ck_help_session_offer'),
        sa.PrimaryKeyConstraint("help_id", name="pk_help_session"),
    )
    op.create_index("ix_help_session_open_since", "help_session", ["last_seen_at"], **only("ended_at IS NULL"))
    op.create_index("ix_help_session_person_id", "help_session", ["person_id"])
    op.create_index(
        "uq_help_session_one_open", "help_session", ["person_id"], unique=True, **only("ended_at IS NULL")
    )
    op.create_table(
        "help_item",
        text("help_id"), number("position"), text("item"),
        sa.CheckConstraint("position BETWEEN 1 AND 3", name="ck_help_item_at_most_three"),
        sa.ForeignKeyConstraint(["help_id"], ["help_session.help_id"], name="fk_help_item_help_id"),
        sa.PrimaryKeyConstraint("help_id", "position", name="pk_help_item"),
        sa.UniqueConstraint("help_id", "item", name="uq_help_item_help_id_item"),
    )
    op.create_table(
        "permission_request",
        text("request_id"), text("person_id"), text("help_id"), text("controller_id"), text("purpose"),
        text("item"), text("notice_id"), text("notice_hash"), number("retention_days"), text("channel"),
        text("language"), long_text("rendered_text"), text("rendered_hash"), instant("served_at"),
        instant("expires_at"), instant("answered_at", null=True), text("outcome", null=True),
        sa.ForeignKeyConstraint(["help_id"], ["help_session.help_id"], name="fk_permission_request_help_id"),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice_version.notice_id"], name="fk_permission_request_notice_id"
        ),
        sa.PrimaryKeyConstraint("request_id", name="pk_permission_request"),
    )
    op.create_index("ix_permission_request_help_id", "permission_request", ["help_id"])
    op.create_index("ix_permission_request_person_id", "permission_request", ["person_id"])
    op.create_index(
        "uq_permission_request_one_open", "permission_request", ["person_id"], unique=True, **only("outcome IS NULL")
    )


def _make_ledger() -> None:
    op.create_table(
        "chain_head",
        text("chain_id"), number("size"), blob("head_hash"),
        sa.PrimaryKeyConstraint("chain_id", name="pk_chain_head"),
    )
    op.create_table(
        "consent_event",
        text("chain_id"), number("seq"), blob("prev_hash"), blob("commitment"), blob("entry_hash"),
        sa.CheckConstraint("seq >= 1", name="ck_consent_event_counts_from_one"),
        sa.PrimaryKeyConstraint("chain_id", "seq", name="pk_consent_event"),
        sa.UniqueConstraint("chain_id", "prev_hash", name="uq_consent_event_chain_id_prev_hash"),
    )
    op.create_table(
        "event_detail",
        text("chain_id"), number("seq"), text("person_id", null=True), text("request_id", null=True),
        blob("salt"), long_text("body"), sa.Column("sealed_words", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["chain_id", "seq"], ["consent_event.chain_id", "consent_event.seq"], name="fk_event_detail_chain_id_seq"),
        sa.PrimaryKeyConstraint("chain_id", "seq", name="pk_event_detail"),
        sa.UniqueConstraint("request_id", name="uq_event_detail_request_id"),
    )
    op.create_index("ix_event_detail_person_id", "event_detail", ["person_id"])
    op.create_table(
        "consent_state",
        text("person_id"), text("controller_id"), text("purpose"), text("item"), text("status"),
        text("help_id", null=True), text("request_id", null=True), text("notice_id"), instant("decided_at"),
        instant("expires_at", null=True), text("chain_id"), number("seq"),
        sa.CheckConstraint("status IN ('unasked', 'given', 'refused', 'deferred', 'withdrawn', 'expired')", name='ck_consent_state_status'),
        sa.ForeignKeyConstraint(["notice_id"], ["notice_version.notice_id"], name="fk_consent_state_notice_id"),
        sa.PrimaryKeyConstraint("person_id", "purpose", "item", "controller_id", name="pk_consent_state"),
    )
    op.create_index("ix_consent_state_help_id", "consent_state", ["help_id"])
    op.create_index("ix_consent_state_term", "consent_state", ["expires_at"], **only("status = 'given'"))
    op.create_table(
        "personal_data",
        text("person_id"), text("purpose"), text("item"), text("record_id"), blob("sealed"),
        text("help_id", null=True), instant("stored_at"), instant("expires_at", null=True),
        sa.CheckConstraint("help_id IS NOT NULL OR expires_at IS NOT NULL", name="ck_personal_data_has_an_end"),
        sa.PrimaryKeyConstraint("person_id", "purpose", "item", name="pk_personal_data"),
        sa.UniqueConstraint("record_id", name="uq_personal_data_record_id"),
    )
    op.create_index("ix_personal_data_expires_at", "personal_data", ["expires_at"])
    op.create_index("ix_personal_data_help_id", "personal_data", ["help_id"])
    op.create_table(
        "person_key",
        text("person_id"), text("master_key_id"), blob("wrapped_key"), instant("created_at"),
        sa.PrimaryKeyConstraint("person_id", name="pk_person_key"),
    )
    op.create_index("ix_person_key_master_key_id", "person_key", ["master_key_id"])


def _make_uses() -> None:
    op.create_table(
        "data_use",
        text("use_id"), text("person_id"), text("help_id"), text("program_id"), text("purpose"),
        instant("used_at"), number("item_count"),
        sa.CheckConstraint("item_count BETWEEN 1 AND 3", name="ck_data_use_at_most_three"),
        sa.PrimaryKeyConstraint("use_id", name="pk_data_use"),
    )
    op.create_index("ix_data_use_person_id", "data_use", ["person_id"])
    op.create_table(
        "data_use_item",
        text("use_id"), number("position"), text("purpose"), text("item"), number("decision_seq"),
        sa.CheckConstraint("position BETWEEN 1 AND 3", name="ck_data_use_item_at_most_three"),
        sa.ForeignKeyConstraint(["use_id"], ["data_use.use_id"], name="fk_data_use_item_use_id"),
        sa.PrimaryKeyConstraint("use_id", "position", name="pk_data_use_item"),
        sa.UniqueConstraint("use_id", "item", name="uq_data_use_item_use_id_item"),
    )
    op.create_table(
        "hand_over",
        text("hand_over_id"), text("person_id"), text("channel"), text("program_id", null=True),
        instant("requested_at"), sa.PrimaryKeyConstraint("hand_over_id", name="pk_hand_over"),
    )
    op.create_index("ix_hand_over_person_id", "hand_over", ["person_id"])
    op.create_table(
        "feedback",
        text("help_id"), text("person_id"), instant("given_at"), sa.Column("helped", sa.Boolean()),
        sa.Column("intrusive", sa.Boolean()),
        sa.ForeignKeyConstraint(["help_id"], ["help_session.help_id"], name="fk_feedback_help_id"),
        sa.PrimaryKeyConstraint("help_id", name="pk_feedback"),
    )
    op.create_index("ix_feedback_person_id", "feedback", ["person_id"])
