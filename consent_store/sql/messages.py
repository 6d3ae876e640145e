"""
Rows of messages on their way, of what apps show, and of events that are known. Must never see a text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import delete, insert, select, update

from consent_store.sql.database import Transaction
from consent_store.sql.dialect import insert_if_absent, put
from consent_store.sql.tables import message_seen, message_thread, message_waiting


class WaitingRow(NamedTuple):
    """A message on its way. `attempts`: how often handling or sending it was begun anew after a start."""

    number: int
    person_id: str
    direction: str
    attempts: int
    sealed: bytes


def see(tx: Transaction, event_key: str) -> bool:
    """Note an event; False if it is known already."""
    return insert_if_absent(tx, message_seen, {"event_key": event_key, "seen_at": tx.now})


def add(tx: Transaction, person_id: str, direction: str, sealed: bytes) -> int:
    """Note a message; returns its number, which grows."""
    row = {"person_id": person_id, "direction": direction, "attempts": 0, "sealed": sealed}
    done = tx.connection.execute(insert(message_waiting), {**row, "noted_at": tx.now})
    (number,) = done.inserted_primary_key or (0,)
    return int(number)


def remove(tx: Transaction, person_id: str, numbers: Sequence[int]) -> None:
    """Messages that are handled or sent."""
    ours = message_waiting.c.person_id == person_id
    tx.connection.execute(delete(message_waiting).where(ours, message_waiting.c.number.in_(numbers)))


def waiting(tx: Transaction) -> Sequence[WaitingRow]:
    """All messages on their way, in the order in which they were noted."""
    columns = (message_waiting.c[name] for name in WaitingRow._fields)
    found = tx.connection.execute(select(*columns).order_by(message_waiting.c.number))
    return [WaitingRow(*row) for row in found]


def count_attempt(tx: Transaction, numbers: Sequence[int]) -> None:
    """Note that these are begun once more."""
    more = update(message_waiting).where(message_waiting.c.number.in_(numbers))
    tx.connection.execute(more.values(attempts=message_waiting.c.attempts + 1))


def find_thread(tx: Transaction, person_id: str) -> bytes | None:
    """What an app shows of the person's chat."""
    query = select(message_thread.c.sealed).where(message_thread.c.person_id == person_id)
    return tx.connection.execute(query).scalar()


def put_thread(tx: Transaction, person_id: str, sealed: bytes) -> None:
    """Keep what it shows now, in place of before."""
    put(tx, message_thread, {"person_id": person_id, "sealed": sealed, "updated_at": tx.now})
