"""
Databases for tests: one that is emptied between tests, and new ones for those that change more than rows.

Must never touch a database that was there before.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from consent_store import migrate
from consent_store.sql.engine import make_engine, parse

_SCHEMA = """
SELECT md5(string_agg(kind || ' ' || name, ',' ORDER BY kind, name)) FROM (
  SELECT 'column ' || attrelid::regclass AS kind, attname AS name FROM pg_attribute
    JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0
  UNION ALL SELECT 'trigger', tgname FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT 'rule', rulename FROM pg_rewrite WHERE ev_class > 16383
) AS parts
"""
_DELETE_ALL = """
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables
              WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE format('DELETE FROM %I', name);
  END LOOP;
END $$
"""


@dataclass
class Databases:
    """Makes databases on the server behind `url`, where its role is a superuser, and removes them again."""

    url: str
    made: list[str] = field(default_factory=list, init=False)
    shared: tuple[str, str] | None = field(default=None, init=False)

    def new(self) -> str:
        """The name of a new, empty database."""
        name = f"askfirst_test_{secrets.token_hex(6)}"
        self._run(f'CREATE DATABASE "{name}"')
        self.made.append(name)
        return name

    def empty(self) -> str:
        """The address of the shared database: the newest schema, and no rows."""
        if self.shared is None or not self._wiped(*self.shared):
            name = self.new()
            migrate(self.address(name))
            with make_engine(parse(self.address(name))).connect() as connection:
                self.shared = name, connection.scalar(text(_SCHEMA))
        return self.address(self.shared[0])

    def close(self) -> None:
        """Remove what was made, whoever is still connected to it."""
        for name in self.made:
            self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def address(self, name: str) -> str:
        """The address of one of them."""
        return parse(self.url).set(database=name).render_as_string(hide_password=False)

    def _wiped(self, name: str, schema: str) -> bool:
        engine = make_engine(parse(self.address(name)))
        try:
            with engine.begin() as connection:
                return _wipe(connection, schema)
        except SQLAlchemyError:
            return False
        finally:
            engine.dispose()

    def _run(self, statement: str) -> None:
        engine = make_engine(parse(self.url))
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


def _wipe(connection: Connection, schema: str) -> bool:
    """Delete every row, past the guards. False if a test left another schema behind."""
    if connection.scalar(text(_SCHEMA)) != schema:
        return False
    connection.execute(text("SET session_replication_role = replica"))
    connection.execute(text(_DELETE_ALL))
    return True
