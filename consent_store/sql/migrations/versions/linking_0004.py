"""
One-time codes by which a person links two identities, what was linked, marks, and notes of rights used.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from consent_store.sql.migrations.columns_0001 import instant, number, text

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TABLES = ("rights_note", "person_mark", "identity_link", "link_try", "link_code")


def upgrade() -> None:
    """Make what this revision adds."""
    _make_linking()
    op.create_table(
        "person_mark",
        text("person_id"), text("mark"), instant("set_at"),
        sa.CheckConstraint("mark IN ('item_free')", name="ck_person_mark_mark"),
        sa.PrimaryKeyConstraint("person_id", name="pk_person_mark"),
    )  # fmt: skip
    op.create_table(
        "rights_note",
        text("note_id"), text("person_id"), text("kind"), text("purpose", null=True), text("item", null=True),
        instant("at"),
        sa.PrimaryKeyConstraint("note_id", name="pk_rights_note"),
    )  # fmt: skip
    op.create_index("ix_rights_note_person_id", "rights_note", ["person_id"])


def downgrade() -> None:
    """Remove what this revision added."""
    for table in _TABLES:
        op.drop_table(table)


def _make_linking() -> None:
    op.create_table(
        "link_code",
        text("code_hash"), text("person_id"), instant("made_at"), instant("expires_at"),
        sa.PrimaryKeyConstraint("code_hash", name="pk_link_code"),
    )  # fmt: skip
    op.create_index("ix_link_code_person_id", "link_code", ["person_id"])
    op.create_index("ix_link_code_expires_at", "link_code", ["expires_at"])
    op.create_table(
        "link_try",
        text("person_id"), instant("since"), number("wrong"),
        sa.PrimaryKeyConstraint("person_id", name="pk_link_try"),
    )  # fmt: skip
    op.create_table(
        "identity_link",
        text("alias_id"), text("person_id"), text("link_id"), instant("linked_at"),
        sa.CheckConstraint("alias_id <> person_id", name="ck_identity_link_two_identities"),
        sa.PrimaryKeyConstraint("alias_id", name="pk_identity_link"),
    )  # fmt: skip
    op.create_index("ix_identity_link_person_id", "identity_link", ["person_id"])
