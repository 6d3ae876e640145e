"""
The certificate of an erasure: what was erased, when, where the ledger shows it, and whether it is gone.

It is signed, and carries nothing personal: its id is random, and neither person nor values are in it. Its
form is in docs/certificate.schema.json.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from consent_store.canonical import Plain
from consent_store.clock import to_text
from consent_store.signing import Signer, is_signed, key_name
from consent_store.views import Erasure

SCHEMA = "ask-first.erasure-certificate.v1"
DOMAIN = SCHEMA

_KINDS: Mapping[str, str] = {
    "personal_data": "values",
    "person_key": "keys_of_the_values",
    "conversation": "conversation_as_it_stood",
    "conversation_turn": "turns_of_the_conversation",
    "message_waiting": "messages_on_their_way",
    "message_thread": "buttons_as_an_app_showed_them",
    "event_detail": "evidence_and_salts_of_decisions",
    "consent_state": "decisions_as_they_stood",
    "permission_request": "questions_as_they_were_shown",
    "data_use": "uses",
    "data_use_item": "items_of_uses",
    "help_session": "helps",
    "help_item": "items_of_helps",
    "hand_over": "requests_for_a_human",
    "feedback": "feedback",
    "receipt": "notes_of_receipts",
    "identity_link": "links_between_identities",
    "link_code": "codes_for_linking",
    "link_try": "wrong_codes",
    "person_mark": "marks",
    "rights_note": "notes_of_rights_used",
}


@dataclass(frozen=True)
class Responsible:
    """Who is responsible for the data: id, and as far as known name, address and contact."""

    controller_id: str
    name: str | None = None
    address: str | None = None
    contact: str | None = None


@dataclass(frozen=True)
class Certificate:
    """A signed certificate. `document` is the whole JSON object, its signature included."""

    certificate_id: str
    verified: bool
    document: Mapping[str, Plain]


def issue(erasure: Erasure, controller: Responsible, signer: Signer) -> Certificate:
    """Sign what the erasure came to. An erasure that was not verified gets a certificate that says so."""
    certificate_id = secrets.token_hex(16)
    at, again = erasure.erased_at, erasure.read_again_at
    document: dict[str, Plain] = {
        "schema": SCHEMA,
        "certificate_id": certificate_id,
        "controller": {
            "id": controller.controller_id,
            "name": controller.name,
            "address": controller.address,
            "contact": controller.contact,
        },
        "erased_at": to_text(at) if at else None,
        "read_again_at": to_text(again) if again else None,
        "verified": erasure.verified,
        "rows_still_found": erasure.left,
        "faults_in_the_ledger": erasure.faults,
        "journal_cleared": erasure.journal_cleared,
        "anything_erased": any(erasure.counts.values()),
        "erased": [
            {"kind": _KINDS.get(table, table), "table": table, "rows": rows}
            for table, rows in sorted(erasure.counts.items())
        ],
        "ledger": [
            {
                "chain": one.chain_id,
                "erased_entries": list(one.positions),
                "erasure_entry": one.erasure_seq,
                "erasure_hash": one.erasure_hash,
            }
            for one in erasure.chains
        ],
        "key": key_name(signer.public_key),
    }
    signed = {**document, "signature": signer.sign(DOMAIN, document)}
    return Certificate(certificate_id, erasure.verified, signed)


def is_certificate(document: Mapping[str, Plain], public_key: str) -> bool:
    """Whether this is a certificate that the key's owner signed, unchanged. Needs no database."""
    unsigned = {name: value for name, value in document.items() if name != "signature"}
    if unsigned.get("schema") != SCHEMA or unsigned.get("key") != key_name(public_key):
        return False
    return is_signed(DOMAIN, unsigned, str(document.get("signature", "")), public_key)
