"""
Engines for the two databases, and why a failure happened, without any value.

SQLite: WAL, synchronous=FULL, BEGIN IMMEDIATE for writers, secure_delete, file mode 0600, and never a new
empty file in place of one that is gone. PostgreSQL: no commit that is not durable, no endless wait for a
lock. Must never print parameters: they hold personal content.
"""

from __future__ import annotations

import os
import sqlite3
import ssl
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from consent_store.errors import StoreNotReady
from consent_store.sql import tls

BUSY_TIMEOUT_MS = 2000
_PRAGMAS = (
    f"busy_timeout={BUSY_TIMEOUT_MS}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
)
_SESSION = f"""
SELECT set_config('lock_timeout', '{BUSY_TIMEOUT_MS}', false),
       set_config('synchronous_commit', replace(current_setting('synchronous_commit'), 'off', 'on'), false)
"""
FAILURES = (SQLAlchemyError, ConnectionError, TimeoutError, ssl.SSLError)
"""What a database that fails raises; a broken socket may come through as it is."""

_PG8000 = "postgresql+pg8000"
_POOL = {"pool_size": 8, "max_overflow": 24, "pool_timeout": 5}


def parse(database_url: str) -> URL:
    """
    The address of the database; plain "postgresql://" is spoken with the driver that is installed.

    Raises StoreNotReady for one that is neither SQLite in a file nor PostgreSQL with a known `sslmode`.
    """
    try:
        url = make_url(database_url)
    except ArgumentError:
        url = None
    if url is None or url.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreNotReady("database_url_is_neither_sqlite_nor_postgresql")
    if url.get_backend_name() == "sqlite" and not url.database:
        raise StoreNotReady("sqlite_needs_a_file")
    if url.get_backend_name() == "postgresql":
        tls.check(url)
    return url.set(drivername=_PG8000) if url.drivername == "postgresql" else url


def sqlite_file(url: URL) -> Path | None:
    """The file of a SQLite address; None for another database."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def create_file(path: Path) -> None:
    """
    Make the database file with mode 0600, or give an existing one that mode.

    Folders are made with 0700.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)


def make_engine(url: URL, patience: float | None = None) -> Engine:
    """
    An engine that connects only when it is used. Parameters never show up in its errors.

    patience: for how many seconds a server may say nothing; None for ever. SQLite has no server.
    """
    path = sqlite_file(url)
    if path is None:
        options = {"timeout": patience, "ssl_context": tls.context(url)}
        url = url.difference_update_query(tls.WORDS)
        engine = create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=options, **_POOL)
        event.listen(engine, "connect", _prepare_postgres)
        return engine
    engine = create_engine(url, hide_parameters=True, creator=lambda: _connect_sqlite(path), **_POOL)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _connect_sqlite(path: Path) -> sqlite3.Connection:
    address = f"file:{quote(str(path.absolute()))}?mode=rw"
    connection = sqlite3.connect(
        address, uri=True, check_same_thread=False, isolation_level=None, timeout=BUSY_TIMEOUT_MS / 1000
    )
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _prepare_postgres(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute(_SESSION)
    cursor.close()
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("askfirst_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def clear_journal(engine: Engine) -> bool:
    """
    Move SQLite's journal into the file and empty it, so that deleted bytes are gone from both.

    True when it was emptied, or there is no such journal; False when another connection kept it busy.
    """
    if engine.dialect.name != "sqlite":
        return True
    pooled = engine.raw_connection()
    try:
        cursor = pooled.cursor()
        cursor.execute("PRAGMA busy_timeout=100")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    except sqlite3.Error:
        pooled.invalidate()
        return False
    finally:
        pooled.close()
    return bool(busy == 0)


def reason_of(error: Exception) -> str:
    """
    A short key for what failed (SQLITE_BUSY, SQLITE_FULL, an SQLSTATE, ...).

    Never the message: it may quote values.
    """
    if isinstance(error, PoolTimeout):
        return "no_free_connection"
    if not isinstance(error, DBAPIError) or error.orig is None:
        return type(error).__name__
    name = getattr(error.orig, "sqlite_errorname", None)
    if isinstance(name, str):
        return name
    details = error.orig.args[0] if error.orig.args else None
    if isinstance(details, dict) and "C" in details:
        return f"SQLSTATE_{details['C']}"
    return type(error.orig).__name__
