"""
Writes a receipt: the facts as JSON-LD, with the field names of ISO/IEC TS 27560:2023 and DPV terms.

Pure. Holds no value of an item and no word that the person said: only what they decided, and on which words.
"""

from __future__ import annotations

from datetime import datetime

from consent_store.canonical import Plain
from consent_store.clock import to_text
from consent_store.receipts import vocabulary as terms
from consent_store.receipts.facts import PartyFacts, ReceiptFacts
from consent_store.receipts.gathering import RecordFacts, Step
from consent_store.signing import Signer, key_name

Document = dict[str, Plain]

_BY_THE_CONTROLLER = ("help_ended", "term_ended", "notice_changed")
"""What ends without a word from the person."""


def write_document(
    person_id: str,
    receipt_id: str,
    records: tuple[RecordFacts, ...],
    witness: Document,
    facts: ReceiptFacts,
    *,
    controllers: dict[str, PartyFacts],
    now: datetime,
) -> Document:
    """The receipt without its proof. `controllers`: who answers for the records, by id."""
    return {
        "@context": terms.CONTEXT,
        "@type": "ConsentReceipt",
        "schema_version": terms.SCHEMA_VERSION,
        "receipt_id": receipt_id,
        "issued_at": to_text(now),
        "language": facts.language,
        "pii_principal_id": person_id,
        "issuer": _party(facts.controller),
        "records": [_record(person_id, one, facts, controllers[one.controller_id]) for one in records],
        "witness": witness,
    }


def sign(document: Document, signer: Signer) -> Document:
    """The receipt with its proof. The signature covers all of it but itself."""
    proof: Document = {
        "type": terms.DOMAIN,
        "algorithm": terms.ALGORITHM,
        "key": key_name(signer.public_key),
    }
    signature = signer.sign(terms.DOMAIN, {**document, "proof": proof})
    return {**document, "proof": {**proof, "signature": signature}}


def _record(person_id: str, record: RecordFacts, facts: ReceiptFacts, controller: PartyFacts) -> Document:
    words = record.words
    return {
        "@type": "ConsentRecord",
        "schema_version": terms.SCHEMA_VERSION,
        "record_id": record.record_id,
        "pii_principal_id": person_id,
        "privacy_notice": _notice(record, controller),
        "language": record.notice.language,
        "purpose": {
            "purpose_id": record.purpose,
            "text": words.purpose,
            "purpose_type": terms.PURPOSE_TYPE,
        },
        "lawful_basis": terms.LAWFUL_BASIS,
        "pii_information": [
            {"pii_type": words.item, "pii_attribute_id": record.item, "pii_optional": True}
        ],
        "pii_controllers": [_party(controller)],
        "collection_method": facts.collection_method,
        "processing_method": list(terms.PROCESSING),
        "storage_locations": list(facts.storage_locations),
        "retention_period": {"text": words.retention, "retention_days": words.retention_days},
        "processing_locations": list(facts.processing_locations),
        "service": facts.service,
        "jurisdiction": facts.jurisdiction,
        "recipient_third_parties": words.recipients,
        "withdrawal_method": words.withdraw,
        "privacy_rights": list(facts.privacy_rights),
        "authority_party": _party(facts.authority),
        "state": record.state,
        "events": [_event(person_id, step, record, facts) for step in record.steps],
    }  # fmt: skip


def _notice(record: RecordFacts, controller: PartyFacts) -> Document:
    notice: Document = {
        "notice_id": record.notice.notice_id,
        "notice_version": record.notice.version,
        "text": record.notice.text,
        "text_hash": record.notice.text_hash,
    }
    known = {"shown_hash": record.shown_hash, "privacy_page": controller.page}
    return notice | {name: value for name, value in known.items() if value is not None}


def _party(party: PartyFacts) -> Document:
    written: Document = {
        "party_id": party.id,
        "party_name": party.name,
        "party_address": party.address,
        "party_contact": party.contact,
        "party_type": party.type,
    }
    known = {"party_phone": party.phone, "party_page": party.page}
    return written | {name: value for name, value in known.items() if value is not None}


def _event(person_id: str, step: Step, record: RecordFacts, facts: ReceiptFacts) -> Document:
    change, entry = step.record, step.entry
    by_the_controller = change.kind in _BY_THE_CONTROLLER
    event: Document = {
        "event_time": to_text(change.at),
        "event_type": change.kind,
        "event_state": step.state,
        "entity_id": change.controller_id if by_the_controller else person_id,
        "validity_duration": _validity(step, record, facts),
        "notice_id": change.notice_id,
        "chain_id": entry.chain_id,
        "seq": entry.seq,
        "entry_hash": entry.entry_hash.hex(),
    }
    return event | ({"channel": change.evidence.channel} if change.evidence is not None else {})


def _validity(step: Step, record: RecordFacts, facts: ReceiptFacts) -> Document:
    change = step.record
    if change.status == "given" and change.expires_at is not None:
        until = {"duration_type": "dpv:UntilTimeDuration", "until": to_text(change.expires_at)}
        return {**until, "text": record.words.retention}
    text = facts.until_changed
    if change.status in ("given", "deferred"):
        text = record.words.retention if change.status == "given" else facts.until_help_ends
    return {"duration_type": "dpv:UntilEventDuration", "text": text}
