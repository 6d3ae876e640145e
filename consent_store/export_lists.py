"""
The plain lists in an export: questions shown, uses, helps, requests for a human, feedback, receipts, notes.

One small function a list; each says which columns the person gets to see, under which name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from consent_store.canonical import Plain
from consent_store.clock import to_text
from consent_store.export_decisions import Names
from consent_store.sql import dossier
from consent_store.sql.database import Transaction

Row = Mapping[str, Any]


def _request(_tx: Transaction, row: Row, names: Names) -> Plain:
    return {
        "request_id": row["request_id"],
        "controller": row["controller_id"],
        "purpose": names.of(row["purpose"]),
        "item": names.of(row["item"]),
        "shown_text": row["rendered_text"],
        "channel": row["channel"],
        "language": row["language"],
        "shown_at": to_text(row["served_at"]),
        "could_be_answered_until": to_text(row["expires_at"]),
        "answered_at": _instant(row["answered_at"]),
        "outcome": row["outcome"],
    }


def _use(tx: Transaction, row: Row, names: Names) -> Plain:
    items = dossier.items_of_uses(tx, [row["use_id"]]).get(row["use_id"], [])
    return {
        "at": to_text(row["used_at"]),
        "program": names.of(row["program_id"]),
        "purpose": names.of(row["purpose"]),
        "items": [names.of(item) for item in items],
    }


def _help(_tx: Transaction, row: Row, names: Names) -> Plain:
    return {
        "program": names.of(row["program_id"]),
        "channel": row["channel"],
        "started_at": to_text(row["started_at"]),
        "last_word_at": to_text(row["last_seen_at"]),
        "ended_at": _instant(row["ended_at"]),
        "ended_because": row["end_reason"],
        "offer": row["offer"],
    }


def _hand_over(_tx: Transaction, row: Row, names: Names) -> Plain:
    return {
        "hand_over_id": row["hand_over_id"],
        "at": to_text(row["requested_at"]),
        "channel": row["channel"],
        "program": names.of(row["program_id"]),
    }


def _feedback(_tx: Transaction, row: Row, _names: Names) -> Plain:
    return {"at": to_text(row["given_at"]), "helped": row["helped"], "intrusive": row["intrusive"]}


def _receipt(_tx: Transaction, row: Row, _names: Names) -> Plain:
    return {
        "receipt_id": row["receipt_id"],
        "issued_at": to_text(row["issued_at"]),
        "document_hash": row["document_hash"],
    }


def _note(_tx: Transaction, row: Row, names: Names) -> Plain:
    return {
        "right": row["kind"],
        "at": to_text(row["at"]),
        "purpose": names.of(row["purpose"]),
        "item": names.of(row["item"]),
    }


def _instant(at: datetime | None) -> str | None:
    return to_text(at) if at else None


LISTS: Mapping[str, tuple[str, Callable[[Transaction, Row, Names], Plain]]] = {
    "requests": ("permission_request", _request),
    "uses": ("data_use", _use),
    "helps": ("help_session", _help),
    "requests_for_a_human": ("hand_over", _hand_over),
    "feedback": ("feedback", _feedback),
    "receipts": ("receipt", _receipt),
    "rights_used": ("rights_note", _note),
}
"""The name of each list in an export, its table, and what is said of a row."""
