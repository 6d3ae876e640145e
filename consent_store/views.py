"""
What a person or an auditor gets to see: overview, receipt lines, erasure, sweep and verification results.

Facts only; the words are made by the caller. Never holds a personal value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from consent_store.model import Status


@dataclass(frozen=True)
class DecisionView:
    """One decision as it stands now. `has_value`: a value is kept and may be used."""

    purpose: str
    item: str
    status: Status
    decided_at: datetime
    expires_at: datetime | None
    has_value: bool

    @property
    def key(self) -> tuple[str, str]:
        """(purpose, item)."""
        return self.purpose, self.item


@dataclass(frozen=True)
class UseView:
    """One use of the person's items: when, in which help program, for which purpose."""

    at: datetime
    program_id: str
    purpose: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class HandOverView:
    """One request for a human."""

    hand_over_id: str
    at: datetime
    channel: str
    program_id: str | None


@dataclass(frozen=True)
class Overview:
    """Everything that the store knows about a person, except the values themselves."""

    decisions: tuple[DecisionView, ...]
    uses: tuple[UseView, ...]
    hand_overs: tuple[HandOverView, ...]


@dataclass(frozen=True)
class ReceiptLine:
    """The facts of one decision for a receipt, with its place in the ledger."""

    controller_id: str
    purpose: str
    item: str
    state: Status
    decided_at: datetime
    expires_at: datetime | None
    notice_version: int
    notice_hash: str
    language: str
    channel: str | None
    chain_id: str
    seq: int
    entry_hash: str


@dataclass(frozen=True)
class PersonMatch:
    """How many persons an id or its beginning means; the whole id only if it is one."""

    count: int
    person_id: str | None


@dataclass(frozen=True)
class HistoryLine:
    """
    One record of a person in the ledger: what happened to which decision, and its place.

    `reading` and `button` say how an answer was understood; other records have none.
    """

    at: datetime
    kind: str
    status: Status
    purpose: str
    item: str
    expires_at: datetime | None
    channel: str | None
    reading: str | None
    button: str | None
    chain_id: str
    seq: int
    entry_hash: str


@dataclass(frozen=True)
class Stats:
    """How many rows the store has, by what they are, and how many decisions stand, by their status."""

    counts: Mapping[str, int]
    decisions: Mapping[str, int]


@dataclass(frozen=True)
class Erasure:
    """
    What was erased, counted by table, and whether reading again found nothing left.

    `journal_cleared` is False when another reader kept SQLite's journal busy; the next sweep clears it.
    """

    counts: Mapping[str, int]
    verified: bool
    journal_cleared: bool = True
    left: int | None = 0
    """Rows that reading again still found; None if it could not be read."""
    faults: int | None = 0
    """What verifying the chains again found wrong; None if it could not be read."""
    chains: tuple[ErasedChain, ...] = ()
    erased_at: datetime | None = None
    read_again_at: datetime | None = None


@dataclass(frozen=True)
class ErasedChain:
    """Which entries of a chain lost their salts, and the entry that says so, with its hash in hex."""

    chain_id: str
    positions: tuple[int, ...]
    erasure_seq: int
    erasure_hash: str


@dataclass(frozen=True)
class Sweep:
    """What a sweep ended and deleted, counted."""

    counts: Mapping[str, int]


@dataclass(frozen=True)
class Fault:
    """One thing that verification found wrong: where, and what."""

    place: str
    reason: str


@dataclass(frozen=True)
class Verification:
    """
    The result of verifying the ledger. `ok` means that there are no faults.

    `checkpoints`: how many signed checkpoints the ledger was held against; without any, a cut tail stays
    hidden from whoever can write to the database.
    """

    ok: bool
    faults: tuple[Fault, ...]
    entries: int
    checkpoints: int = 0
