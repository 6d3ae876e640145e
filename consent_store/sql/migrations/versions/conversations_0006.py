"""What is kept of conversations, sealed with each person's key: the working state, and what was said."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from consent_store.sql.migrations.columns_0001 import blob, instant, number, text

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make what this revision adds."""
    op.create_table(
        "conversation",
        text("person_id"), blob("sealed"), number("turns"), instant("updated_at"),
        sa.PrimaryKeyConstraint("person_id", name="pk_conversation"),
    )  # fmt: skip
    op.create_index("ix_conversation_updated_at", "conversation", ["updated_at"])
    op.create_table(
        "conversation_turn",
        text("person_id"), number("number"), blob("sealed"), instant("said_at"),
        sa.PrimaryKeyConstraint("person_id", "number", name="pk_conversation_turn"),
    )  # fmt: skip
    op.create_index("ix_conversation_turn_said_at", "conversation_turn", ["said_at"])


def downgrade() -> None:
    """Remove what this revision added."""
    op.drop_table("conversation_turn")
    op.drop_table("conversation")
