"""
Whether a receipt fits itself: what it says in two places is the same, and what it counts adds up.

Pure; takes a receipt that has all required fields. Instants are not compared with the order of the chain:
clocks are set back, chains are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from consent_store.canonical import sha256_hex
from consent_store.clock import from_text
from consent_store.receipts import vocabulary as terms
from consent_store.receipts.naming import record_id

_AFTER_A_YES = ("given", "expired", "invalidated")

Fields = dict[str, Any]


def consistency_faults(receipt: Fields) -> tuple[str, ...]:
    """What does not fit, by its place. Empty when everything does."""
    return (*_of_receipt(receipt), *_of_records(receipt))


def _of_receipt(receipt: Fields) -> Iterator[str]:
    if receipt["@context"] != terms.CONTEXT:
        yield "@context: words of another meaning"
    if receipt["@type"] != "ConsentReceipt":
        yield "@type: not a receipt"
    if receipt["schema_version"] != terms.SCHEMA_VERSION:
        yield "schema_version: another one"
    names = [record["record_id"] for record in receipt["records"]]
    if len(set(names)) < len(names):
        yield "records: one is there twice"


def _of_records(receipt: Fields) -> Iterator[str]:
    for number, record in enumerate(receipt["records"]):
        for fault in (
            *_of_record(record, receipt),
            *_of_standing(record, receipt),
            *_of_chain(record, receipt),
        ):
            yield f"records/{number}/{fault}"


def _of_record(record: Fields, receipt: Fields) -> Iterator[str]:
    if (record["@type"], record["schema_version"]) != ("ConsentRecord", terms.SCHEMA_VERSION):
        yield "@type: not a record of this schema"
    if record["pii_principal_id"] != receipt["pii_principal_id"]:
        yield "pii_principal_id: another person"
    notice = record["privacy_notice"]
    if notice["text_hash"] != sha256_hex(notice["text"].encode(errors="replace")):
        yield "privacy_notice/text_hash: not that of the text"
    if record["record_id"] not in _record_ids(record):
        yield "record_id: not that of this person, purpose and item"


def _record_ids(record: Fields) -> set[str]:
    about = record["purpose"]["purpose_id"]
    return {
        record_id(record["pii_principal_id"], party["party_id"], about, information["pii_attribute_id"])
        for party in record["pii_controllers"]
        for information in record["pii_information"]
    }


def _of_standing(record: Fields, receipt: Fields) -> Iterator[str]:
    last = record["events"][-1]
    known = {event["event_state"] for event in record["events"]} | {record["state"]}
    if not known <= set(terms.STATES):
        yield "state: unknown"
    elif record["state"] not in (_AFTER_A_YES if last["event_state"] == "given" else (last["event_state"],)):
        yield "state: not what was decided last"
    if record["state"] == "given" and _is_over(last["validity_duration"], receipt["issued_at"]):
        yield "state: given, but its term is over"
    people = {record["pii_principal_id"], *(party["party_id"] for party in record["pii_controllers"])}
    if not {event["entity_id"] for event in record["events"]} <= people:
        yield "events: by somebody else"


def _is_over(validity: Fields, issued_at: str) -> bool:
    try:
        return "until" in validity and from_text(validity["until"]) <= from_text(issued_at)
    except (TypeError, ValueError):
        return True


def _of_chain(record: Fields, receipt: Fields) -> Iterator[str]:
    head, events = receipt["witness"], record["events"]
    if any(event["seq"] < 1 for event in events):
        yield "events: at no place of the chain"
    if any(
        earlier["seq"] >= later["seq"]
        for earlier, later in pairwise(events)
        if earlier["chain_id"] == later["chain_id"]
    ):
        yield "events: not in the order of the chain"
    for event in events:
        if event["chain_id"] != head["chain_id"] or event["seq"] < head["size"]:
            continue
        if event["seq"] > head["size"]:
            yield "events: beyond the head of the chain"
        elif event["entry_hash"] != head["entry_hash"]:
            yield "events: not the head of the chain"
