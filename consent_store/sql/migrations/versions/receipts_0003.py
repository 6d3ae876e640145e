"""Receipts that were issued: ids and hashes, never what stands in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from consent_store.sql.migrations.columns_0001 import instant, text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make what this revision adds."""
    op.create_table(
        "receipt",
        text("receipt_id"), text("person_id"), instant("issued_at"), text("document_hash"),
        sa.PrimaryKeyConstraint("receipt_id", name="pk_receipt"),
    )  # fmt: skip
    op.create_index("ix_receipt_person_id", "receipt", ["person_id"])


def downgrade() -> None:
    """Remove what this revision added."""
    op.drop_table("receipt")
