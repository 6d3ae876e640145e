"""Signed checkpoints of the ledger: which were written, and where to look for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from consent_store.sql.migrations import guards_0001
from consent_store.sql.migrations.columns_0001 import instant, number, text

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of the checkpoints, append-only."""
    op.create_table(
        "checkpoint",
        number("number"), instant("made_at"), text("file_name"), text("file_hash"), text("key_name"),
        text("chains_hash"), text("notices_hash"),
        sa.CheckConstraint("number >= 1", name="ck_checkpoint_counts_from_one"),
        sa.PrimaryKeyConstraint("number", name="pk_checkpoint"),
        sa.UniqueConstraint("file_name", name="uq_checkpoint_file_name"),
    )  # fmt: skip
    guards_0001.guard(op.get_bind(), "checkpoint")


def downgrade() -> None:
    """Remove the table; the files stay."""
    guards_0001.unguard(op.get_bind(), "checkpoint")
    op.drop_table("checkpoint")
