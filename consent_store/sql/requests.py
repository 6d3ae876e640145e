"""
Rows of permission_request: what was really shown, answered once at most, one open at a time for a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, insert, select, update

from consent_store.model import Key, PermissionRequest
from consent_store.sql import raw_rows
from consent_store.sql.database import Transaction
from consent_store.sql.tables import notice_current, notice_version
from consent_store.sql.tables import permission_request as table

_OPEN = (table.c.person_id == bindparam("person"), table.c.outcome.is_(None))
_FIND = select(table).where(table.c.request_id == bindparam("request"))
_FIND_OPEN = select(table).where(*_OPEN)
_CLOSE_OPEN = update(table).where(*_OPEN).values(outcome=bindparam("reason"))
_ADD = insert(table)


def _request(row: Row[tuple[object, ...]]) -> PermissionRequest:
    return PermissionRequest(**row._mapping)


def add(tx: Transaction, request: PermissionRequest) -> None:
    """Store a request that is about to be shown."""
    tx.connection.execute(_ADD, vars(request))


def find(tx: Transaction, request_id: str) -> PermissionRequest | None:
    """The request of that id."""
    row = tx.connection.execute(_FIND, {"request": request_id}).first()
    return None if row is None else _request(row)


def find_open(tx: Transaction, person_id: str) -> PermissionRequest | None:
    """The person's request that was neither answered nor closed (it may have expired)."""
    row = tx.connection.execute(_FIND_OPEN, {"person": person_id}).first()
    return None if row is None else _request(row)


_MARK_ANSWERED = (
    update(table)
    .where(table.c.request_id == bindparam("request"), table.c.outcome.is_(None))
    .values(outcome=bindparam("said"), answered_at=bindparam("said_at"))
)


def mark_answered(tx: Transaction, request_id: str, outcome: str) -> bool:
    """Use the request up. False if it was used up or closed before."""
    answer = {"request": request_id, "said": outcome, "said_at": tx.now}
    return tx.connection.execute(_MARK_ANSWERED, answer).rowcount == 1


def close_open(tx: Transaction, person_id: str, reason: str) -> int:
    """Close the person's open request without an answer; returns how many were closed (0 or 1)."""
    return tx.connection.execute(_CLOSE_OPEN, {"person": person_id, "reason": reason}).rowcount


def close_expired(tx: Transaction, instant: datetime) -> int:
    """Close all requests whose time to answer is over; returns how many."""
    query = update(table).where(table.c.outcome.is_(None), table.c.expires_at <= instant)
    return tx.connection.execute(query.values(outcome="expired")).rowcount


def close_under_a_former_notice(tx: Transaction, key: Key) -> int:
    """Close all open requests of that key whose notice has seen a material change since; returns how many."""
    served, current = notice_version.alias(), notice_version.alias()
    former = (
        select(served.c.notice_id)
        .join(
            notice_current,
            and_(
                notice_current.c.purpose == served.c.purpose,
                notice_current.c.item == served.c.item,
                notice_current.c.language == served.c.language,
            ),
        )
        .join(current, current.c.notice_id == notice_current.c.notice_id)
        .where(served.c.purpose == key[0], served.c.item == key[1], served.c.epoch != current.c.epoch)
    )
    query = update(table).where(table.c.outcome.is_(None), table.c.notice_id.in_(former))
    return tx.connection.execute(query.values(outcome="notice_changed")).rowcount


def everything(tx: Transaction) -> Iterator[Sequence[Any]]:
    """
    Every request just as it is, for verification: id, outcome, person, controller, purpose, item, notice,
    instant of the answer, channel, language, hash of what was shown, what was shown.
    """
    names = (
        "request_id", "outcome", "person_id", "controller_id", "purpose", "item", "notice_id",
        "answered_at", "channel", "language", "rendered_hash", "rendered_text",
    )  # fmt: skip
    return raw_rows.rows(tx, select(*(table.c[name] for name in names)))
