"""
Rows of conversation and conversation_turn: which are over, and deleting them.

The engine writes them. Must never delete what was said within the time that it is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Column, ColumnElement, delete, or_, select, true, union

from consent_store.sql.database import Transaction
from consent_store.sql.tables import conversation, conversation_turn

FAR_AHEAD = timedelta(days=1)
"""An instant that is further ahead is of a clock that was wrong: it must not keep a row for ever."""

_PLACES = ((conversation, conversation.c.updated_at), (conversation_turn, conversation_turn.c.said_at))


def over(tx: Transaction, kept_for: timedelta, *, after: str, limit: int) -> Sequence[str]:
    """The next persons, by id from `after` on, of whose conversation something is over."""
    found = union(
        *(
            select(table.c.person_id).where(_over(tx, at, kept_for), table.c.person_id > after)
            for table, at in _PLACES
        )
    ).subquery()
    return (
        tx.connection.execute(select(found.c.person_id).order_by(found.c.person_id).limit(limit))
        .scalars()
        .all()
    )


def drop_over(tx: Transaction, person_ids: Sequence[str], kept_for: timedelta) -> tuple[int, int]:
    """Delete what is over of these persons' conversations; returns how many states and turns went."""
    states, turns = (
        tx.connection.execute(
            delete(table).where(table.c.person_id.in_(person_ids), _over(tx, at, kept_for))
        ).rowcount
        for table, at in _PLACES
    )
    tx.wiped = tx.wiped or states + turns > 0
    return states, turns


def _over(tx: Transaction, at: Column[object], kept_for: timedelta) -> ColumnElement[bool]:
    if kept_for <= timedelta(0):
        return true()
    return or_(at <= tx.now - kept_for, at > tx.now + FAR_AHEAD)
