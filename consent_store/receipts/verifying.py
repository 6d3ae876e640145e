"""
Verifying a receipt offline, with the public key alone: signature, required fields, and that it fits itself.

Needs no store, no file and no network. Must never take a key, a context or a rule from the receipt itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from consent_store.errors import ConsentStoreError
from consent_store.receipts import vocabulary as terms
from consent_store.receipts.consistency import consistency_faults
from consent_store.receipts.shape import shape_faults
from consent_store.signing import is_signed, key_name


class ReceiptUnreadable(ConsentStoreError):
    """A text that is no JSON object, or says something twice. Carries the reason, never the text."""


@dataclass(frozen=True)
class ReceiptVerdict:
    """Whether the receipt is genuine and complete; if not, why: "signature: …", "records/0/purpose: …"."""

    ok: bool
    reasons: tuple[str, ...]


def verify_receipt(document: object, public_key: str) -> ReceiptVerdict:
    """
    The verdict on a receipt (as `read_receipt` reads it), by the public key of whoever issued it.

    `public_key`: urlsafe base64 of 32 bytes, got from the controller, never from the receipt. Raises nothing.
    """
    faults = shape_faults(document)
    if faults or not isinstance(document, dict):
        return ReceiptVerdict(False, faults)
    reasons = (*_proof_faults(document, public_key.strip()), *consistency_faults(document))
    return ReceiptVerdict(not reasons, reasons)


def read_receipt(text: str | bytes) -> dict[str, Any]:
    """
    The receipt that a file holds. Raises ReceiptUnreadable.

    A name given twice is refused: two readers could see two receipts.
    """
    try:
        found = json.loads(text, object_pairs_hook=_once_each, parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ReceiptUnreadable("not_a_receipt_as_json")
    return found


def _proof_faults(document: dict[str, Any], public_key: str) -> tuple[str, ...]:
    proof = dict(document["proof"])
    signature = proof.pop("signature")
    if (proof.get("type"), proof.get("algorithm")) != (terms.DOMAIN, terms.ALGORITHM):
        return ("proof: of another kind",)
    if proof.get("key") != key_name(public_key):
        return ("proof/key: signed with another key",)
    signed = {**document, "proof": proof}
    return () if _signed(signed, signature, public_key) else ("signature: does not fit the receipt",)


def _signed(document: dict[str, Any], signature: str, public_key: str) -> bool:
    try:
        return is_signed(terms.DOMAIN, document, signature, public_key)
    except RecursionError:
        return False


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name is given twice")
    return found


def _refuse(_text: str) -> Any:
    raise ValueError("receipts hold whole numbers only")
