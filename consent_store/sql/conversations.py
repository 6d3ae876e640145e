"""
Rows of conversations, of messages on their way and of what an app shows: which are over, and deleting them.

The engine writes them. Must never delete what was said within the time that it is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import Column, ColumnElement, delete, or_, select, true, union

from consent_store.sql.database import Transaction
from consent_store.sql.tables import (
    conversation,
    conversation_turn,
    message_seen,
    message_thread,
    message_waiting,
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
