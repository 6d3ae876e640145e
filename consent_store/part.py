"""
What all parts of the store share: the database, the vault, and appending to the ledger with its projection.

A record is appended and projected in the caller's transaction; there is no other way to change a decision.
"""

from __future__ import annotations

import secrets
import string
from dataclasses import dataclass

from consent_store import ledger
from consent_store.model import Decision, Status
from consent_store.records import Kind, Record
from consent_store.sql import events, notices, states
from consent_store.sql.database import Database, Transaction
from consent_store.sql.events import Detail
from consent_store.vault import Vault

_ALPHABET = string.ascii_lowercase + string.digits
ID_LENGTH = 12


def new_id() -> str:
    """A random id of 12 characters a-z0-9 (62 bits), short enough for every channel's buttons."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(ID_LENGTH))


def is_id(text: str) -> bool:
    """Whether it can be an id of ours. What a person sent may hold characters that no database takes."""
    return text.isascii() and text.isalnum()


@dataclass(frozen=True)
class Part:
    """A part of the store. All parts share one database and one vault."""

    database: Database
    vault: Vault


def append(tx: Transaction, record: Record, *, sealed_words: bytes | None = None) -> Decision:
    """Append the record to its person's chain and project it. Returns the decision that stands now."""
    request_id = record.request_id if record.kind == "answered" else None
    detail = Detail(record.person_id, request_id, ledger.new_salt(), record.body(), sealed_words)
    entry = events.append(tx, ledger.chain_of(record.person_id), detail)
    decision = record.decision(entry.chain_id, entry.seq)
    states.put_decision(tx, decision)
    return decision


def follow(tx: Transaction, former: Decision, kind: Kind, status: Status) -> Decision:
    """Append what happened to a decision that stood: withdrawn, ended, or opened again."""
    ended = status == "expired"
    at = max(tx.now, former.decided_at)  # an end is never older than what it ends, whatever the clock says
    record = Record(
        kind=kind,
        status=status,
        person_id=former.person_id,
        controller_id=former.controller_id,
        purpose=former.purpose,
        item=former.item,
        help_id=former.help_id if ended else None,
        request_id=former.request_id,
        notice_id=former.notice_id,
        notice_epoch=notices.epoch_of(tx, former.notice_id),
        at=at,
        expires_at=former.expires_at if ended else None,
    )
    return append(tx, record)
