"""
Verifying what the ledger's entries speak of: the notices and the requests that were shown.

Faults name ids only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from consent_store.canonical import sha256_hex
from consent_store.sql import notices, requests
from consent_store.sql.database import Transaction
from consent_store.sql.notices import StoredNotice
from consent_store.views import Fault

_DECIDED = ("given", "refused", "deferred")
_COLUMNS = ("controller_id", "purpose", "item", "language", "version", "text_hash")


def check_notices(tx: Transaction, epochs: Mapping[str, int]) -> Iterator[Fault]:
    """
    Every notice is what its id says, and has the epoch that the entries speak of (`epochs`, by notice
    id).
    """
    stored = {notice.notice_id: notice for notice in notices.all_stored(tx)}
    for notice_id in sorted(epochs.keys() - stored.keys()):
        yield Fault(f"notice {notice_id}", "notice_missing")
    for notice_id, notice in stored.items():
        if not _is_sound(notice) or notice.epoch != epochs.get(notice_id, notice.epoch):
            yield Fault(f"notice {notice_id}", "notice_changed")


def _is_sound(notice: StoredNotice) -> bool:
    if notice.notice_id != sha256_hex(notice.body) or notice.text_hash != sha256_hex(notice.text):
        return False
    facts = json.loads(notice.body)
    return all(getattr(notice, name) == facts[name] for name in _COLUMNS)


def check_requests(tx: Transaction, answered: Mapping[str, tuple[str, str]]) -> Iterator[Fault]:
    """
    Every request shows the words that were noted, and every answer has its entry and the other way round.

    `answered` has for each request of the ledger the decision and the hash of the words shown.
    """
    left = dict(answered)
    for request in requests.everything(tx):
        place = f"request {request.request_id}"
        decision = left.pop(request.request_id, None)
        if sha256_hex(request.rendered_text) != request.rendered_hash:
            yield Fault(place, "shown_words_changed")
        elif decision is not None and decision != (request.outcome, request.rendered_hash):
            yield Fault(place, "differs_from_the_ledger")
        elif decision is None and request.outcome in _DECIDED:
            yield Fault(place, "answered_but_not_in_the_ledger")
    for request_id in sorted(left):
        yield Fault(f"request {request_id}", "in_the_ledger_but_missing")
