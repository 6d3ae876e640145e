"""
Verifying the ledger: every entry, every body, every chain's end, every notice, and the projection.

Each fault names its place. Must never stop at the first fault, repair anything, or show what a body says.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass, field

from consent_store import ledger
from consent_store.canonical import sha256_hex
from consent_store.ledger import Entry
from consent_store.model import Decision
from consent_store.projection import Place, place_of
from consent_store.records import decision_of, erased_positions
from consent_store.sql import events, notices, requests, states
from consent_store.sql.database import Transaction
from consent_store.sql.events import Detail, Head
from consent_store.views import Fault, Verification


@dataclass
class _Walk:
    """What has been seen on the way along the chains."""

    faults: list[Fault] = field(default_factory=list)
    entries: int = 0
    ends: dict[str, Head] = field(default_factory=dict)
    without_detail: list[Entry] = field(default_factory=list)
    erased: set[tuple[str, int]] = field(default_factory=set)
    folded: dict[Place, Decision] = field(default_factory=dict)

    def fault(self, place: str, reason: str) -> None:
        self.faults.append(Fault(place, reason))


def verify(tx: Transaction) -> Verification:
    """All checks on one snapshot."""
    walk = check_chains(tx)
    _check_projection(tx, walk)
    _check_notices(tx, walk)
    _check_requests(tx, walk)
    return Verification(not walk.faults, tuple(walk.faults), walk.entries)


def check_chains(tx: Transaction, *, only: str | None = None) -> _Walk:
    """Check the entries of all chains, or of one, against themselves, their bodies and the noted ends."""
    walk = _Walk()
    for entry, detail in events.walk(tx, only):
        walk.entries += 1
        _check_entry(walk, entry)
        _check_detail(walk, entry, detail)
        walk.ends[entry.chain_id] = Head(entry.seq, entry.entry_hash)
    for entry in walk.without_detail:
        if (entry.chain_id, entry.seq) not in walk.erased:
            walk.fault(entry.place, "body_missing_without_an_erasure")
    _check_ends(tx, walk, only)
    return walk


def _check_entry(walk: _Walk, entry: Entry) -> None:
    before = walk.ends.get(entry.chain_id, Head(0, ledger.genesis(entry.chain_id)))
    if entry.seq != before.size + 1:
        walk.fault(entry.place, f"entries_missing_before_it_after_{before.size}")
    elif entry.prev_hash != before.head_hash:
        walk.fault(entry.place, "does_not_follow_the_entry_before")
    expected = ledger.entry_hash(entry.chain_id, entry.seq, entry.prev_hash, entry.commitment)
    if entry.entry_hash != expected:
        walk.fault(entry.place, "entry_changed")


def _check_detail(walk: _Walk, entry: Entry, detail: Detail | None) -> None:
    if detail is None:
        walk.without_detail.append(entry)
        return
    if not hmac.compare_digest(ledger.commitment(detail.salt, detail.body), entry.commitment):
        walk.fault(entry.place, "body_or_salt_changed")
        return
    positions = erased_positions(detail.body)
    if positions is not None:
        walk.erased.update((entry.chain_id, seq) for seq in positions)
        return
    _check_record(walk, entry, detail)


def _check_record(walk: _Walk, entry: Entry, detail: Detail) -> None:
    decision = decision_of(detail.body, entry.chain_id, entry.seq)
    assert decision is not None
    evidence = json.loads(detail.body)["evidence"]
    if detail.person_id != decision.person_id or ledger.chain_of(decision.person_id) != entry.chain_id:
        walk.fault(entry.place, "filed_under_another_person")
    if evidence is not None and (
        detail.sealed_words is None or sha256_hex(detail.sealed_words) != evidence["words_hash"]
    ):
        walk.fault(entry.place, "words_changed")
    walk.folded[place_of(decision)] = decision


def _check_ends(tx: Transaction, walk: _Walk, only: str | None) -> None:
    noted = {chain: head for chain, head in events.heads(tx).items() if only in (None, chain)}
    for chain in sorted(noted.keys() | walk.ends.keys()):
        end = walk.ends.get(chain, Head(0, ledger.genesis(chain)))
        if noted.get(chain) != end:
            walk.fault(f"ledger chain {chain} end", f"entries_end_at_{end.size}_but_another_end_is_noted")


def _check_projection(tx: Transaction, walk: _Walk) -> None:
    stands = {place_of(decision): decision for decision in states.everything(tx)}
    for place in sorted(stands.keys() | walk.folded.keys()):
        if stands.get(place) != walk.folded.get(place):
            walk.fault("projection " + " ".join(place), "differs_from_the_ledger")


def _check_notices(tx: Transaction, walk: _Walk) -> None:
    for notice in notices.all_stored(tx):
        facts = json.loads(notice.body)
        sound = (
            notice.notice_id == sha256_hex(notice.body)
            and notice.text_hash == sha256_hex(notice.text) == facts["text_hash"]
            and (notice.version, notice.language) == (facts["version"], facts["language"])
        )
        if not sound:
            walk.fault(f"notice {notice.notice_id}", "notice_changed")


def _check_requests(tx: Transaction, walk: _Walk) -> None:
    for request_id, text, noted in requests.shown(tx):
        if sha256_hex(text) != noted:
            walk.fault(f"request {request_id}", "shown_words_changed")
