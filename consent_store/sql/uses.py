"""Rows of data_use, data_use_item, hand_over and feedback."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from consent_store.sql.database import Transaction
from consent_store.sql.dialect import insert_if_absent
from consent_store.sql.tables import data_use, data_use_item, feedback, hand_over
from consent_store.views import HandOverView, UseView


@dataclass(frozen=True)
class UsedItem:
    """One item of a use: under which purpose it was released, by which entry of the person's chain."""

    purpose: str
    item: str
    decision_seq: int


@dataclass(frozen=True)
class Use:
    """One use that the gate let happen."""

    use_id: str
    person_id: str
    help_id: str
    program_id: str
    purpose: str
    items: Sequence[UsedItem]


_INSERT_USE, _INSERT_ITEMS = insert(data_use), insert(data_use_item)


def log(tx: Transaction, use: Use) -> None:
    """Write the use down, in the transaction that reads the values."""
    row = {name: value for name, value in vars(use).items() if name != "items"}
    tx.connection.execute(_INSERT_USE, {**row, "used_at": tx.now, "item_count": len(use.items)})
    rows = [{"use_id": use.use_id, "position": n, **vars(item)} for n, item in enumerate(use.items, 1)]
    tx.connection.execute(_INSERT_ITEMS, rows)


def of_person(tx: Transaction, person_id: str) -> tuple[UseView, ...]:
    """All uses of the person's items, the oldest first."""
    query = (
        select(
            data_use.c.use_id,
            data_use.c.used_at,
            data_use.c.program_id,
            data_use.c.purpose,
            data_use_item.c.item,
        )
        .join(data_use_item, data_use_item.c.use_id == data_use.c.use_id)
        .where(data_use.c.person_id == person_id)
        .order_by(data_use.c.used_at, data_use.c.use_id, data_use_item.c.position)
    )
    views: dict[str, UseView] = {}
    for use_id, at, program_id, purpose, item in tx.connection.execute(query):
        known = views.get(use_id)
        views[use_id] = UseView(at, program_id, purpose, (*known.items, item) if known else (item,))
    return tuple(views.values())


def add_hand_over(tx: Transaction, person_id: str, view: HandOverView) -> None:
    """Note that the person asked for a human."""
    row = {"hand_over_id": view.hand_over_id, "channel": view.channel, "program_id": view.program_id}
    tx.connection.execute(insert(hand_over), {**row, "person_id": person_id, "requested_at": view.at})


def hand_overs_of(tx: Transaction, person_id: str) -> tuple[HandOverView, ...]:
    """The person's requests for a human, the oldest first."""
    query = select(hand_over).where(hand_over.c.person_id == person_id).order_by(hand_over.c.requested_at)
    return tuple(
        HandOverView(row.hand_over_id, row.requested_at, row.channel, row.program_id)
        for row in tx.connection.execute(query)
    )


def put_feedback(
    tx: Transaction, help_id: str, person_id: str, *, helped: bool | None, intrusive: bool | None
) -> None:
    """Note what the person thought of the help; what they do not say now stays as it was."""
    said = {name: v for name, v in (("helped", helped), ("intrusive", intrusive)) if v is not None}
    insert_if_absent(tx, feedback, {"help_id": help_id, "person_id": person_id, "given_at": tx.now})
    if said:
        tx.connection.execute(update(feedback).where(feedback.c.help_id == help_id).values(**said))
