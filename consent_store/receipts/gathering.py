"""
What the ledger knows for a person's receipt: per purpose and item, the words shown and everything decided.

Reads only. Never touches a value, and never the person's own words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consent_store.ledger import Entry
from consent_store.model import Finding, HelpSession
from consent_store.receipts.naming import record_id
from consent_store.records import Record, read_record
from consent_store.sql import events, helps, notices, states
from consent_store.sql.database import Transaction
from consent_store.sql.notices import StoredNotice
from consent_store.validity import status_for_help

Place = tuple[str, str, str]
"""(controller, purpose, item): what one record is about."""


@dataclass(frozen=True)
class Step:
    """One change of a decision, and its entry in the ledger."""

    record: Record
    entry: Entry

    @property
    def state(self) -> str:
        """What the decision was after it, as receipts call it."""
        return "invalidated" if self.record.kind == "notice_changed" else self.record.status


@dataclass(frozen=True)
class Words:
    """The words of the notice, as they were when the person saw them."""

    purpose: str
    item: str
    retention: str
    retention_days: int
    recipients: str
    withdraw: str


@dataclass(frozen=True)
class RecordFacts:
    """
    All that is known of one purpose and item: the notice, the steps (the oldest first), where it stands.

    `state` is what holds when the receipt is issued; it may be "expired" or "invalidated" where the last
    step was a yes.
    """

    record_id: str
    controller_id: str
    purpose: str
    item: str
    state: str
    notice: StoredNotice
    words: Words
    shown_hash: str | None
    steps: tuple[Step, ...]

    @property
    def last(self) -> Step:
        """The step that stands."""
        return self.steps[-1]


def gather(tx: Transaction, identities: Sequence[str]) -> tuple[RecordFacts, ...]:
    """
    The facts of every purpose and item that the person decided on, in the order of the last steps.

    `identities`: all of this person; the first stands for them. Of the others only what the first knows
    nothing of, and what was given there, is told.
    """
    chosen: dict[Place, RecordFacts] = {}
    for one in identities:
        for place, facts in _of_identity(tx, one, identities[0]):
            if place not in chosen or (facts.state == "given" and chosen[place].state != "given"):
                chosen[place] = facts
    return tuple(sorted(chosen.values(), key=lambda one: (one.last.record.at, one.last.entry.seq)))


def _of_identity(tx: Transaction, identity: str, person_id: str) -> Iterator[tuple[Place, RecordFacts]]:
    steps: dict[Place, list[Step]] = {}
    for entry, body in events.bodies_of(tx, identity):
        record = read_record(body)
        if isinstance(record, Record):
            place = (record.controller_id, record.purpose, record.item)
            steps.setdefault(place, []).append(Step(record, entry))
    findings, session = states.findings(tx, identity), helps.find_open(tx, identity)
    for place, those in steps.items():
        finding = findings.get((place[1], place[2]))
        state = _standing(tx, those[-1], finding, session)
        yield place, _facts(tx, person_id, tuple(those), state)


def _facts(tx: Transaction, person_id: str, steps: tuple[Step, ...], state: str) -> RecordFacts:
    last = steps[-1].record
    notice = notices.find(tx, last.notice_id)
    shown = [step.record.evidence.rendered_hash for step in steps if step.record.evidence is not None]
    return RecordFacts(
        record_id=record_id(person_id, last.controller_id, last.purpose, last.item),
        controller_id=last.controller_id,
        purpose=last.purpose,
        item=last.item,
        state=state,
        notice=notice,
        words=_words(notice),
        shown_hash=shown[-1] if shown else None,
        steps=steps,
    )


def _standing(tx: Transaction, last: Step, finding: Finding | None, session: HelpSession | None) -> str:
    """A yes holds only while the gate would open for it; everything else stands as it was said."""
    if last.record.status != "given":
        return last.state
    if finding is None or finding.decision.seq != last.entry.seq:
        return "expired"
    status = status_for_help(finding, session, requested=False, now=tx.now)
    if status == "unasked" and finding.granted_epoch != finding.current_epoch:
        return "invalidated"
    return "given" if status == "given" else "expired"


def _words(notice: StoredNotice) -> Words:
    body = json.loads(notice.body)
    return Words(
        purpose=body["purpose_text"],
        item=body["item_name"],
        retention=body["retention_text"],
        retention_days=body["retention_days"],
        recipients=body["recipients_text"],
        withdraw=body["withdraw_text"],
    )
