"""
Verifying what the ledger's entries speak of: the projection, the notices, and the requests that were shown.

Rows are read just as they are, so that what was tampered with is found instead of refused. Faults name ids
only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from consent_store.canonical import sha256_hex
from consent_store.sql import events, notices, requests, states
from consent_store.sql.database import Transaction
from consent_store.sql.notices import StoredNotice
from consent_store.sql.raw_rows import instant_text
from consent_store.verification_walk import SEPARATOR, Walk, joined_text
from consent_store.views import Fault

_DECIDED = ("given", "refused", "deferred")
_COLUMNS = ("controller_id", "purpose", "item", "language", "version", "text_hash")


def check_bodies(tx: Transaction, walk: Walk) -> Iterator[Fault]:
    """Every body belongs to an entry."""
    if events.count_bodies(tx) != walk.entries - len(walk.without_body):
        for chain_id, seq in events.without_entry(tx):
            yield Fault(f"ledger chain {chain_id} entry {seq}", "body_without_an_entry")


def check_projection(tx: Transaction, standing: Mapping[str, str]) -> Iterator[Fault]:
    """What stands in the projection is what stands after all entries (`standing`, by place)."""
    left = dict(standing)
    for row in states.everything(tx):
        place = SEPARATOR.join(row[:4])
        stands = joined_text(row[4], str(row[5]), *row[6:10], instant_text(row[10]), instant_text(row[11]))
        if left.pop(place, None) != stands:
            yield _of_projection(place)
    for place in sorted(left):
        yield _of_projection(place)


def _of_projection(place: str) -> Fault:
    return Fault("projection " + place.replace(SEPARATOR, " "), "differs_from_the_ledger")


def check_notices(
    tx: Transaction, epochs: Mapping[str, int], said: Mapping[str, Mapping[str, str]]
) -> Iterator[Fault]:
    """
    Every notice is what its id says, has the epoch that the entries speak of (`epochs`, by notice id), and is
    what each checkpoint says (`said`: by notice id, digests and which checkpoint has them).
    """
    missing = epochs.keys() | said.keys()
    for notice, digest in notices.all_stored(tx):
        missing.discard(notice.notice_id)
        place = f"notice {notice.notice_id}"
        if not _is_sound(notice) or notice.epoch != epochs.get(notice.notice_id, notice.epoch):
            yield Fault(place, "notice_changed")
        for other, name in said.get(notice.notice_id, {}).items():
            if other != digest:
                yield Fault(place, f"differs_from_{name}")
    for notice_id in sorted(missing):
        yield Fault(f"notice {notice_id}", "notice_missing")
    for key in notices.wrongly_in_force(tx):
        yield Fault("notice in force " + " ".join(key), "notice_of_another_key")


def _is_sound(notice: StoredNotice) -> bool:
    try:
        if notice.notice_id != sha256_hex(notice.body) or notice.text_hash != sha256_hex(notice.text):
            return False
        facts = json.loads(notice.body)
        return all(getattr(notice, name) == facts[name] for name in _COLUMNS)
    except (AttributeError, KeyError, TypeError, ValueError):
        return False


def check_requests(tx: Transaction, answered: Mapping[str, str]) -> Iterator[Fault]:
    """
    Every request shows the words that were noted, and every answer has its entry and the other way round.

    `answered`: for each request of the ledger, the answer, joined.
    """
    left = dict(answered)
    for request_id, outcome, *facts, answered_at, channel, language, hashed, text in requests.everything(tx):
        place = f"request {request_id}"
        decision = left.pop(request_id, None)
        if not _shows(text, hashed):
            yield Fault(place, "shown_words_changed")
        elif decision is not None:
            at = instant_text(answered_at) if outcome == "given" else ""
            now = joined_text(outcome, *facts, at, channel, language, hashed)
            if decision != now:
                yield Fault(place, "differs_from_the_ledger")
        elif outcome in _DECIDED or answered_at is not None:
            yield Fault(place, "answered_but_not_in_the_ledger")
    for request_id in sorted(left):
        yield Fault(f"request {request_id}", "in_the_ledger_but_missing")


def _shows(text: str, hashed: str) -> bool:
    try:
        return sha256_hex(text) == hashed
    except (AttributeError, TypeError, ValueError):
        return False
