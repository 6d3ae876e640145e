"""One-time codes by which a person links two identities, and what was linked."""

from __future__ import annotations

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make what this revision adds."""


def downgrade() -> None:
    """Remove what this revision added."""
