"""
The consent store's database as Rasa's process opens it: SQLite or PostgreSQL, short transactions.

A database that is missing is never made here: the store's migrations do that. Errors carry a short reason and
no cause, because a driver's message may quote values.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from settings import SettingsInvalid

BUSY_SECONDS = 1.0
PAUSE_SECONDS = 1.0
"""After a failure nobody tries for that long: a hundred people at once must not wait one after the other."""

_PRAGMAS = (
    f"busy_timeout={int(BUSY_SECONDS * 1000)}",
    "journal_mode=WAL",
    "synchronous=NORMAL",  # a power cut may cost a turn of a conversation, never a decision
    "secure_delete=ON",
)
_POSTGRES_SECONDS = 5
_LOCK_TIMEOUT = f"SELECT set_config('lock_timeout', '{int(BUSY_SECONDS * 1000)}', false)"
_POOL = {"poolclass": QueuePool, "pool_size": 4, "max_overflow": 12, "pool_timeout": 2, "future": True}


class DatabaseUrlInvalid(SettingsInvalid):
    """ASKFIRST_DATABASE_URL names neither a SQLite file nor a PostgreSQL."""

    def __init__(self) -> None:
        super().__init__("ASKFIRST_DATABASE_URL must name a SQLite file or a PostgreSQL database.")


class DatabaseAway(Exception):
    """The database cannot be reached, or somebody holds it for too long. `reason` is a short key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Database:
    """Transactions. Safe to share between threads; connects only when it is used."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        """url: as ASKFIRST_DATABASE_URL has it. clock: seconds. Raises DatabaseUrlInvalid."""
        self._engine = _make_engine(_parse(url))
        self._clock = clock
        self._away_until = float("-inf")
        # SQLite has one writer at a time: waiting for one another is fairer than polling for its lock
        self._turn = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that changes nothing. Raises DatabaseAway."""
        with self._transaction(writes=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Committed when the block ends, undone if it raises. Raises DatabaseAway."""
        if self._engine.dialect.name == "postgresql":
            with self._transaction(writes=True) as connection:
                yield connection
            return
        if not self._turn.acquire(timeout=BUSY_SECONDS):
            raise DatabaseAway("no_turn_to_write")
        try:
            with self._transaction(writes=True) as connection:
                yield connection
        finally:
            self._turn.release()

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Connection]:
        if self._clock() < self._away_until:
            raise DatabaseAway("away_a_moment_ago")
        try:
            with self._engine.connect() as connection:
                options = connection.execution_options(askfirst_writes=writes)
                with options.begin():
                    yield options
        except (SQLAlchemyError, OSError) as error:  # a broken socket comes through as it is
            reason = _reason_of(error)
        else:
            return
        self._away_until = self._clock() + PAUSE_SECONDS
        raise DatabaseAway(reason)


def _parse(text: str) -> URL:
    try:
        url = make_url(text)
    except ArgumentError:
        raise DatabaseUrlInvalid from None
    backend = url.get_backend_name()
    if backend not in ("sqlite", "postgresql") or not url.database:
        raise DatabaseUrlInvalid
    return url.set(drivername="postgresql+pg8000") if backend == "postgresql" else url


def _make_engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        engine = create_engine(url, hide_parameters=True, creator=lambda: _connect_sqlite(path), **_POOL)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    local = "unix_sock" in url.query or url.host in (None, "localhost", "127.0.0.1", "::1")
    options: dict[str, Any] = {"timeout": _POSTGRES_SECONDS, **({"ssl_context": False} if local else {})}
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=options, **_POOL)
    event.listen(engine, "connect", _prepare_postgres)
    return engine


def _connect_sqlite(path: Path) -> sqlite3.Connection:
    address = f"file:{quote(str(path.absolute()))}?mode=rw"
    connection = sqlite3.connect(
        address, uri=True, check_same_thread=False, isolation_level=None, timeout=BUSY_SECONDS
    )
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("askfirst_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare_postgres(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute(_LOCK_TIMEOUT)
    cursor.close()
    connection.commit()


def _reason_of(error: SQLAlchemyError | OSError) -> str:
    """The kind of failure, or an SQLSTATE. Never the message: it may quote values."""
    if not isinstance(error, DBAPIError) or error.orig is None:
        return type(error).__name__
    details = error.orig.args[0] if error.orig.args else None
    if isinstance(details, dict) and "C" in details:
        return f"SQLSTATE_{details['C']}"
    if isinstance(error.orig, sqlite3.Error):
        return _sqlite_reason(str(details))
    return type(error.orig).__name__


def _sqlite_reason(message: str) -> str:
    """Python 3.10 gives no code: SQLite's own words for the commonest, which hold no value."""
    known = (
        "database is locked",
        "unable to open database file",
        "database or disk is full",
        "no such table",
    )
    return next((words.replace(" ", "_") for words in known if message.startswith(words)), "sqlite_error")
