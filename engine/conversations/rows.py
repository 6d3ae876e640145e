"""
Rows of conversations and of the keys that they are sealed under. Must never hold a rule, or see a text.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Table, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Row

from engine.conversations.tables import conversation, conversation_turn, master_key, person_key

_KEY = (person_key.c.master_key_id, person_key.c.wrapped_key)


class KeyRow(NamedTuple):
    """A person's data key as it is stored: the name of the master key, and the ciphertext."""

    master_id: str
    wrapped: bytes


class Stored(NamedTuple):
    """What there is of a person: their key, and their conversation if there is one."""

    key: KeyRow
    sealed: bytes | None
    turns: int


def find(connection: Connection, person_id: str) -> Stored | None:
    """Key and conversation of a person; None if the store does not know them."""
    both = person_key.outerjoin(conversation, conversation.c.person_id == person_key.c.person_id)
    query = select(*_KEY, conversation.c.sealed, conversation.c.turns).select_from(both)
    row = connection.execute(query.where(person_key.c.person_id == person_id)).first()
    if row is None:
        return None
    sealed = None if row.sealed is None else bytes(row.sealed)
    return Stored(_key_row(row), sealed, row.turns or 0)


def exists(connection: Connection, person_id: str) -> bool:
    """Whether there is a conversation of a person whom the store knows."""
    stored = find(connection, person_id)
    return stored is not None and stored.sealed is not None


def people(connection: Connection) -> list[str]:
    """The pseudonyms of all whose conversation is kept."""
    return list(connection.execute(select(conversation.c.person_id)).scalars())


def lock_key(connection: Connection, person_id: str) -> KeyRow | None:
    """A person's key, once nobody else writes about them; until the transaction ends nobody does."""
    query = select(*_KEY).where(person_key.c.person_id == person_id).with_for_update()
    row = connection.execute(query).first()
    return None if row is None else _key_row(row)


def add_key(connection: Connection, person_id: str, key: KeyRow, now: datetime) -> None:
    """Know the person, unless somebody else was quicker."""
    row = {"person_id": person_id, "master_key_id": key.master_id, "wrapped_key": key.wrapped}
    insert_if_absent(connection, person_key, {**row, "created_at": now})


def may_wrap(connection: Connection, master_id: str, now: datetime) -> bool:
    """Note that this master key is about to wrap. False if it is retired: then it must not."""
    insert_if_absent(connection, master_key, {"master_key_id": master_id, "first_used_at": now})
    query = select(master_key.c.retired_at).where(master_key.c.master_key_id == master_id)
    return connection.execute(query).scalar_one() is None


def turns(connection: Connection, person_id: str) -> int:
    """The number of the latest turn that is kept, 0 without any."""
    query = select(func.max(conversation_turn.c.number)).where(conversation_turn.c.person_id == person_id)
    counted = select(conversation.c.turns).where(conversation.c.person_id == person_id)
    return max(connection.execute(query).scalar() or 0, connection.execute(counted).scalar() or 0)


def latest_turns(connection: Connection, person_id: str, most: int) -> list[tuple[int, bytes]]:
    """Numbers and boxes of the last turns, the latest first."""
    ours = conversation_turn.c.person_id == person_id
    query = select(conversation_turn.c.number, conversation_turn.c.sealed).where(ours)
    newest = query.order_by(conversation_turn.c.number.desc()).limit(most)
    return [(row.number, bytes(row.sealed)) for row in connection.execute(newest)]


def put(connection: Connection, person_id: str, sealed: bytes, number: int, now: datetime) -> None:
    """Keep the working state after that many turns, in place of the one before."""
    row = {"person_id": person_id, "sealed": sealed, "turns": number, "updated_at": now}
    upsert(connection, conversation, row, key="person_id")


def add_turn(connection: Connection, person_id: str, number: int, sealed: bytes, now: datetime) -> None:
    """Keep what was said in a turn."""
    row = {"person_id": person_id, "number": number, "sealed": sealed, "said_at": now}
    connection.execute(_insert(connection, conversation_turn), row)


def _key_row(row: Row) -> KeyRow:
    return KeyRow(row.master_key_id, bytes(row.wrapped_key))


def _insert(connection: Connection, table: Table) -> Any:
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)


def insert_if_absent(connection: Connection, table: Table, row: dict[str, Any]) -> bool:
    """Insert the row unless one with its key is there; says whether it did."""
    done = connection.execute(_insert(connection, table).on_conflict_do_nothing(), row)
    return bool(done.rowcount)


def upsert(connection: Connection, table: Table, row: dict[str, Any], *, key: str) -> None:
    """Insert the row, in place of one with the same key."""
    statement = _insert(connection, table)
    changes = {name: statement.excluded[name] for name in row if name != key}
    connection.execute(statement.on_conflict_do_update(index_elements=[key], set_=changes), row)
