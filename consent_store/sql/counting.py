"""Counting rows, and telling whether an id is that of one person. Must never list persons."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Table, func, select

from consent_store.sql.database import Transaction
from consent_store.sql.tables import (
    consent_event,
    consent_state,
    conversation,
    conversation_turn,
    data_use,
    event_detail,
    hand_over,
    help_session,
    message_waiting,
    notice_version,
    permission_request,
    person_key,
    personal_data,
)

_COUNTED: Mapping[str, tuple[Table, ColumnElement[bool] | None]] = {
    "persons": (person_key, None),
    "values_kept": (personal_data, None),
    "conversations": (conversation, None),
    "conversation_turns": (conversation_turn, None),
    "messages_waiting": (message_waiting, None),
    "uses": (data_use, None),
    "hand_overs": (hand_over, None),
    "helps": (help_session, None),
    "helps_open": (help_session, help_session.c.ended_at.is_(None)),
    "requests": (permission_request, None),
    "requests_open": (permission_request, permission_request.c.outcome.is_(None)),
    "notices": (notice_version, None),
    "ledger_entries": (consent_event, None),
    "ledger_bodies": (event_detail, None),
}


def is_person(tx: Transaction, person_id: str) -> bool:
    """Whether the store knows a person of exactly this id."""
    query = select(person_key.c.person_id).where(person_key.c.person_id == person_id)
    return tx.connection.execute(query).first() is not None


def persons_beginning(tx: Transaction, beginning: str) -> tuple[int, str | None]:
    """How many persons have an id that begins so, and the first of those ids."""
    person = person_key.c.person_id
    query = select(func.count(), func.min(person)).where(person.startswith(beginning, autoescape=True))
    count, first = tx.connection.execute(query).one()
    return count, first


def rows(tx: Transaction) -> Mapping[str, int]:
    """How many rows there are, by what they are."""
    counts = {}
    for name, (table, condition) in _COUNTED.items():
        query = select(func.count()).select_from(table)
        counts[name] = tx.connection.execute(
            query if condition is None else query.where(condition)
        ).scalar_one()
    return counts


def by_status(tx: Transaction) -> Mapping[str, int]:
    """How many decisions the projection has, by their status."""
    query = select(consent_state.c.status, func.count()).group_by(consent_state.c.status)
    found = tx.connection.execute(query.order_by(consent_state.c.status))
    return {status: count for status, count in found}  # noqa: C416, rows are not pairs for dict()
