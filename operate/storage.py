"""
Prepare the consent store's database through its own front door.

Must never read or write a record, and never know a table.
"""

from pathlib import Path

SQLITE_PREFIX = "sqlite:///"
PLAIN_CONVERSATIONS = "conversations.db"


def migrate_store(database_url: str) -> None:
    """Bring the store's tables to this version; raises the store's own errors."""
    from consent_store import migrate

    migrate(database_url)


def database_file(database_url: str) -> Path | None:
    """Return the file of a SQLite database, None for a database server."""
    if not database_url.startswith(SQLITE_PREFIX):
        return None
    return Path(database_url.removeprefix(SQLITE_PREFIX))


def remove_plain_conversations(folder: Path) -> bool:
    """Delete what an earlier version kept of conversations in plain; return whether there was anything."""
    leftovers = sorted(folder.glob(f"{PLAIN_CONVERSATIONS}*"))
    for path in leftovers:
        path.unlink(missing_ok=True)
    return bool(leftovers)
