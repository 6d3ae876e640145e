"""Alembic's entry: runs the migrations on the connection that `schema` hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from consent_store.sql.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
