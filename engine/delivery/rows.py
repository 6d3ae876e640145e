"""
Rows of messages on their way, of what apps show, and of events that are known. Must never see a text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from engine.conversations.rows import insert_if_absent, upsert
from engine.conversations.tables import message_seen, message_thread, message_waiting


class WaitingRow(NamedTuple):
    """A message on its way. `attempts`: how often handling or sending it was begun anew after a start."""

    number: int
    person_id: str
    direction: str
    attempts: int
    sealed: bytes


def see(connection: Connection, event_key: str, now: datetime) -> bool:
    """Note an event; False if it is known already."""
    return insert_if_absent(connection, message_seen, {"event_key": event_key, "seen_at": now})


def add(connection: Connection, person_id: str, direction: str, sealed: bytes, now: datetime) -> int:
    """Note a message; returns its number, which grows."""
    row = {"person_id": person_id, "direction": direction, "attempts": 0, "sealed": sealed, "noted_at": now}
    done = connection.execute(insert(message_waiting), row)
    key = done.inserted_primary_key or (0,)
    return int(key[0])


def remove(connection: Connection, person_id: str, numbers: Sequence[int]) -> None:
    """Messages that are handled or sent."""
    ours = message_waiting.c.person_id == person_id
    connection.execute(delete(message_waiting).where(ours, message_waiting.c.number.in_(numbers)))


def waiting(connection: Connection) -> list[WaitingRow]:
    """All messages on their way, in the order in which they were noted."""
    columns = (message_waiting.c[name] for name in WaitingRow._fields)
    found = connection.execute(select(*columns).order_by(message_waiting.c.number))
    return [WaitingRow(row[0], row[1], row[2], row[3], bytes(row[4])) for row in found]


def count_attempt(connection: Connection, numbers: Sequence[int]) -> None:
    """Note that these are begun once more."""
    more = update(message_waiting).where(message_waiting.c.number.in_(numbers))
    connection.execute(more.values(attempts=message_waiting.c.attempts + 1))


def find_thread(connection: Connection, person_id: str) -> bytes | None:
    """What an app shows of the person's chat."""
    query = select(message_thread.c.sealed).where(message_thread.c.person_id == person_id)
    sealed = connection.execute(query).scalar()
    return None if sealed is None else bytes(sealed)


def put_thread(connection: Connection, person_id: str, sealed: bytes, now: datetime) -> None:
    """Keep what it shows now, in place of before."""
    row = {"person_id": person_id, "sealed": sealed, "updated_at": now}
    upsert(connection, message_thread, row, key="person_id")
