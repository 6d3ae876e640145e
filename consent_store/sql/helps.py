"""Rows of help_session and help_item: one open help a person, at most three items a help."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, bindparam, func, insert, or_, select, update

from consent_store.errors import TooManyItems
from consent_store.model import MAX_ITEMS, HelpSession, Offer
from consent_store.sql.database import Transaction
from consent_store.sql.tables import help_item, help_session
from consent_store.validity import CLOCK_TOLERANCE

_COLUMNS = tuple(
    help_session.c[name]
    for name in (
        "help_id", "person_id", "program_id", "channel", "started_at", "last_seen_at", "offer",
        "unclear_count", "ended_at",
    )
)  # fmt: skip


_THIS = help_session.c.help_id == bindparam("this")
_FIND = select(*_COLUMNS).where(_THIS)
_FIND_OPEN = select(*_COLUMNS).where(
    help_session.c.person_id == bindparam("person"), help_session.c.ended_at.is_(None)
)
_TOUCH = (
    update(help_session)
    .where(
        _THIS,
        help_session.c.ended_at.is_(None),
        help_session.c.last_seen_at > bindparam("not_silent_since"),
        help_session.c.last_seen_at < bindparam("now"),
    )
    .values(last_seen_at=bindparam("now"))
)
_ITEMS = select(help_item.c.item).where(help_item.c.help_id == bindparam("this"))
_ADD, _ADD_ITEM = insert(help_session), insert(help_item)


def _help(row: Row[tuple[object, ...]]) -> HelpSession:
    return HelpSession(**row._mapping)


def add(tx: Transaction, session: HelpSession) -> None:
    """Store a new help."""
    tx.connection.execute(_ADD, vars(session))


def find(tx: Transaction, help_id: str) -> HelpSession | None:
    """The help of that id, open or ended."""
    row = tx.connection.execute(_FIND, {"this": help_id}).first()
    return None if row is None else _help(row)


def find_open(tx: Transaction, person_id: str) -> HelpSession | None:
    """The person's help that was not ended (it may have been silent for too long)."""
    row = tx.connection.execute(_FIND_OPEN, {"person": person_id}).first()
    return None if row is None else _help(row)


def silent_since(tx: Transaction, instant: datetime) -> Sequence[HelpSession]:
    """Open helps without a word from the person since that instant, or with one from the future."""
    last_seen = help_session.c.last_seen_at
    silent = or_(last_seen <= instant, last_seen > tx.now + CLOCK_TOLERANCE)
    query = select(*_COLUMNS).where(help_session.c.ended_at.is_(None), silent)
    return [_help(row) for row in tx.connection.execute(query)]


def close(tx: Transaction, help_id: str, reason: str) -> None:
    """Mark the help as ended now."""
    query = update(help_session).where(help_session.c.help_id == help_id, help_session.c.ended_at.is_(None))
    tx.connection.execute(query.values(ended_at=tx.now, end_reason=reason))


def touch(tx: Transaction, help_id: str, *, not_silent_since: datetime) -> None:
    """Note a word from the person, in a help that goes on. An ended or silent help stays as it is."""
    told = {"this": help_id, "not_silent_since": not_silent_since, "now": tx.now}
    tx.connection.execute(_TOUCH, told)


def set_offer(tx: Transaction, help_id: str, offer: Offer) -> None:
    """Note what the person said to the offer of tailored help."""
    tx.connection.execute(update(help_session).where(help_session.c.help_id == help_id).values(offer=offer))


def set_unclear(tx: Transaction, help_id: str, count: int) -> None:
    """Note how many answers in a row were unclear."""
    query = update(help_session).where(help_session.c.help_id == help_id)
    tx.connection.execute(query.values(unclear_count=count))


def claim_items(tx: Transaction, help_id: str, items: Sequence[str]) -> None:
    """
    Give each item one of the three places of this help. Raises TooManyItems for a fourth.

    The table's own constraint holds the same limit.
    """
    known = {row.item for row in tx.connection.execute(_ITEMS, {"this": help_id})}
    new = [item for item in dict.fromkeys(items) if item not in known]
    if len(known) + len(new) > MAX_ITEMS:
        raise TooManyItems("three_items_is_the_most", help=help_id)
    if new:
        rows = [
            {"help_id": help_id, "position": len(known) + n, "item": item} for n, item in enumerate(new, 1)
        ]
        tx.connection.execute(_ADD_ITEM, rows)


def count_items(tx: Transaction, help_id: str) -> int:
    """How many of the three places are taken."""
    query = select(func.count()).select_from(help_item).where(help_item.c.help_id == help_id)
    return int(tx.connection.execute(query).scalar_one())
