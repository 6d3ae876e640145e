"""
Walking along the chains: every entry against its place, every body against its entry, every noted end.

This is the part that runs once an entry, so it works on plain rows and speaks of faults only when there is
one. Must never stop at the first fault, or show what a body says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from hmac import digest as hmac_digest
from typing import Any

from consent_store import ledger
from consent_store.records import RECORD_FORMS, VERSION, ErasureRecord, read_record
from consent_store.sql import events
from consent_store.sql.database import Transaction
from consent_store.sql.events import Head
from consent_store.verification_walk import SEPARATOR, Chain, Marks, Progress, Walk

_FRAME = ledger.HASH_BYTES.to_bytes(4, "big")
_SCAN = json.JSONDecoder().raw_decode
_ODD = (AttributeError, KeyError, TypeError, ValueError, OverflowError)


def check_chains(
    tx: Transaction, *, only: str | None = None, marks: Marks | None = None, progress: Progress | None = None
) -> Walk:
    """Check the entries of all chains, or of one, against themselves, their bodies and the noted ends."""
    walk = Walk(marks or {})
    noted = {chain: head for chain, head in events.heads(tx).items() if only in (None, chain)}
    total = sum(head.size for head in noted.values())
    for batch in events.walk(tx, only):
        for row in batch:
            _check_row(walk, row)
        walk.entries += len(batch)
        if progress is not None:
            progress(walk.entries, max(total, walk.entries))
    for chain_id, seq in walk.without_body:
        if (chain_id, seq) not in walk.erased:
            walk.fault(walk.chain(chain_id).place(seq), "body_missing_without_an_erasure")
    _check_ends(walk, noted)
    return walk


def _check_row(walk: Walk, row: Sequence[Any]) -> None:
    chain_id, seq, before, committed, hashed, person_id, request_id, salt, body, words = row
    chain = walk.chains.get(chain_id) or walk.chain(chain_id)
    try:
        expected = sha256(
            chain.prefix + seq.to_bytes(8, "big") + _FRAME + before + _FRAME + committed
        ).digest()
        if seq != chain.size + 1 or before != chain.head or hashed != expected or seq in chain.marks:
            _speak_of_entry(walk, chain, row, expected)
        chain.size, chain.head = seq, hashed
        if body is None:
            walk.without_body.append((chain_id, seq))
        elif hmac_digest(salt, body.encode("utf-8", "surrogateescape"), "sha256") != committed:
            walk.fault(chain.place(seq), "body_or_salt_changed")
        else:
            _check_record(walk, chain, seq, (person_id, request_id, words), body)
    except _ODD:
        walk.fault(chain.place(seq), "entry_of_an_unknown_form")


def _speak_of_entry(walk: Walk, chain: Chain, row: Sequence[Any], expected: bytes) -> None:
    seq, before, _committed, hashed = row[1:5]
    if seq != chain.size + 1:
        walk.fault(chain.place(seq), f"entries_missing_after_{chain.size}")
    elif before != chain.head:
        walk.fault(chain.place(seq), "does_not_follow_the_entry_before")
    if hashed != expected:
        walk.fault(chain.place(seq), "entry_changed")
    for head, name in chain.marks.get(seq, ()):
        if hashed.hex() != head:
            walk.fault(chain.place(seq), f"differs_from_{name}")


def _check_record(walk: Walk, chain: Chain, seq: int, filed: tuple[Any, Any, Any], body: str) -> None:
    content = _SCAN(body, 0)[0]
    if content.keys() not in RECORD_FORMS or content["v"] != VERSION:
        record = read_record(body)
        if isinstance(record, ErasureRecord):
            _note_erasure(walk, chain, seq, filed, record)
            return
        content = json.loads(record.body())
    person_id, request_id, words = filed
    person, asked = content["person_id"], content["request_id"]
    if person_id != person or ledger.CHAIN_NAMES[sha256(person.encode()).digest()[0]] != chain.chain_id:
        walk.fault(chain.place(seq), "filed_under_another_person")
    evidence = content["evidence"]
    if evidence is None or asked is None:
        if request_id is not None or words is not None:
            walk.fault(chain.place(seq), "filed_under_another_request")
    else:
        if words is None or sha256(words).hexdigest() != evidence["words_hash"]:
            walk.fault(chain.place(seq), "words_changed")
        if request_id != asked:
            walk.fault(chain.place(seq), "filed_under_another_request")
        _note_answer(walk, content, evidence)
    if walk.epochs.setdefault(content["notice_id"], content["notice_epoch"]) != content["notice_epoch"]:
        walk.fault(chain.place(seq), "another_notice_epoch_than_before")
    place = SEPARATOR.join((person, content["controller_id"], content["purpose"], content["item"]))
    walk.standing[place] = SEPARATOR.join((
        chain.chain_id, str(seq), content["status"], content["help_id"] or "", asked or "",
        content["notice_id"], content["at"], content["expires_at"] or "",
    ))  # fmt: skip


def _note_erasure(
    walk: Walk, chain: Chain, seq: int, filed: tuple[Any, Any, Any], record: ErasureRecord
) -> None:
    walk.erased.update((chain.chain_id, position) for position in record.positions)
    if filed != (None, None, None):
        walk.fault(chain.place(seq), "filed_under_another_person")


def _note_answer(walk: Walk, content: Mapping[str, Any], evidence: Mapping[str, Any]) -> None:
    at = content["at"] if content["status"] == "given" else ""  # a no may be dated later than it was said
    walk.answered[content["request_id"]] = SEPARATOR.join((
        content["status"], content["person_id"], content["controller_id"], content["purpose"],
        content["item"], content["notice_id"], at, evidence["channel"], evidence["language"],
        evidence["rendered_hash"],
    ))  # fmt: skip


def _check_ends(walk: Walk, noted: Mapping[str, Head]) -> None:
    for chain_id in sorted(noted.keys() | walk.chains.keys() | walk.marks.keys()):
        chain = walk.chain(chain_id)
        if noted.get(chain_id, Head(0, chain.head)) != Head(chain.size, chain.head):
            walk.fault(f"ledger chain {chain_id} end", f"ends_at_{chain.size}_but_another_end_is_noted")
        for size, said in chain.marks.items():
            if size > chain.size:
                for _, name in said:
                    walk.fault(chain.place(size), f"missing_but_in_{name}")
