"""The database behind the store's back, for tests that look into it or tamper with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import text

from consent_store.sql.engine import make_engine, parse

GUARDED = ("consent_event", "notice_version")


def rows(database_url: str, query: str, **params: object) -> list[Mapping[str, Any]]:
    """What a query finds."""
    engine = make_engine(parse(database_url))
    with engine.connect() as connection:
        found = [dict(row._mapping) for row in connection.execute(text(query), params)]
    engine.dispose()
    return found


def count(database_url: str, table: str) -> int:
    """How many rows a table has."""
    return int(rows(database_url, f"SELECT count(*) AS n FROM {table}")[0]["n"])


def change(database_url: str, *statements: str, **params: object) -> None:
    """Run statements as they are, with all guards up."""
    engine = make_engine(parse(database_url))
    with engine.connect().execution_options(askfirst_writes=True) as connection, connection.begin():
        for statement in statements:
            connection.execute(text(statement), params)
    engine.dispose()


def tamper(database_url: str, *statements: str, **params: object) -> None:
    """Run statements as someone who owns the database would: triggers and foreign keys off."""
    if database_url.startswith("sqlite"):
        names = [
            row["name"] for row in rows(database_url, "SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ]
        down = [f"DROP TRIGGER {name}" for name in names]
        engine = make_engine(parse(database_url))
        with engine.connect() as connection:
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")
            for statement in (*down, *statements):
                connection.execute(text(statement), params if statement in statements else {})
            connection.commit()
        engine.dispose()
        return
    change(database_url, "SET session_replication_role = replica", *statements, **params)
