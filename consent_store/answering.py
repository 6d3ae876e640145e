"""
Taking an answer, inside a transaction: the rule in `decide` meets the database.

One request makes one decision: it is used up in the transaction that appends the decision. Must never write
anything for an answer that decides nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from consent_store.canonical import sha256_hex
from consent_store.decide import decide
from consent_store.model import AnswerResult, DecidedStatus, PermissionRequest, Reply
from consent_store.part import append
from consent_store.records import Evidence, Record
from consent_store.sql import opening, requests, states, values
from consent_store.sql.database import Transaction
from consent_store.sql.opening import Question
from consent_store.vault import Vault, seal, words_place


def answer(tx: Transaction, vault: Vault, request_id: str, reply: Reply) -> AnswerResult:
    """What the reply comes to. A decision uses the request up and is appended with its evidence."""
    wrapped = opening.lock_key(tx, reply.person_id)
    asked = opening.question(tx, request_id)
    if asked is None:
        return decide(None, reply, None, notice_in_force=False, now=tx.now)
    request = asked.request
    result = decide(request, reply, asked.session, notice_in_force=asked.in_force, now=tx.now)
    if result.status == "none":
        return result
    if wrapped is None or not requests.mark_answered(tx, request_id, result.status):
        return AnswerResult("none", "already_answered")
    data_key = vault.person_key(request.person_id, wrapped.master_id, wrapped.key)
    words = seal(data_key, reply.words, words_place(request.person_id, request_id))
    append(tx, _record(tx, asked, reply, result.status, words), sealed_words=words)
    if result.status != "given":
        values.drop(tx, request.person_id, (request.purpose, request.item))
    return result


def _record(tx: Transaction, asked: Question, reply: Reply, status: DecidedStatus, words: bytes) -> Record:
    request = asked.request
    kept = request.retention_days > 0
    for_this_help = status == "deferred" or (status == "given" and not kept)
    return Record(
        kind="answered",
        status=status,
        person_id=request.person_id,
        controller_id=request.controller_id,
        purpose=request.purpose,
        item=request.item,
        help_id=request.help_id if for_this_help else None,
        request_id=request.request_id,
        notice_id=request.notice_id,
        notice_epoch=asked.notice_epoch,
        at=tx.now if status == "given" else _not_before_the_former(tx, request),
        expires_at=tx.now + timedelta(days=request.retention_days) if status == "given" and kept else None,
        evidence=_evidence(request, reply, words),
    )


def _not_before_the_former(tx: Transaction, request: PermissionRequest) -> datetime:
    """
    Now; or the instant of what it replaces, if the clock was set back.

    By its time, too, a no is the latest.
    """
    key = (request.purpose, request.item)
    former = states.findings(tx, request.person_id, [key]).get(key)
    return tx.now if former is None else max(tx.now, former.decision.decided_at)


def _evidence(request: PermissionRequest, reply: Reply, words: bytes) -> Evidence:
    return Evidence(
        channel=request.channel,
        language=request.language,
        rendered_hash=request.rendered_hash,
        reading=reply.reading,
        button=reply.button,
        confidence=f"{reply.confidence:.4f}",
        words_hash=sha256_hex(words),
    )
