"""
Rows of controller, notice_version and notice_current.

A notice version is never changed once it is there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields

from sqlalchemy import and_, bindparam, func, select

from consent_store.canonical import Plain, joined, sha256_hex
from consent_store.notice import NoticeLike, check_notice, is_material, notice_body
from consent_store.sql import raw_rows
from consent_store.sql.database import Transaction
from consent_store.sql.dialect import insert_if_absent, put
from consent_store.sql.tables import controller, notice_current, notice_version


@dataclass(frozen=True)
class StoredNotice:
    """A notice version as it was stored."""

    notice_id: str
    controller_id: str
    purpose: str
    item: str
    language: str
    version: int
    epoch: int
    text: str
    text_hash: str
    body: str


@dataclass(frozen=True)
class _Current:
    notice_id: str
    body: str
    epoch: int


_CURRENT = (
    select(notice_version.c.notice_id, notice_version.c.body, notice_version.c.epoch)
    .join(notice_current, notice_current.c.notice_id == notice_version.c.notice_id)
    .where(*(notice_current.c[name] == bindparam(name) for name in ("purpose", "item", "language")))
)
_STORED = tuple(notice_version.c[field.name] for field in fields(StoredNotice))


def put_controller(tx: Transaction, controller_id: str, name: str, address: str, contact: str) -> None:
    """Store who is responsible, or correct how they are reached."""
    row = {"name": name, "address": address, "contact": contact, "registered_at": tx.now}
    put(tx, controller, {"controller_id": controller_id, **row})


def register(tx: Transaction, notice: NoticeLike, *, when_it_changes: Callable[[], None]) -> str:
    """
    Make the notice the one in force for its purpose, item and language; returns its id.

    `when_it_changes` is called before and after another one comes into force.
    The same notice is stored once. A material change starts a new epoch: grants of the former one ask again.
    Raises NoticeInvalid.
    """
    check_notice(notice)
    body = notice_body(notice)
    notice_id = sha256_hex(body)
    current = _current(tx, notice)
    if current is None or current.notice_id != notice_id:
        when_it_changes()
        _store(tx, notice, notice_id, body, current)
        key = {"purpose": notice.purpose, "item": notice.item, "language": notice.language}
        put(tx, notice_current, {**key, "notice_id": notice_id})
        when_it_changes()
    return notice_id


def _store(tx: Transaction, notice: NoticeLike, notice_id: str, body: str, current: _Current | None) -> None:
    insert_if_absent(tx, controller, {"controller_id": notice.controller_id, "registered_at": tx.now})
    row = {
        "notice_id": notice_id, "controller_id": notice.controller_id, "purpose": notice.purpose,
        "item": notice.item, "language": notice.language, "version": notice.version,
        "epoch": _epoch(tx, notice, body, current), "text": notice.text, "text_hash": notice.text_hash,
        "body": body, "registered_at": tx.now,
    }  # fmt: skip
    insert_if_absent(tx, notice_version, row)


def _epoch(tx: Transaction, notice: NoticeLike, body: str, current: _Current | None) -> int:
    if current is not None and not is_material(json.loads(body), json.loads(current.body)):
        return current.epoch
    table = notice_version.c
    query = select(func.max(table.epoch)).where(
        table.purpose == notice.purpose, table.item == notice.item, table.language == notice.language
    )
    return int(tx.connection.execute(query).scalar() or 0) + 1


def _current(tx: Transaction, notice: NoticeLike) -> _Current | None:
    about = {"purpose": notice.purpose, "item": notice.item, "language": notice.language}
    row = tx.connection.execute(_CURRENT, about).first()
    return None if row is None else _Current(row.notice_id, row.body, row.epoch)


def find(tx: Transaction, notice_id: str) -> StoredNotice:
    """The notice version of that id; decisions always have one."""
    row = tx.connection.execute(select(*_STORED).where(notice_version.c.notice_id == notice_id)).one()
    return StoredNotice(*row)


def epoch_of(tx: Transaction, notice_id: str) -> int:
    """How many material changes this notice version has seen, itself included."""
    query = select(notice_version.c.epoch).where(notice_version.c.notice_id == notice_id)
    return int(tx.connection.execute(query).scalar_one())


def in_force(tx: Transaction, notice_id: str) -> bool:
    """Whether nothing material has changed since this notice version."""
    served, current = notice_version.alias(), notice_version.alias()
    pointer = notice_current.c
    same = (pointer.purpose == served.c.purpose) & (pointer.item == served.c.item)
    query = (
        select(served.c.epoch == current.c.epoch)
        .join(notice_current, same & (pointer.language == served.c.language))
        .join(current, current.c.notice_id == pointer.notice_id)
        .where(served.c.notice_id == notice_id)
    )
    return bool(tx.connection.execute(query).scalar())


def all_stored(tx: Transaction) -> Iterator[tuple[StoredNotice, str]]:
    """Every notice version just as it is, with the digest of all its columns; for verification."""
    query = select(*_STORED, notice_version.c.registered_at).order_by(notice_version.c.notice_id)
    for *row, registered_at in raw_rows.rows(tx, query):
        facts = [str(fact) for fact in (*row, raw_rows.instant_text(registered_at))]
        yield (
            StoredNotice(*row),
            sha256_hex(joined(*(fact.encode("utf-8", "surrogateescape") for fact in facts))),
        )


def digests(tx: Transaction) -> dict[str, Plain]:
    """By notice id: the digest of all that its row says."""
    return {notice.notice_id: digest for notice, digest in all_stored(tx)}


def wrongly_in_force(tx: Transaction) -> Iterator[Sequence[str]]:
    """(purpose, item, language) whose notice in force is missing or is that of another key."""
    current, stored = notice_current.c, notice_version.c
    fits = and_(
        stored.notice_id == current.notice_id,
        stored.purpose == current.purpose,
        stored.item == current.item,
        stored.language == current.language,
    )
    query = select(current.purpose, current.item, current.language).outerjoin(notice_version, fits)
    return raw_rows.rows(tx, query.where(stored.notice_id.is_(None)))
