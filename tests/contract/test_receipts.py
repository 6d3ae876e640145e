"""Receipts on a real store: every field of the standard, the truth at that moment, everybody a witness."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from consent_store import ConsentStore
from consent_store.receipts import document_hash, verify_receipt
from tests.contract import raw
from tests.contract.linker import Linker
from tests.unit.consent_store.kit import BALANCE, DEBT, RATE, START, FakeClock, FakeNotice, Person, remember
from tests.unit.consent_store.receipts.samples import (
    DATE,
    FACTS,
    PERSON,
    SIGNER,
    decide_in_every_way,
    issue,
)

FIELDS = yaml.safe_load(
    (Path(__file__).parents[1] / "unit/consent_store/receipts/iso_27560_fields.yml").read_text()
)
EVERY_STATE = {"given", "refused", "withdrawn", "deferred", "expired"}


@pytest.fixture
def document(store: ConsentStore, clock: FakeClock) -> dict[str, Any]:
    """A receipt with decisions in every state."""
    decide_in_every_way(store, clock)
    return issue(store)


def record_of(document: dict[str, Any], item: str, purpose: str = DEBT) -> dict[str, Any]:
    (found,) = (
        one
        for one in document["records"]
        if (one["purpose"]["purpose_id"], one["pii_information"][0]["pii_attribute_id"]) == (purpose, item)
    )
    return found


def at(content: Any, path: str) -> Any:
    for name in path.split("/"):
        content = content.get(name) if isinstance(content, dict) else None
    return content


def lacking(content: dict[str, Any], fields: dict[str, Any], *, mandatory: bool) -> Iterator[str]:
    for name, field in fields.items():
        known = "path" in field and (at(content, field["path"]) not in (None, "", [], {}))
        if field["mandatory"] == mandatory and ("path" in field or mandatory) and not known:
            yield name


@pytest.mark.parametrize("mandatory", [True, False], ids=["mandatory", "optional"])
def test_every_field_of_the_standard_is_there_in_every_state(document: dict[str, Any], mandatory: bool):
    assert {record["state"] for record in document["records"]} == EVERY_STATE
    for record in document["records"]:
        assert not list(lacking(record, FIELDS["record"], mandatory=mandatory)), record["state"]
        for part in ("pii_information", "pii_controllers", "events"):
            for one in record[part]:
                assert not list(lacking(one, FIELDS[part], mandatory=mandatory)), (record["state"], part)


def test_the_receipt_is_verified_with_the_public_key_and_witnessed_by_the_ledger(
    store: ConsentStore, document: dict[str, Any]
):
    assert verify_receipt(document, SIGNER.public_key).reasons == ()
    assert store.witnessed(document)
    assert verify_receipt(json.loads(json.dumps(document)), SIGNER.public_key).ok


def test_it_says_what_was_decided_when_and_by_whom(document: dict[str, Any]):
    withdrawn = record_of(document, BALANCE, f"{DEBT}.remember")
    assert [(one["event_state"], one["entity_id"]) for one in withdrawn["events"]] == [
        ("given", PERSON),
        ("withdrawn", PERSON),
    ]
    ended = record_of(document, DATE, "card_delivery")["events"][-1]
    assert (ended["event_state"], ended["entity_id"]) == ("expired", "harbour_bank")
    refused = record_of(document, RATE)["events"][0]
    assert (refused["event_time"], refused["channel"]) == ("2026-05-03T10:01:00.000000Z", "widget")


def test_it_carries_the_words_that_were_shown(document: dict[str, Any]):
    notice = record_of(document, BALANCE)["privacy_notice"]
    assert (notice["text"], notice["text_hash"]) == (FakeNotice().text, FakeNotice().text_hash)
    assert notice["shown_hash"] == notice["text_hash"]


def test_how_long_a_decision_holds_is_said(document: dict[str, Any]):
    held = {record["state"]: record["events"][0]["validity_duration"] for record in document["records"]}
    assert held["given"] == {"duration_type": "dpv:UntilEventDuration", "text": "for this help only"}
    assert held["deferred"]["text"] == FACTS.until_help_ends
    assert held["refused"]["text"] == FACTS.until_changed
    assert held["withdrawn"]["until"] == "2026-10-30T10:01:00.000000Z"


def test_the_head_of_the_chain_is_on_it(database_url: str, document: dict[str, Any]):
    witness = document["witness"]
    (head,) = raw.rows(database_url, "SELECT * FROM chain_head WHERE size > 0")
    assert witness == {
        "chain_id": head["chain_id"],
        "size": head["size"],
        "entry_hash": bytes(head["head_hash"]).hex(),
    }


def test_no_value_and_no_word_of_the_person_is_on_it(store: ConsentStore, person: Person):
    assert person.answer(person.ask(), words="sure, says Ottilie").status == "given"
    person.tell("98765.43")
    text = json.dumps(issue(store))
    assert "98765" not in text
    assert "Ottilie" not in text


def test_nobody_else_is_on_it(store: ConsentStore, person: Person):
    person.allow()
    other = Person(store, "person-b")
    other.begin()
    other.refuse()
    assert "person-b" not in json.dumps(issue(store))
    assert {one["state"] for one in issue(store, "person-b")["records"]} == {"refused"}


def test_without_a_decision_there_is_none(database_url: str, store: ConsentStore, person: Person):
    person.ask()
    assert store.issue_receipt(PERSON, SIGNER, FACTS) is None
    assert store.issue_receipt("stranger", SIGNER, FACTS) is None
    assert raw.count(database_url, "receipt") == 0


def test_a_silent_help_no_longer_counts_as_given_though_nothing_swept_it(
    store: ConsentStore, person: Person, clock: FakeClock
):
    person.allow()
    assert issue(store)["records"][0]["state"] == "given"
    clock.turn(minutes=31)
    document = issue(store)
    assert document["records"][0]["state"] == "expired"
    assert verify_receipt(document, SIGNER.public_key).ok


def test_a_term_that_is_over_no_longer_counts_as_given(store: ConsentStore, person: Person, clock: FakeClock):
    person.allow(remember())
    assert issue(store)["records"][0]["state"] == "given"
    clock.turn(days=180)
    document = issue(store)
    assert document["records"][0]["state"] == "expired"
    assert verify_receipt(document, SIGNER.public_key).ok


def test_a_material_change_of_the_notice_invalidates_and_the_old_words_stay_on_the_receipt(
    store: ConsentStore, person: Person
):
    person.allow()
    store.register_notices([FakeNotice(version=2, said="May we?", recipients_text="a partner")])
    (record,) = issue(store)["records"]
    assert (record["state"], record["recipient_third_parties"]) == ("invalidated", "nobody else")
    assert record["privacy_notice"]["text"] == FakeNotice().text
    assert verify_receipt(issue(store), SIGNER.public_key).ok


def test_wanting_to_be_asked_again_is_on_it(store: ConsentStore, person: Person):
    person.refuse()
    store.reopen(PERSON, DEBT, BALANCE)
    document = issue(store)
    assert document["records"][0]["state"] == "unasked"
    assert verify_receipt(document, SIGNER.public_key).ok


def test_a_clock_that_goes_backwards_makes_no_receipt_look_false(
    store: ConsentStore, person: Person, clock: FakeClock
):
    person.allow()
    clock.now = START.replace(year=2025)
    store.withdraw(PERSON)
    assert verify_receipt(issue(store), SIGNER.public_key).reasons == ()


def test_a_former_controller_keeps_its_name(store: ConsentStore, person: Person):
    store.register_controller("old_bank", name="Old Bank", address="Cork", contact="old@bank.example")
    person.allow(FakeNotice(controller_id="old_bank"))
    document = issue(store)
    (party,) = document["records"][0]["pii_controllers"]
    assert (party["party_id"], party["party_name"], party["party_address"]) == (
        "old_bank",
        "Old Bank",
        "Cork",
    )
    assert document["issuer"]["party_name"] == "Harbour Bank"
    assert verify_receipt(document, SIGNER.public_key).ok


def test_linked_identities_have_one_receipt_in_the_name_of_the_one_that_stands_for_them(
    store: ConsentStore, person: Person, clock: FakeClock
):
    person.refuse(FakeNotice(item=RATE))
    other = Person(store, "person-b", "rest")
    other.begin()
    clock.turn(minutes=1)
    assert other.allow(remember()).status == "given"
    assert Linker(store, "person-b").try_code(store.start_link(PERSON)).linked
    document = issue(store, "person-b")
    assert document["pii_principal_id"] == PERSON
    assert "person-b" not in json.dumps(document)
    assert record_of(document, BALANCE, f"{DEBT}.remember")["state"] == "given"
    assert record_of(document, RATE)["state"] == "refused"
    assert verify_receipt(document, SIGNER.public_key).reasons == ()
    assert store.witnessed(document)
    assert store.receipts_issued(PERSON) == store.receipts_issued("person-b") != ()


def test_what_ended_because_nothing_may_be_asked_is_ended(store: ConsentStore, person: Person):
    person.allow()
    store.set_minor(PERSON)
    document = issue(store)
    assert document["records"][0]["state"] == "expired"
    assert verify_receipt(document, SIGNER.public_key).ok


def test_that_it_was_issued_is_noted_but_not_what_it_says(
    database_url: str, store: ConsentStore, person: Person
):
    person.allow()
    document = issue(store)
    (issued,) = store.receipts_issued(PERSON)
    assert (issued.receipt_id, issued.issued_at) == (document["receipt_id"], START)
    assert issued.document_hash == document_hash(document)
    assert set(raw.rows(database_url, "SELECT * FROM receipt")[0]) == {
        "receipt_id", "person_id", "issued_at", "document_hash"
    }  # fmt: skip


def test_issuing_decides_nothing(database_url: str, store: ConsentStore, person: Person):
    person.allow_and_tell()
    entries = raw.count(database_url, "consent_event")
    assert issue(store)["receipt_id"] != issue(store)["receipt_id"]
    assert raw.count(database_url, "consent_event") == entries
    assert store.verify_ledger().ok


def test_after_erasure_it_is_forgotten_here_and_still_witnessed(
    database_url: str, store: ConsentStore, document: dict[str, Any]
):
    store.erase(PERSON)
    assert store.receipts_issued(PERSON) == ()
    assert raw.count(database_url, "receipt") == 0
    assert store.witnessed(document)
    assert verify_receipt(document, SIGNER.public_key).ok


def test_it_stays_witnessed_while_the_chain_grows(store: ConsentStore, document: dict[str, Any]):
    store.withdraw(PERSON)
    assert store.witnessed(document)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM consent_event WHERE seq = (SELECT max(seq) FROM consent_event)",
        "DELETE FROM consent_event WHERE seq = 2",
        "UPDATE consent_event SET entry_hash = prev_hash WHERE seq = 2",
        "UPDATE consent_event SET seq = 1000 WHERE seq = (SELECT max(seq) FROM consent_event)",
    ],
    ids=["tail cut off", "entry removed", "hash changed", "head moved"],
)
def test_a_ledger_that_was_changed_afterwards_is_not_what_the_receipt_witnesses(
    database_url: str, store: ConsentStore, document: dict[str, Any], statement: str
):
    raw.tamper(database_url, statement)
    assert not store.witnessed(document)


def test_another_ledger_does_not_witness_it(store: ConsentStore, document: dict[str, Any]):
    assert not store.witnessed({**document, "witness": {**document["witness"], "entry_hash": "00" * 32}})
    assert not store.witnessed({**document, "witness": {**document["witness"], "size": 2**70}})
    assert not store.witnessed({**document, "witness": {**document["witness"], "size": 0}})


@pytest.mark.parametrize("document", [None, [], {}, "text", {"witness": {}}])
def test_what_is_no_receipt_is_not_witnessed(store: ConsentStore, document: object):
    assert not store.witnessed(document)
