"""
Receipts: what a person takes away to prove what they decided, and how anybody can check one.

ISO/IEC TS 27560:2023 as JSON-LD with W3C DPV terms, signed. It never holds a value.
"""

from consent_store.receipts.facts import PartyFacts, ReceiptFacts, facts_from
from consent_store.receipts.gathering import RecordFacts
from consent_store.receipts.issuing import Receipt, document_hash
from consent_store.receipts.publishing import PublicKey, key_of, public_key
from consent_store.receipts.verifying import (
    ReceiptUnreadable,
    ReceiptVerdict,
    read_receipt,
    verify_receipt,
)

__all__ = [
    "PartyFacts",
    "PublicKey",
    "Receipt",
    "ReceiptFacts",
    "ReceiptUnreadable",
    "ReceiptVerdict",
    "RecordFacts",
    "document_hash",
    "facts_from",
    "key_of",
    "public_key",
    "read_receipt",
    "verify_receipt",
]
