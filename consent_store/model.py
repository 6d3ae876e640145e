"""
The words of the consent store as frozen dataclasses: what is asked, decided, kept and released.

Status follows W3C DPV (requested, given, refused, deferred, withdrawn, expired). A decision never holds the
value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal

Key = tuple[str, str]
"""(purpose, item): what one decision is about."""

Status = Literal[
    "unasked", "requested", "given", "refused", "deferred", "withdrawn", "expired", "not_askable"
]
"""not_askable is never stored: what a person who gets item-free help only could have been asked."""

Offer = Literal["open", "accepted", "declined"]
Reading = Literal["yes", "no", "later", "unclear"]
DecidedStatus = Literal["given", "refused", "deferred"]
AnswerStatus = Literal["given", "refused", "deferred", "none"]

MAX_ITEMS = 3
"""The most items that one help may ask for or use."""


def remember_purpose(program_id: str) -> str:
    """The purpose of keeping a value for the next time: a purpose of its own, with its own term."""
    return f"{program_id}.remember"


def purposes_of(program_id: str) -> frozenset[str]:
    """The purposes whose values a help program may use: its own, and what was kept for it."""
    return frozenset({program_id, remember_purpose(program_id)})


@dataclass(frozen=True)
class HelpSession:
    """One help, from the need until it is done, another need comes, or 30 minutes of silence."""

    help_id: str
    person_id: str
    program_id: str
    channel: str
    started_at: datetime
    last_seen_at: datetime
    offer: Offer = "open"
    unclear_count: int = 0
    ended_at: datetime | None = None


@dataclass(frozen=True)
class PermissionRequest:
    """
    A notice that was served and may be answered once, by this person, in this channel, until
    `expires_at`.
    """

    request_id: str
    person_id: str
    help_id: str
    controller_id: str
    purpose: str
    item: str
    notice_id: str
    notice_hash: str
    retention_days: int
    channel: str
    language: str
    rendered_text: str
    rendered_hash: str
    served_at: datetime
    expires_at: datetime
    answered_at: datetime | None = None
    outcome: str | None = None
    """given, refused or deferred once answered; superseded or help_ended when closed without an answer."""


@dataclass(frozen=True)
class Reply:
    """What came back on a permission request. `words` are evidence and are sealed, never kept in plain."""

    person_id: str
    channel: str
    reading: str
    words: str
    button: str | None
    confidence: float
    notice_hash: str


@dataclass(frozen=True)
class AnswerResult:
    """
    What an answer came to.

    "none": nothing was decided, `reason` says why. `decided` is what stood before.
    """

    status: AnswerStatus
    reason: str
    decided: str | None = None


@dataclass(frozen=True)
class Decision:
    """The latest decision for (person, controller, purpose, item): one row of the projection."""

    person_id: str
    controller_id: str
    purpose: str
    item: str
    status: Status
    help_id: str | None
    """The help that it is bound to ("this help only", "not now"); None when it outlives the help."""
    request_id: str | None
    notice_id: str
    decided_at: datetime
    expires_at: datetime | None
    chain_id: str
    seq: int

    @property
    def key(self) -> Key:
        """(purpose, item)."""
        return self.purpose, self.item


@dataclass(frozen=True)
class SealedValue:
    """A value in the vault: ciphertext, bound by its associated data to person, purpose, item and record."""

    record_id: str
    person_id: str
    purpose: str
    item: str
    sealed: bytes
    help_id: str | None
    stored_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True)
class Finding:
    """
    All that validity is judged from: the decision, the notice then and now, and the sealed value if any.
    """

    decision: Decision
    granted_epoch: int
    current_epoch: int | None
    value: SealedValue | None = None


@dataclass(frozen=True)
class ItemState:
    """
    Where one item stands for a help. `has_value`: the gate would release a value for it. `decided_at`: of a
    grant, since when it stands.
    """

    status: Status
    has_value: bool
    decided_at: datetime | None = None


@dataclass(frozen=True)
class Release:
    """
    What the gate let through, by item; what it withheld and why; the id of the use, None if nothing was
    used.
    """

    values: Mapping[str, str]
    withheld: Mapping[str, str]
    use_id: str | None

    def __repr__(self) -> str:
        """Names the items only, so that a value never reaches a log."""
        return f"Release(items={sorted(self.values)}, withheld={dict(self.withheld)}, use_id={self.use_id!r})"


NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Withdrawn:
    """One decision that was taken back."""

    purpose: str
    item: str
