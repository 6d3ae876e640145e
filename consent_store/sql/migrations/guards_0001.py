"""
The triggers of the first schema that keep consent_event and notice_version append-only, on both databases.

They guard against mistakes and against software that means no harm; verification finds what a person with the
database's own rights did behind them.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

_TABLES = ("consent_event", "notice_version")

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
_SQLITE_REPLACE = """
CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
_SAME = {
    "consent_event": "chain_id = NEW.chain_id AND (seq = NEW.seq OR prev_hash = NEW.prev_hash)",
    "checkpoint": "number = NEW.number OR file_name = NEW.file_name",
}
_POSTGRES_FUNCTION = """
CREATE FUNCTION askfirst_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'append-only table'; END $$
"""
_POSTGRES = (
    """
    CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION askfirst_refuse_change()
    """,
    """
    CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION askfirst_refuse_change()
    """,
)


def make(connection: Connection) -> None:
    """Make the triggers."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(_POSTGRES_FUNCTION))
    for table in _TABLES:
        guard(connection, table)


def remove(connection: Connection) -> None:
    """Remove the triggers, before their tables go."""
    for table in _TABLES:
        unguard(connection, table)
    if connection.dialect.name == "postgresql":
        connection.execute(text("DROP FUNCTION askfirst_refuse_change()"))


def guard(connection: Connection, table: str) -> None:
    """Make one table append-only; `make` has run before."""
    for statement in _POSTGRES if connection.dialect.name == "postgresql" else _sqlite(table):
        connection.execute(text(statement.format(table=table)))


def unguard(connection: Connection, table: str) -> None:
    """Remove the triggers of one table. SQLite's go with the table itself."""
    if connection.dialect.name == "postgresql":
        for name in ("change", "truncate"):
            connection.execute(text(f"DROP TRIGGER {table}_no_{name} ON {table}"))


def _sqlite(table: str) -> list[str]:
    statements = [_SQLITE.format(table=table, verb=verb) for verb in ("UPDATE", "DELETE")]
    if table in _SAME:
        statements.append(_SQLITE_REPLACE.format(table=table, same=_SAME[table]))
    return statements
