"""The certificate of an erasure says what went, names nobody, and never claims more than was read again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from consent_store import ConsentStore, StoreUnavailable, is_certificate
from consent_store.signing import Signer
from consent_store.sql import erasing
from tests.contract import raw
from tests.contract.linker import Linker
from tests.unit.consent_store.kit import BALANCE, RATE, FakeNotice, Person

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "certificate.schema.json").read_text())
SIGNER = Signer(b"s" * 32)
KEY = SIGNER.public_key


@pytest.fixture
def known(store: ConsentStore, person: Person) -> Person:
    """Someone with decisions and values."""
    store.register_controller(
        "harbour_bank", name="Harbour Bank", address="1 Quay", contact="dpo@example.org"
    )
    person.allow_and_tell()
    person.remembers()
    person.refuse(FakeNotice(item=RATE))
    return person


def erased(store: ConsentStore, person_id: str = "person-a"):
    """Forget the person, with a certificate that follows its schema."""
    certificate = store.erase_with_certificate(person_id, SIGNER, "harbour_bank")
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(certificate.document)))
    return certificate


def test_it_lists_what_was_erased_and_that_it_was_read_again(store: ConsentStore, known: Person):
    document = erased(store).document
    rows = {one["table"]: one["rows"] for one in document["erased"]}
    assert (rows["personal_data"], rows["event_detail"], rows["person_key"]) == (2, 3, 1)
    assert rows.keys() == erasing.covered()
    assert (document["verified"], document["rows_still_found"], document["faults_in_the_ledger"]) == (
        True,
        0,
        0,
    )
    assert document["controller"]["name"] == "Harbour Bank"


def test_its_places_are_those_of_the_ledger(database_url: str, store: ConsentStore, known: Person):
    (place,) = erased(store).document["ledger"]
    assert place["erased_entries"] == [1, 2, 3]
    (entry,) = raw.rows(
        database_url, "SELECT entry_hash FROM consent_event WHERE seq = :seq", seq=place["erasure_entry"]
    )
    assert bytes(entry["entry_hash"]).hex() == place["erasure_hash"]


def test_it_names_nobody_and_tells_nothing(store: ConsentStore, known: Person):
    Linker(store, "person-b").try_code(store.start_link("person-a"))
    text = json.dumps(erased(store).document)
    for secret in ("person-a", "person-b", "1200.50", BALANCE, RATE, "Allow", "no, thanks"):
        assert secret not in text


def test_two_certificates_share_no_id(store: ConsentStore, known: Person):
    assert erased(store).certificate_id != erased(store).certificate_id


def test_anybody_with_the_public_key_can_check_it(store: ConsentStore, known: Person):
    document = json.loads(json.dumps(erased(store).document))
    assert is_certificate(document, KEY)
    assert not is_certificate(document, Signer(b"t" * 32).public_key)
    assert not is_certificate({**document, "verified": False}, KEY)
    assert not is_certificate({**document, "more": 1}, KEY)
    assert not is_certificate({}, KEY)


def test_a_certificate_for_a_stranger_says_that_nothing_was_there(store: ConsentStore):
    document = erased(store, "stranger").document
    assert (document["anything_erased"], document["ledger"], document["verified"]) == (False, [], True)


def test_what_cannot_be_read_again_is_not_verified(
    store: ConsentStore, known: Person, monkeypatch: pytest.MonkeyPatch
):
    def gone(*_: object) -> int:
        raise StoreUnavailable("gone")

    monkeypatch.setattr(erasing, "count_left", gone)
    certificate = erased(store)
    assert not certificate.verified
    assert (certificate.document["rows_still_found"], certificate.document["read_again_at"]) == (None, None)
    assert is_certificate(certificate.document, KEY)


def test_a_deletion_that_did_not_happen_is_not_verified(
    store: ConsentStore, known: Person, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(erasing, "delete_person", lambda *_: {"personal_data": 2})
    certificate = erased(store)
    assert not certificate.verified
    assert certificate.document["rows_still_found"] > 0


def test_a_broken_chain_is_not_verified(database_url: str, store: ConsentStore, known: Person):
    raw.tamper(database_url, "UPDATE consent_event SET commitment = prev_hash WHERE seq = 1")
    certificate = erased(store)
    assert not certificate.verified
    assert certificate.document["faults_in_the_ledger"] > 0


def test_a_linked_persons_certificate_covers_all_chains(store: ConsentStore, known: Person):
    Linker(store, "person-b").try_code(store.start_link("person-a"))
    document = erased(store, "person-b").document
    assert document["verified"]
    assert sum(len(place["erased_entries"]) for place in document["ledger"]) == next(
        one["rows"] for one in document["erased"] if one["table"] == "event_detail"
    )
