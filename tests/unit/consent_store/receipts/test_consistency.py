"""What a careless or lying issuer could sign, and what of it does not fit the rest of the receipt."""

from __future__ import annotations

from typing import Any

import pytest

from consent_store.receipts import verify_receipt
from tests.unit.consent_store.receipts.samples import SIGNER, signed_again


def record(document: dict[str, Any], state: str) -> dict[str, Any]:
    return next(one for one in document["records"] if one["state"] == state)


def change(document: dict[str, Any], state: str, path: str, value: object) -> None:
    content: Any = record(document, state)
    *way, last = path.split("/")
    for name in way:
        content = content[int(name) if isinstance(content, list) else name]
    content[int(last) if isinstance(content, list) else last] = value


def reasons(document: dict[str, Any]) -> tuple[str, ...]:
    return verify_receipt(signed_again(document), SIGNER.public_key).reasons


@pytest.mark.parametrize(
    ("state", "path", "value", "reason"),
    [
        ("refused", "state", "given", "state: not what was decided last"),
        ("withdrawn", "state", "given", "state: not what was decided last"),
        ("given", "state", "refused", "state: not what was decided last"),
        ("given", "events/0/event_state", "sold", "state: unknown"),
        ("refused", "pii_principal_id", "person-b", "pii_principal_id: another person"),
        (
            "refused",
            "privacy_notice/text",
            "May we sell it?",
            "privacy_notice/text_hash: not that of the text",
        ),
        (
            "refused",
            "purpose/purpose_id",
            "marketing",
            "record_id: not that of this person, purpose and item",
        ),
        ("refused", "events/0/entity_id", "somebody", "events: by somebody else"),
        ("refused", "events/0/seq", 0, "events: at no place of the chain"),
        ("refused", "events/0/seq", 1000, "events: beyond the head of the chain"),
        ("withdrawn", "events/1/entry_hash", "00" * 32, "events: not the head of the chain"),
        ("withdrawn", "events/1/seq", 1, "events: not in the order of the chain"),
        ("refused", "schema_version", "other", "@type: not a record of this schema"),
    ],
)
def test_what_does_not_fit_is_named(
    document: dict[str, Any], state: str, path: str, value: object, reason: str
) -> None:
    change(document, state, path, value)
    assert any(found.endswith(f"/{reason}") for found in reasons(document)), reasons(document)


@pytest.mark.parametrize("until", ["2026-05-03T10:02:00.000000Z", "soon", 5])
def test_a_yes_whose_term_is_over_is_no_yes(document: dict[str, Any], until: object) -> None:
    change(document, "given", "events/0/validity_duration/until", until)
    assert any("its term is over" in reason for reason in reasons(document))


def test_a_yes_whose_term_lasts_is_one(document: dict[str, Any]) -> None:
    change(document, "given", "events/0/validity_duration/until", "2026-05-03T10:02:00.000001Z")
    assert reasons(document) == ()


def test_a_record_twice_is_found(document: dict[str, Any]) -> None:
    document["records"].append(document["records"][0])
    assert reasons(document) == ("records: one is there twice",)


def test_words_of_another_meaning_are_found(document: dict[str, Any]) -> None:
    document["@context"] = {**document["@context"], "refused": "dpv:ConsentGiven"}
    assert reasons(document) == ("@context: words of another meaning",)


@pytest.mark.parametrize(("name", "value"), [("@type", "Gift"), ("schema_version", "0")])
def test_another_kind_of_document_is_found(document: dict[str, Any], name: str, value: str) -> None:
    document[name] = value
    assert len(reasons(document)) == 1
