"""
Verifying the ledger: every entry, every body, every chain's end, and what the entries speak of.

Each fault names its place. Must never stop at the first fault, repair anything, or show what a body says.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field

from consent_store import ledger
from consent_store.canonical import sha256_hex
from consent_store.ledger import Entry
from consent_store.model import Decision
from consent_store.projection import Place, place_of
from consent_store.records import ErasureRecord, Record, read_record
from consent_store.sql import events, states
from consent_store.sql.database import Transaction
from consent_store.sql.events import Detail, Head
from consent_store.verification_sources import check_notices, check_requests
from consent_store.views import Fault, Verification


@dataclass
class Walk:
    """What has been seen on the way along the chains."""

    faults: list[Fault] = field(default_factory=list)
    entries: int = 0
    ends: dict[str, Head] = field(default_factory=dict)
    without_body: list[Entry] = field(default_factory=list)
    erased: set[tuple[str, int]] = field(default_factory=set)
    folded: dict[Place, Decision] = field(default_factory=dict)
    answered: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By request: the decision and the hash of the words shown."""
    epochs: dict[str, int] = field(default_factory=dict)
    """By notice: the epoch that the entries speak of."""

    def fault(self, place: str, reason: str) -> None:
        """Note what is wrong, and where."""
        self.faults.append(Fault(place, reason))


def verify(tx: Transaction) -> Verification:
    """All checks on one snapshot."""
    walk = check_chains(tx)
    _check_projection(tx, walk)
    walk.faults += check_notices(tx, walk.epochs)
    walk.faults += check_requests(tx, walk.answered)
    return Verification(not walk.faults, tuple(walk.faults), walk.entries)


def check_chains(tx: Transaction, *, only: str | None = None) -> Walk:
    """Check the entries of all chains, or of one, against themselves, their bodies and the noted ends."""
    walk = Walk()
    for entry, detail in events.walk(tx, only):
        walk.entries += 1
        _check_entry(walk, entry)
        _check_detail(walk, entry, detail)
        walk.ends[entry.chain_id] = Head(entry.seq, entry.entry_hash)
    for entry in walk.without_body:
        if (entry.chain_id, entry.seq) not in walk.erased:
            walk.fault(entry.place, "body_missing_without_an_erasure")
    _check_ends(tx, walk, only)
    return walk


def _check_entry(walk: Walk, entry: Entry) -> None:
    before = walk.ends.get(entry.chain_id, Head(0, ledger.genesis(entry.chain_id)))
    if entry.seq != before.size + 1:
        walk.fault(entry.place, f"entries_missing_after_{before.size}")
    elif entry.prev_hash != before.head_hash:
        walk.fault(entry.place, "does_not_follow_the_entry_before")
    expected = ledger.entry_hash(entry.chain_id, entry.seq, entry.prev_hash, entry.commitment)
    if entry.entry_hash != expected:
        walk.fault(entry.place, "entry_changed")


def _check_detail(walk: Walk, entry: Entry, detail: Detail | None) -> None:
    if detail is None:
        walk.without_body.append(entry)
        return
    if not hmac.compare_digest(ledger.commitment(detail.salt, detail.body), entry.commitment):
        walk.fault(entry.place, "body_or_salt_changed")
        return
    try:
        record = read_record(detail.body)
    except (KeyError, TypeError, ValueError):
        walk.fault(entry.place, "body_of_an_unknown_form")
        return
    if isinstance(record, ErasureRecord):
        walk.erased.update((entry.chain_id, seq) for seq in record.positions)
    else:
        _check_record(walk, entry, detail, record)


def _check_record(walk: Walk, entry: Entry, detail: Detail, record: Record) -> None:
    if detail.person_id != record.person_id or ledger.chain_of(record.person_id) != entry.chain_id:
        walk.fault(entry.place, "filed_under_another_person")
    if record.evidence is not None and record.request_id is not None:
        words = detail.sealed_words
        if words is None or sha256_hex(words) != record.evidence.words_hash:
            walk.fault(entry.place, "words_changed")
        if detail.request_id != record.request_id:
            walk.fault(entry.place, "filed_under_another_request")
        walk.answered[record.request_id] = record.status, record.evidence.rendered_hash
    if walk.epochs.setdefault(record.notice_id, record.notice_epoch) != record.notice_epoch:
        walk.fault(entry.place, "another_notice_epoch_than_before")
    decision = record.decision(entry.chain_id, entry.seq)
    walk.folded[place_of(decision)] = decision


def _check_ends(tx: Transaction, walk: Walk, only: str | None) -> None:
    noted = {chain: head for chain, head in events.heads(tx).items() if only in (None, chain)}
    for chain in sorted(noted.keys() | walk.ends.keys()):
        end = walk.ends.get(chain, Head(0, ledger.genesis(chain)))
        if noted.get(chain) != end:
            walk.fault(f"ledger chain {chain} end", f"ends_at_{end.size}_but_another_end_is_noted")


def _check_projection(tx: Transaction, walk: Walk) -> None:
    stands = {place_of(decision): decision for decision in states.everything(tx)}
    for place in sorted(stands.keys() | walk.folded.keys()):
        if stands.get(place) != walk.folded.get(place):
            walk.fault("projection " + " ".join(place), "differs_from_the_ledger")
