"""
Bringing a database to the schema that this code needs, and checking that it is there.

Alembic does the work.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from consent_store.errors import StoreNotReady, StoreUnavailable
from consent_store.sql.engine import FAILURES, create_file, make_engine, parse, reason_of, sqlite_file

_SCRIPTS = Path(__file__).parent / "migrations"


def migrate(database_url: str, revision: str = "head") -> None:
    """
    Bring the database to the newest schema, all steps in one transaction; makes a SQLite file with mode 0600.

    Raises StoreNotReady for an address that cannot be used and StoreUnavailable if the database fails.
    """
    _run(database_url, lambda config: command.upgrade(config, revision))


def downgrade(database_url: str, revision: str) -> None:
    """Take the schema back to an earlier revision ("base" for none). Same errors as `migrate`."""
    _run(database_url, lambda config: command.downgrade(config, revision))


def _run(database_url: str, work: Callable[[Config], None]) -> None:
    url = parse(database_url)
    path = sqlite_file(url)
    try:
        if path is not None:
            create_file(path)
        engine = make_engine(url)
        try:
            with engine.connect().execution_options(askfirst_writes=True) as connection, connection.begin():
                config = _config()
                config.attributes["connection"] = connection
                work(config)
        finally:
            engine.dispose()
    except FAILURES as error:
        reason = reason_of(error)
    except OSError as error:
        reason = f"file_{error.errno}"
    else:
        return
    raise StoreUnavailable(reason)


def open_engine(database_url: str, patience: float | None = None) -> Engine:
    """
    An engine on a database whose schema is current. patience: see `make_engine`.

    Raises StoreNotReady if it is missing or of another revision, StoreUnavailable if it cannot be reached.
    """
    url = parse(database_url)
    path = sqlite_file(url)
    if path is not None and not path.exists():
        raise StoreNotReady("database_missing_run_make_setup", file=str(path))
    engine = make_engine(url, patience)
    try:
        with engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    except FAILURES as error:
        reason: str | None = reason_of(error)
    else:
        reason = None
    if reason is not None:
        engine.dispose()
        raise StoreUnavailable(reason)
    needed = ScriptDirectory.from_config(_config()).get_current_head()
    if found != needed:
        engine.dispose()
        raise StoreNotReady("schema_is_not_current", found=str(found), needed=str(needed))
    return engine


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
