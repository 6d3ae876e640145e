"""
What the gate and an answer read, in as few statements as can be: these two are done most often.

The person's lock is a statement of its own and comes first; what follows sees what was committed before.
Must never decide anything.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from sqlalchemy import and_, bindparam, select

from consent_store.model import HelpSession, PermissionRequest
from consent_store.sql.database import Transaction
from consent_store.sql.tables import (
    help_item,
    help_session,
    notice_current,
    notice_version,
    permission_request,
    person_key,
)


@dataclass(frozen=True)
class Wrapped:
    """A person's wrapped data key, and the name of the master key that wraps it."""

    master_id: str
    key: bytes


@dataclass(frozen=True)
class Question:
    """A request as it was served, its help, the epoch of its notice, and whether that is still in force."""

    request: PermissionRequest
    session: HelpSession
    notice_epoch: int
    in_force: bool


_HELP = tuple(help_session.c[field.name].label(f"h_{field.name}") for field in fields(HelpSession))
_REQUEST = tuple(permission_request.c[field.name] for field in fields(PermissionRequest))
_served = notice_version.alias("served")
_current = notice_version.alias("current")

_LOCKED = (
    select(person_key.c.master_key_id, person_key.c.wrapped_key)
    .where(person_key.c.person_id == bindparam("person"))
    .with_for_update()
)
_HELP_AND_ITEMS = (
    select(*_HELP, help_item.c.item)
    .outerjoin(help_item, help_item.c.help_id == help_session.c.help_id)
    .where(help_session.c.help_id == bindparam("help"))
)
_QUESTION = (
    select(*_REQUEST, *_HELP, _served.c.epoch, _current.c.epoch.label("current_epoch"))
    .select_from(permission_request)
    .join(help_session, help_session.c.help_id == permission_request.c.help_id)
    .join(_served, _served.c.notice_id == permission_request.c.notice_id)
    .outerjoin(
        notice_current,
        and_(
            notice_current.c.purpose == _served.c.purpose,
            notice_current.c.item == _served.c.item,
            notice_current.c.language == _served.c.language,
        ),
    )
    .outerjoin(_current, _current.c.notice_id == notice_current.c.notice_id)
    .where(permission_request.c.request_id == bindparam("request"))
)


def lock_key(tx: Transaction, person_id: str) -> Wrapped | None:
    """
    Wait until no other transaction writes about this person; their wrapped key, None if there is none.
    """
    row = tx.connection.execute(_LOCKED, {"person": person_id}).first()
    return None if row is None else Wrapped(row[0], row[1])


def help_and_items(tx: Transaction, help_id: str) -> tuple[HelpSession | None, frozenset[str]]:
    """The help of that id, and the items that took one of its places."""
    rows = tx.connection.execute(_HELP_AND_ITEMS, {"help": help_id}).all()
    if not rows:
        return None, frozenset()
    return HelpSession(*rows[0][:-1]), frozenset(row[-1] for row in rows if row[-1] is not None)


def question(tx: Transaction, request_id: str) -> Question | None:
    """The request of that id with all that its answer is judged by."""
    row = tx.connection.execute(_QUESTION, {"request": request_id}).first()
    if row is None:
        return None
    request, rest = PermissionRequest(*row[: len(_REQUEST)]), row[len(_REQUEST) :]
    return Question(request, HelpSession(*rest[:-2]), rest[-2], in_force=rest[-2] == rest[-1])
