"""
Which fields a receipt must have: the mandatory ones of ISO/IEC TS 27560:2023, and those that prove it.

Says what is missing, empty or of another kind; it never says whether what is there is true.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from consent_store.clock import from_text

_PARTY: dict[str, Any] = {
    "party_id": str,
    "party_name": str,
    "party_address": str,
    "party_contact": str,
    "party_type": str,
}
_NOTICE: dict[str, Any] = {"notice_id": str, "notice_version": int, "text": str, "text_hash": str}
_EVENT: dict[str, Any] = {
    "event_time": datetime,
    "event_type": str,
    "event_state": str,
    "entity_id": str,
    "validity_duration": {"duration_type": str, "text": str},
    "chain_id": str,
    "seq": int,
    "entry_hash": str,
}
_RECORD: dict[str, Any] = {
    "@type": str,
    "schema_version": str,
    "record_id": str,
    "pii_principal_id": str,
    "privacy_notice": _NOTICE,
    "language": str,
    "purpose": {"purpose_id": str, "text": str, "purpose_type": str},
    "lawful_basis": str,
    "pii_information": [{"pii_type": str, "pii_attribute_id": str}],
    "pii_controllers": [_PARTY],
    "storage_locations": [str],
    "retention_period": {"text": str, "retention_days": int},
    "jurisdiction": str,
    "recipient_third_parties": str,
    "withdrawal_method": str,
    "state": str,
    "events": [_EVENT],
}
_RECEIPT: dict[str, Any] = {
    "@context": {},
    "@type": str,
    "schema_version": str,
    "receipt_id": str,
    "issued_at": datetime,
    "language": str,
    "pii_principal_id": str,
    "issuer": _PARTY,
    "records": [_RECORD],
    "witness": {"chain_id": str, "size": int, "entry_hash": str},
    "proof": {"type": str, "algorithm": str, "key": str, "signature": str},
}


def shape_faults(document: object) -> tuple[str, ...]:
    """What is missing, empty or of another kind in a receipt, by its place: "records/0/purpose: missing"."""
    return tuple(_faults(_RECEIPT, document, ""))


def _faults(wanted: Any, found: object, place: str) -> Iterator[str]:
    if isinstance(wanted, dict):
        yield from _of_object(wanted, found, place)
    elif isinstance(wanted, list):
        yield from _of_list(wanted[0], found, place)
    elif wanted is datetime:
        yield from () if _is_instant(found) else (f"{place}: not an instant",)
    elif type(found) is not wanted:
        yield f"{place}: not a {wanted.__name__}"
    elif isinstance(found, str) and not found.strip():
        yield f"{place}: empty"


def _of_object(wanted: dict[str, Any], found: object, place: str) -> Iterator[str]:
    if not isinstance(found, dict):
        yield f"{place or 'receipt'}: not an object"
        return
    for name, inner in wanted.items():
        below = f"{place}/{name}".lstrip("/")
        if name in found:
            yield from _faults(inner, found[name], below)
        else:
            yield f"{below}: missing"


def _of_list(wanted: Any, found: object, place: str) -> Iterator[str]:
    if not isinstance(found, list):
        yield f"{place}: not a list"
        return
    if not found:
        yield f"{place}: empty"
    for number, one in enumerate(found):
        yield from _faults(wanted, one, f"{place}/{number}")


def _is_instant(found: object) -> bool:
    try:
        return isinstance(found, str) and from_text(found) is not None
    except ValueError:
        return False
