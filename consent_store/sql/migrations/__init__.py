"""Alembic's migrations of the consent store."""
