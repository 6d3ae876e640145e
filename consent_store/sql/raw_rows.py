"""
Rows just as the database has them, for verification: quick, and never refusing what was tampered with.

SQLAlchemy's conversions are left out: instants come as the driver gives them. Must never be used to decide
whether a value may be used.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import Any, TypeVar

from sqlalchemy import Select
from sqlalchemy.exc import DBAPIError

from consent_store.clock import to_text
from consent_store.sql.database import Transaction

T = TypeVar("T")
_BATCH = 2000


def batches(tx: Transaction, query: Select[Any]) -> Iterator[Sequence[Any]]:
    """The rows of a query, 2,000 at a time, as tuples."""
    dialect = tx.connection.dialect
    statement = str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    result = tx.connection.exec_driver_sql(statement, execution_options={"yield_per": _BATCH})
    yield from result.partitions(_BATCH)


def rows(tx: Transaction, query: Select[Any]) -> Iterator[Sequence[Any]]:
    """The rows of a query, one by one."""
    return chain.from_iterable(batches(tx, query))


def instant_text(raw: object) -> str | None:
    """
    An instant as records write it, from what either database has.

    What is no instant comes back as something that no record says.
    """
    if raw is None:
        return None
    if isinstance(raw, str) and raw.isprintable():
        return f"{raw[:10]}T{raw[11:]}Z" if raw[10:11] == " " else f"?{raw}"
    if isinstance(raw, datetime) and raw.tzinfo is not None:
        return to_text(raw)
    return f"?{raw!r}"


def tolerating(tx: Transaction, work: Callable[[], T]) -> T:
    """
    Run `work`; if SQLite holds text that is no UTF-8, once more with its bytes as lone surrogates.

    PostgreSQL never holds such text.
    """
    if tx.connection.dialect.name != "sqlite":
        return work()
    driver: Any = tx.connection.connection.dbapi_connection
    try:
        return work()
    except (sqlite3.Error, DBAPIError) as error:
        if "decode" not in str(error):
            raise
    driver.text_factory = lambda content: content.decode("utf-8", "surrogateescape")
    try:
        return work()
    finally:
        driver.text_factory = str
