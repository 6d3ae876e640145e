"""Rows of consent_state, the projection of the ledger, read together with the notices and the vault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, insert, select

from consent_store.model import Decision, Finding, Key, SealedValue
from consent_store.sql import raw_rows
from consent_store.sql.database import Transaction
from consent_store.sql.dialect import put
from consent_store.sql.tables import consent_state, notice_current, notice_version, personal_data

_NAMES = tuple(field.name for field in fields(Decision))
_END = len(_NAMES)
_STATE = tuple(consent_state.c[name] for name in _NAMES)
_VALUE = tuple(personal_data.c[field.name].label(f"v_{field.name}") for field in fields(SealedValue))
_granted = notice_version.alias("granted")
_in_force = notice_version.alias("in_force")


def _findings() -> Select[tuple[object, ...]]:
    state, current, value = consent_state.c, notice_current.c, personal_data.c
    same_key = and_(
        current.purpose == state.purpose, current.item == state.item, current.language == _granted.c.language
    )
    same_value = and_(
        value.person_id == state.person_id, value.purpose == state.purpose, value.item == state.item
    )
    return (
        select(
            *_STATE,
            _granted.c.epoch.label("granted_epoch"),
            _in_force.c.epoch.label("current_epoch"),
            *_VALUE,
        )
        .join(_granted, _granted.c.notice_id == state.notice_id)
        .outerjoin(notice_current, same_key)
        .outerjoin(_in_force, _in_force.c.notice_id == current.notice_id)
        .outerjoin(personal_data, same_value)
    )


_OF_PERSON = _findings().where(consent_state.c.person_id == bindparam("person"))
_OF_KEYS = _OF_PERSON.where(
    consent_state.c.purpose.in_(bindparam("purposes", expanding=True)),
    consent_state.c.item.in_(bindparam("items", expanding=True)),
)

_UNDER_FORMER = (
    select(*_STATE)
    .join(_granted, _granted.c.notice_id == consent_state.c.notice_id)
    .join(
        notice_current,
        and_(
            notice_current.c.purpose == consent_state.c.purpose,
            notice_current.c.item == consent_state.c.item,
            notice_current.c.language == _granted.c.language,
        ),
    )
    .join(_in_force, _in_force.c.notice_id == notice_current.c.notice_id)
    .where(consent_state.c.status == "given", _granted.c.epoch != _in_force.c.epoch)
)


def _decision(row: Sequence[Any]) -> Decision:
    return Decision(*row)


def _finding(row: Sequence[Any]) -> Finding:
    decision, (granted, current), value = row[:_END], row[_END : _END + 2], row[_END + 2 :]
    return Finding(
        _decision(decision), granted, current, SealedValue(*value) if value[0] is not None else None
    )


def findings(tx: Transaction, person_id: str, keys: Sequence[Key] | None = None) -> Mapping[Key, Finding]:
    """The person's latest decision for each key (all keys if None), with what its validity is judged from."""
    query, params = _OF_PERSON, dict[str, Any](person=person_id)
    if keys is not None:
        purposes, items = {purpose for purpose, _ in keys}, {item for _, item in keys}
        query, params = _OF_KEYS, {**params, "purposes": sorted(purposes), "items": sorted(items)}
    rows = tx.connection.execute(query, params)
    found = sorted((_finding(row) for row in rows), key=lambda one: one.decision.seq)
    latest = {one.decision.key: one for one in found}
    return latest if keys is None else {key: latest[key] for key in keys if key in latest}


def put_decision(tx: Transaction, decision: Decision) -> None:
    """Store what stands now for (person, controller, purpose, item)."""
    put(tx, consent_state, vars(decision))


def bound_to_help(tx: Transaction, help_id: str) -> Sequence[Decision]:
    """Grants that were given for this help only."""
    query = select(*_STATE).where(consent_state.c.help_id == help_id, consent_state.c.status == "given")
    return [_decision(row) for row in tx.connection.execute(query)]


def of_person(tx: Transaction, person_id: str) -> Sequence[Decision]:
    """All that stands for the person, the latest last."""
    query = select(*_STATE).where(consent_state.c.person_id == person_id).order_by(consent_state.c.seq)
    return [_decision(row) for row in tx.connection.execute(query)]


def term_over(tx: Transaction, instant: datetime) -> Sequence[Decision]:
    """Grants whose term is over at that instant."""
    state = consent_state.c
    query = select(*_STATE).where(state.status == "given", state.expires_at <= instant)
    return [_decision(row) for row in tx.connection.execute(query)]


def under_a_former_notice(tx: Transaction, key: Key | None = None) -> Sequence[Decision]:
    """Grants whose notice has seen a material change since: of that key, or all."""
    query = _UNDER_FORMER if key is None else _UNDER_FORMER.where(*_of_key(key))
    return [_decision(row) for row in tx.connection.execute(query)]


def _of_key(key: Key) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return consent_state.c.purpose == key[0], consent_state.c.item == key[1]


def everything(tx: Transaction) -> Iterator[Sequence[Any]]:
    """
    The whole projection just as it is, for verification: person, controller, purpose, item; chain, seq,
    status, help, request, notice, decided at, expires at.
    """
    names = (
        "person_id", "controller_id", "purpose", "item",
        "chain_id", "seq", "status", "help_id", "request_id", "notice_id", "decided_at", "expires_at",
    )  # fmt: skip
    return raw_rows.rows(tx, select(*(consent_state.c[name] for name in names)))


def replace_all(tx: Transaction, decisions: Iterable[Decision]) -> None:
    """Throw the projection away and write it anew."""
    tx.connection.execute(delete(consent_state))
    rows = [dict(vars(decision)) for decision in decisions]
    if rows:
        tx.connection.execute(insert(consent_state), rows)
