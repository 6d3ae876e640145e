"""Which master keys wrap, in which order they came, and which are retired: names, never keys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from consent_store.sql.migrations.columns_0001 import instant, number, text

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KNOWN = """
INSERT INTO master_key (master_key_id, first_used_at)
SELECT master_key_id, MIN(created_at) FROM person_key GROUP BY master_key_id ORDER BY MIN(created_at)
"""


def upgrade() -> None:
    """Make what this revision adds; the master keys that wrap today are known from the start."""
    op.create_table(
        "master_key",
        number("number"), text("master_key_id"), instant("first_used_at"), instant("retired_at", null=True),
        sa.PrimaryKeyConstraint("number", name="pk_master_key"),
        sa.UniqueConstraint("master_key_id", name="uq_master_key_master_key_id"),
    )  # fmt: skip
    op.execute(_KNOWN)


def downgrade() -> None:
    """Remove what this revision added."""
    op.drop_table("master_key")
