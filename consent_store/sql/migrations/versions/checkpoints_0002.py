"""Signed checkpoints of the ledger: which were written, and where to look for them."""

from __future__ import annotations

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make what this revision adds."""


def downgrade() -> None:
    """Remove what this revision added."""
