"""
What an entry of the ledger commits to: a record of one change of one decision, or of one erasure.

A record holds ids, instants and hashes; never the value, and the person's words only as a hash of their ciphertext.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from consent_store.canonical import Plain, canonical_json
from consent_store.clock import from_text, to_text
from consent_store.model import Decision, Status

Kind = Literal["answered", "withdrawn", "help_ended", "term_ended", "reopened"]
ERASED = "erased"
VERSION = 1


@dataclass(frozen=True)
class Evidence:
    """How an answer was given: channel, language, the hash of the exact words shown, and how it was understood."""

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
    at: datetime
    expires_at: datetime | None
    evidence: Evidence | None = None

    def body(self) -> str:
        """The record as canonical JSON."""
        content: dict[str, Plain] = {
            "v": VERSION, "kind": self.kind, "status": self.status, "person": self.person_id,
            "controller": self.controller_id, "purpose": self.purpose, "item": self.item, "help": self.help_id,
            "request": self.request_id, "notice": self.notice_id, "at": to_text(self.at),
            "expires_at": to_text(self.expires_at) if self.expires_at else None,
            "evidence": cast("dict[str, Plain]", vars(self.evidence)) if self.evidence else None,
        }  # fmt: skip
        return canonical_json(content)


def erased_body(positions: Sequence[int], at: datetime) -> str:
    """The record of an erasure: which entries of this chain lost their salts, and when. It names nobody."""
    return canonical_json({"v": VERSION, "kind": ERASED, "positions": list(positions), "at": to_text(at)})


def erased_positions(body: str) -> tuple[int, ...] | None:
    """The positions that an erasure record names; None if the body is of another kind."""
    content = json.loads(body)
    return tuple(content["positions"]) if content["kind"] == ERASED else None


def decision_of(body: str, chain_id: str, seq: int) -> Decision | None:
    """The decision as it stands after this record; None for an erasure record."""
    content = json.loads(body)
    if content["kind"] == ERASED:
        return None
    return Decision(
        person_id=content["person"], controller_id=content["controller"], purpose=content["purpose"],
        item=content["item"], status=content["status"], help_id=content["help"], request_id=content["request"],
        notice_id=content["notice"], decided_at=from_text(content["at"]),
        expires_at=from_text(content["expires_at"]) if content["expires_at"] else None,
        chain_id=chain_id, seq=seq,
    )  # fmt: skip
