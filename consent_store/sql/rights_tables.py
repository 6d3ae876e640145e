"""
What the rights of a person need: one-time codes, which identities are one person, marks, and notes of use.

Each row here goes when the person is erased. No code is kept in plain.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, String, Table

from consent_store.sql.base import instant_column, metadata, text_column

link_code = Table(
    "link_code", metadata,
    Column("code_hash", String, primary_key=True),
    text_column("person_id"),
    instant_column("made_at"), instant_column("expires_at"),
    Index("ix_link_code_person_id", "person_id"),
    Index("ix_link_code_expires_at", "expires_at"),
)  # fmt: skip

link_try = Table(
    "link_try", metadata,
    Column("person_id", String, primary_key=True),
    instant_column("since"),
    Column("wrong", Integer, nullable=False),
)  # fmt: skip

identity_link = Table(
    "identity_link", metadata,
    Column("alias_id", String, primary_key=True),
    text_column("person_id"), text_column("link_id"),
    instant_column("linked_at"),
    CheckConstraint("alias_id <> person_id", name="two_identities"),
    Index("ix_identity_link_person_id", "person_id"),
)  # fmt: skip

person_mark = Table(
    "person_mark", metadata,
    Column("person_id", String, primary_key=True),
    text_column("mark"),
    instant_column("set_at"),
    CheckConstraint("mark IN ('item_free')", name="mark"),
)  # fmt: skip

rights_note = Table(
    "rights_note", metadata,
    Column("note_id", String, primary_key=True),
    text_column("person_id"), text_column("kind"),
    text_column("purpose", null=True), text_column("item", null=True),
    instant_column("at"),
    Index("ix_rights_note_person_id", "person_id"),
)  # fmt: skip
