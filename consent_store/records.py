"""
What an entry of the ledger commits to: a record of one change of one decision, or of one erasure.

A record holds ids, instants and hashes; never the value, and the person's words only as a hash of their
ciphertext.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Literal

from consent_store.canonical import canonical_json
from consent_store.clock import from_text, to_text
from consent_store.model import Decision, Status

Kind = Literal[
    "answered",
    "withdrawn",
    "help_ended",
    "term_ended",
    "reopened",
    "merged",
    "unlinked",
    "item_free",
    "notice_changed",
]
ERASED = "erased"
VERSION = 1


@dataclass(frozen=True)
class Evidence:
    """How an answer was given: where, the hash of the exact words shown, and how it was understood."""

    channel: str
    language: str
    rendered_hash: str
    reading: str
    button: str | None
    confidence: str
    words_hash: str
    """SHA-256 of the sealed words: says nothing about them, and shows if they were exchanged."""


@dataclass(frozen=True)
class Record:
    """One change of one decision."""

    kind: Kind
    status: Status
    person_id: str
    controller_id: str
    purpose: str
    item: str
    help_id: str | None
    request_id: str | None
    notice_id: str
    notice_epoch: int
    at: datetime
    expires_at: datetime | None
    evidence: Evidence | None = None
    link_id: str | None = None
    """The link that moved the decision here; its `at` is that of the decision itself."""

    def body(self) -> str:
        """The record as canonical JSON."""
        content: dict[str, Any] = {**vars(self), "v": VERSION, "at": to_text(self.at)}
        content["expires_at"] = to_text(self.expires_at) if self.expires_at else None
        content["evidence"] = asdict(self.evidence) if self.evidence else None
        if self.link_id is None:
            del content["link_id"]
        return canonical_json(content)

    def decision(self, chain_id: str, seq: int) -> Decision:
        """The decision as it stands after this record, which is this entry of the chain."""
        return Decision(
            person_id=self.person_id,
            controller_id=self.controller_id,
            purpose=self.purpose,
            item=self.item,
            status=self.status,
            help_id=self.help_id,
            request_id=self.request_id,
            notice_id=self.notice_id,
            decided_at=self.at,
            expires_at=self.expires_at,
            chain_id=chain_id,
            seq=seq,
        )


_NAMES = frozenset({"v", *(field.name for field in fields(Record))})
RECORD_FORMS = (_NAMES - {"link_id"}, _NAMES)
"""The names in the body of a record about a decision: as they usually are, and moved by a link."""


@dataclass(frozen=True)
class ErasureRecord:
    """One erasure: which entries of the chain lost their salts, and when. It names nobody."""

    positions: Sequence[int]
    at: datetime

    def body(self) -> str:
        """The record as canonical JSON."""
        return canonical_json(
            {"v": VERSION, "kind": ERASED, "positions": list(self.positions), "at": to_text(self.at)}
        )


def read_record(body: str) -> Record | ErasureRecord:
    """
    The record that a body holds.

    Raises KeyError, TypeError or ValueError for what this code never wrote.
    """
    content: dict[str, Any] = json.loads(body)
    if content.pop("v") != VERSION:
        raise ValueError("a record of another version")
    content["at"] = from_text(content["at"])
    if content["kind"] == ERASED:
        return ErasureRecord(tuple(content["positions"]), content["at"])
    content["expires_at"] = from_text(content["expires_at"]) if content["expires_at"] else None
    evidence: Mapping[str, Any] | None = content["evidence"]
    content["evidence"] = Evidence(**evidence) if evidence else None
    return Record(**content)
