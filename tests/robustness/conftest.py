"""What breaks in the world: kills, crowds, clocks, disks. Every database here is made for one test."""

from tests.contract.conftest import clock, database_url, elsewhere, keys, migrated, person, sqlite_only, store

__all__ = ["clock", "database_url", "elsewhere", "keys", "migrated", "person", "sqlite_only", "store"]
