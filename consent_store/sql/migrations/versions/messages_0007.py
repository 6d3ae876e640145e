"""Messages of messaging apps on their way, what an app still shows, and which events are known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from consent_store.sql.migrations.columns_0001 import blob, instant, number, text

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make what this revision adds."""
    counter = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "message_waiting",
        sa.Column("number", counter, primary_key=True, autoincrement=True),
        text("person_id"), text("direction"), number("attempts"), blob("sealed"), instant("noted_at"),
        sqlite_autoincrement=True,
    )  # fmt: skip
    op.create_index("ix_message_waiting_person_id", "message_waiting", ["person_id"])
    op.create_table(
        "message_thread",
        text("person_id"), blob("sealed"), instant("updated_at"),
        sa.PrimaryKeyConstraint("person_id", name="pk_message_thread"),
    )  # fmt: skip
    op.create_index("ix_message_thread_updated_at", "message_thread", ["updated_at"])
    op.create_table(
        "message_seen",
        text("event_key"), instant("seen_at"),
        sa.PrimaryKeyConstraint("event_key", name="pk_message_seen"),
    )  # fmt: skip
    op.create_index("ix_message_seen_seen_at", "message_seen", ["seen_at"])


def downgrade() -> None:
    """Remove what this revision added."""
    for table in ("message_seen", "message_thread", "message_waiting"):
        op.drop_table(table)
