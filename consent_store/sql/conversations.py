"""
Rows of conversations: reading and writing them, and deleting what is over, with messages on their way and
what an app shows.

Must never see a text, or delete what was said within the time that it is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import (
    Column,
    ColumnElement,
    String,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    true,
    union,
)

from consent_store.sql.database import Transaction
from consent_store.sql.dialect import put as put_row
from consent_store.sql.opening import Wrapped
from consent_store.sql.tables import (
    conversation,
    conversation_turn,
    message_seen,
    message_thread,
    message_waiting,
    person_key,
)

FAR_AHEAD = timedelta(days=1)
"""An instant that is further ahead is of a clock that was wrong: it must not keep a row for ever."""

_PLACES = {
    "conversations_deleted": (conversation, conversation.c.updated_at),
    "turns_deleted": (conversation_turn, conversation_turn.c.said_at),
    "messages_deleted": (message_waiting, message_waiting.c.noted_at),
    "threads_deleted": (message_thread, message_thread.c.updated_at),
}
"""Each table, the instant that counts, and what its rows are called when they went."""

_BY_PERSON = bindparam("person", type_=String)
_FIND = (
    select(person_key.c.master_key_id, person_key.c.wrapped_key, conversation.c.sealed, conversation.c.turns)
    .outerjoin(conversation, conversation.c.person_id == person_key.c.person_id)
    .where(person_key.c.person_id == _BY_PERSON)
)
_COUNTED = select(conversation.c.turns).where(conversation.c.person_id == _BY_PERSON).scalar_subquery()
_TURNS = select(func.max(conversation_turn.c.number), _COUNTED).where(
    conversation_turn.c.person_id == _BY_PERSON
)
_LATEST = (
    select(conversation_turn.c.number, conversation_turn.c.sealed)
    .where(conversation_turn.c.person_id == _BY_PERSON)
    .order_by(conversation_turn.c.number.desc())
    .limit(bindparam("most"))
)
_ADD_TURN = insert(conversation_turn)


class Stored(NamedTuple):
    """What there is of a person: their key, and their conversation if there is one."""

    key: Wrapped
    sealed: bytes | None
    turns: int


def find(tx: Transaction, person_id: str) -> Stored | None:
    """Key and conversation of a person; None if the store does not know them."""
    row = tx.connection.execute(_FIND, {"person": person_id}).first()
    return None if row is None else Stored(Wrapped(row[0], row[1]), row[2], row[3] or 0)


def persons(tx: Transaction) -> Sequence[str]:
    """All whose conversation is kept."""
    return tx.connection.execute(select(conversation.c.person_id)).scalars().all()


def turns(tx: Transaction, person_id: str) -> int:
    """The number of the latest turn that was kept, 0 without any; of those that went too."""
    row = tx.connection.execute(_TURNS, {"person": person_id}).one()
    return max(row[0] or 0, row[1] or 0)


def latest_turns(tx: Transaction, person_id: str, most: int) -> Sequence[tuple[int, bytes]]:
    """Numbers and boxes of the last turns, the latest first."""
    return [tuple(row) for row in tx.connection.execute(_LATEST, {"person": person_id, "most": most})]


def put(tx: Transaction, person_id: str, sealed: bytes, number: int) -> None:
    """Keep the working state after that many turns, in place of the one before."""
    row = {"person_id": person_id, "sealed": sealed, "turns": number, "updated_at": tx.now}
    put_row(tx, conversation, row)


def add_turn(tx: Transaction, person_id: str, number: int, sealed: bytes) -> None:
    """Keep what was said in a turn."""
    row = {"person_id": person_id, "number": number, "sealed": sealed, "said_at": tx.now}
    tx.connection.execute(_ADD_TURN, row)


def over(tx: Transaction, kept_for: timedelta, *, after: str, limit: int) -> Sequence[str]:
    """The next persons, by id from `after` on, of whose conversation something is over."""
    found = union(
        *(
            select(table.c.person_id).where(_over(tx, at, kept_for), table.c.person_id > after)
            for table, at in _PLACES.values()
        )
    ).subquery()
    return (
        tx.connection.execute(select(found.c.person_id).order_by(found.c.person_id).limit(limit))
        .scalars()
        .all()
    )


def drop_over(tx: Transaction, person_ids: Sequence[str], kept_for: timedelta) -> Mapping[str, int]:
    """Delete what is over of these persons' conversations; returns how many rows went, by what they were."""
    counts = {
        name: tx.connection.execute(
            delete(table).where(table.c.person_id.in_(person_ids), _over(tx, at, kept_for))
        ).rowcount
        for name, (table, at) in _PLACES.items()
    }
    tx.wiped = tx.wiped or any(counts.values())
    return counts


def drop_seen(tx: Transaction, known_for: timedelta) -> int:
    """Forget events that were seen longer ago; returns how many."""
    query = delete(message_seen).where(message_seen.c.seen_at <= tx.now - known_for)
    return tx.connection.execute(query).rowcount


def _over(tx: Transaction, at: Column[object], kept_for: timedelta) -> ColumnElement[bool]:
    if kept_for <= timedelta(0):
        return true()
    return or_(at <= tx.now - kept_for, at > tx.now + FAR_AHEAD)
