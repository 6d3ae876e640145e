"""
The decisions in an export: what stands, and all that led to it, with the words of the answers.

Facts as the ledger has them; nothing is judged here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from consent_store.canonical import Plain
from consent_store.clock import to_text
from consent_store.ledger import Entry
from consent_store.merging import Place
from consent_store.opening import Opener
from consent_store.overviews import decision_views
from consent_store.records import Evidence, Record, read_record
from consent_store.sql import dossier, events, notices
from consent_store.sql.database import Transaction


@dataclass(frozen=True)
class Names:
    """Plain words by id."""

    words: Mapping[str, str]

    def of(self, one_id: str | None) -> Plain:
        """The id with its plain words; the id again where nobody said any. None stays None."""
        return None if one_id is None else {"id": one_id, "name": self.words.get(one_id, one_id)}


@dataclass(frozen=True)
class _Step:
    entry: Entry
    record: Record
    words: str | None


def decisions(
    tx: Transaction, ids: Sequence[str], openers: Mapping[str, Opener], names: Names
) -> list[dict[str, Plain]]:
    """One entry for each controller, purpose and item, by purpose and item; its history in order of time."""
    steps: dict[Place, list[_Step]] = {}
    for person_id in ids:
        for step in _steps(tx, person_id, openers[person_id]):
            place = (step.record.controller_id, step.record.purpose, step.record.item)
            steps.setdefault(place, []).append(step)
    now = {view.key: view for view in decision_views(tx, ids)}
    found: list[dict[str, Plain]] = []
    for (controller_id, purpose, item), history in sorted(steps.items()):
        view = now.get((purpose, item))
        found.append(
            {
                "controller": controller_id,
                "purpose": names.of(purpose),
                "item": names.of(item),
                "status": view.status if view else "unasked",
                "ends_at": _instant(view.expires_at) if view else None,
                "value_can_be_used": view.has_value if view else False,
                "history": [_line(step) for step in sorted(history, key=lambda one: one.record.at)],
            }
        )
    return found


def names_shown(tx: Transaction, ids: Sequence[str]) -> dict[str, str]:
    """The words by which the notices named items and purposes to this person."""
    found: dict[str, str] = {}
    for row in dossier.rows(tx, "permission_request", ids):
        facts = json.loads(notices.find(tx, row["notice_id"]).body)
        found |= {row["item"]: facts["item_name"], row["purpose"]: facts["purpose_text"]}
    return found


def _steps(tx: Transaction, person_id: str, opener: Opener) -> list[_Step]:
    sealed = dossier.sealed_words(tx, [person_id])
    steps = []
    for entry, body in events.bodies_of(tx, person_id):
        record = read_record(body)
        if isinstance(record, Record):
            words = opener.words(sealed.get((entry.chain_id, entry.seq)), record.request_id)
            steps.append(_Step(entry, record, words))
    return steps


def _line(step: _Step) -> dict[str, Plain]:
    record = step.record
    return {
        "happened": record.kind,
        "status": record.status,
        "at": to_text(record.at),
        "ends_at": _instant(record.expires_at),
        "request_id": record.request_id,
        "answer": _answer(record.evidence, step.words) if record.evidence else None,
        "ledger": {"chain": step.entry.chain_id, "entry": step.entry.seq},
    }


def _answer(evidence: Evidence, words: str | None) -> dict[str, Plain]:
    return {
        "words": words,
        "button": evidence.button,
        "understood_as": evidence.reading,
        "confidence": evidence.confidence,
        "channel": evidence.channel,
        "language": evidence.language,
    }


def _instant(at: datetime | None) -> str | None:
    return to_text(at) if at else None
