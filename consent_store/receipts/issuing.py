"""
Issuing receipts, and looking whether the ledger still holds what an issued one says.

A receipt carries the head of its person's chain, so that everybody who has one is a witness of the ledger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from consent_store.canonical import canonical_json, sha256_hex
from consent_store.part import Part, new_id
from consent_store.receipts.document import Document, sign, write_document
from consent_store.receipts.facts import PartyFacts, ReceiptFacts
from consent_store.receipts.gathering import RecordFacts, gather
from consent_store.receipts.shape import shape_faults
from consent_store.signing import Signer
from consent_store.sql import events, links, receipts
from consent_store.sql.database import Transaction
from consent_store.sql.receipts import IssuedReceipt


@dataclass(frozen=True)
class Receipt:
    """A signed receipt: the document for programs, and its facts for whoever says it in words."""

    receipt_id: str
    issued_at: datetime
    document: Document
    records: tuple[RecordFacts, ...]


class Receipts(Part):
    """The store's methods about receipts."""

    def issue_receipt(self, person_id: str, signer: Signer, facts: ReceiptFacts) -> Receipt | None:
        """
        A signed receipt of everything that the person decided; None if they decided nothing.

        Linked identities are one person, named by the identity that stands for them.
        That it was issued is noted with its hash; what stands in it is not kept.
        """

        def work(tx: Transaction) -> Receipt | None:
            identities = links.lock(tx, person_id)
            records = gather(tx, identities)
            return _issue(tx, identities[0], records, signer, facts) if records else None

        return self.database.write(work)

    def receipts_issued(self, person_id: str) -> tuple[IssuedReceipt, ...]:
        """Which receipts the person was given, the oldest first."""
        return tuple(self.database.read(lambda tx: receipts.of_person(tx, links.identities(tx, person_id))))

    def witnessed(self, document: object) -> bool:
        """
        Whether the ledger still holds the chain head and every entry that the receipt names.

        True also after the person was erased: hashes stay. False for what is no receipt, and for a ledger
        whose end was cut off or that was written anew. Verify the receipt itself with `verify_receipt` first.
        """
        if shape_faults(document):
            return False
        named = _named_entries(document)
        return self.database.read(
            lambda tx: all(receipts.hash_at(tx, chain, seq) == hashed for chain, seq, hashed in named)
        )


def _issue(
    tx: Transaction, person_id: str, records: tuple[RecordFacts, ...], signer: Signer, facts: ReceiptFacts
) -> Receipt:
    receipt_id = new_id()
    parties = {one.controller_id: _controller(tx, one.controller_id, facts) for one in records}
    written = write_document(
        person_id,
        receipt_id,
        records,
        _witness(tx, records[-1].last.entry.chain_id),
        facts,
        controllers=parties,
        now=tx.now,
    )
    document = sign(written, signer)
    receipts.add(tx, IssuedReceipt(receipt_id, person_id, tx.now, document_hash(document)))
    return Receipt(receipt_id, tx.now, document, records)


def document_hash(document: Document) -> str:
    """SHA-256 of a signed receipt as canonical JSON, 64 hex characters: what the store keeps of it."""
    return sha256_hex(canonical_json(document))


def _controller(tx: Transaction, controller_id: str, facts: ReceiptFacts) -> PartyFacts:
    """
    Who answered for the data then.

    For what the store does not know of a former controller, the present one answers.
    """
    present = facts.controller
    if controller_id == present.id:
        return present
    name, address, contact = receipts.controller_of(tx, controller_id)
    return PartyFacts(
        controller_id, name or controller_id, address or present.address, contact or present.contact
    )


def _witness(tx: Transaction, chain_id: str) -> Document:
    head = events.heads(tx)[chain_id]
    return {"chain_id": chain_id, "size": head.size, "entry_hash": head.head_hash.hex()}


def _named_entries(document: Any) -> Sequence[tuple[str, int, str]]:
    """(chain, place, hash) of everything in the ledger that the receipt names."""
    witness = document["witness"]
    head = (witness["chain_id"], witness["size"], witness["entry_hash"])
    steps = [event for record in document["records"] for event in record["events"]]
    return [head, *((event["chain_id"], event["seq"], event["entry_hash"]) for event in steps)]
