"""The export holds everything that is kept about a person, in a form that is written down."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from consent_store import ConsentMissing, ConsentStore, StoreKeys
from consent_store.sql import dossier, erasing
from tests.contract import raw
from tests.contract.linker import Linker
from tests.contract.talker import Talker
from tests.unit.consent_store.kit import BALANCE, DEBT, RATE, FakeClock, FakeNotice, Person

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "export.schema.json").read_text())
KEEP = f"{DEBT}.remember"


def follows_the_schema(document: object) -> bool:
    """Raises with the place if not; the document must also survive being written and read."""
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(json.loads(json.dumps(document)))
    return True


@pytest.fixture
def known(store: ConsentStore, person: Person) -> Person:
    """Someone about whom there is something of each kind."""
    store.register_controller(
        "harbour_bank", name="Harbour Bank", address="1 Quay", contact="dpo@example.org"
    )
    person.allow_and_tell("1200.50")
    person.remembers()
    person.refuse(FakeNotice(item=RATE))
    person.release()
    store.record_hand_over("person-a", "widget", DEBT)
    store.record_feedback(person.session.help_id, helped=True)
    return person


def test_a_full_export_follows_the_documented_schema(
    database_url: str, store: ConsentStore, known: Person, keys: StoreKeys, clock: FakeClock
):
    Talker(database_url, keys, clock).says("I owe 1,200")
    store.withdraw("person-a", item=BALANCE)
    assert Linker(store, "person-b").try_code(store.start_link("person-a")).linked
    store.export("person-a")
    document = store.export("person-a")
    assert follows_the_schema(document)
    assert {name for name, part in document.items() if part == []} <= {"values", "receipts"}


def test_a_stranger_gets_an_empty_export_and_stays_one(database_url: str, store: ConsentStore):
    document = store.export("stranger")
    assert follows_the_schema(document)
    assert (document["decisions"], document["values"], document["rights_used"]) == ([], [], [])
    assert raw.count(database_url, "rights_note") == 0


def test_values_and_words_are_readable(store: ConsentStore, known: Person):
    document = store.export("person-a")
    values = {(one["purpose"]["id"], one["item"]["id"]): one["value"] for one in document["values"]}
    assert values == {(DEBT, BALANCE): "1200.50", (KEEP, BALANCE): "1200.50"}
    words = [step["answer"]["words"] for one in document["decisions"] for step in one["history"]]
    assert words == ["Allow", "no, thanks", "Allow"]


def test_items_and_purposes_have_plain_names(store: ConsentStore, known: Person):
    (first, *_) = store.export("person-a")["decisions"]
    assert first["item"] == {"id": BALANCE, "name": "what you still owe"}
    assert first["purpose"]["name"] == "work out how soon your debt could be paid off"
    (first, *_) = store.export("person-a", names={BALANCE: "Your debt", DEBT: "Paying off"})["decisions"]
    assert (first["item"]["name"], first["purpose"]["name"]) == ("Your debt", "Paying off")


def test_the_history_says_what_happened_in_order(store: ConsentStore, known: Person, clock: FakeClock):
    clock.turn(minutes=1)
    store.withdraw("person-a", purpose=DEBT)
    (decision, *_) = store.export("person-a")["decisions"]
    assert decision["status"] == "withdrawn"
    assert [step["happened"] for step in decision["history"]] == ["answered", "withdrawn"]
    assert [step["at"] for step in decision["history"]] == [
        "2026-05-03T10:00:00.000000Z",
        "2026-05-03T10:01:00.000000Z",
    ]


def test_the_exact_words_that_were_shown_are_in_it(store: ConsentStore, known: Person):
    shown = [one["shown_text"] for one in store.export("person-a")["requests"]]
    assert shown[0] == FakeNotice().text


def test_an_export_is_noted_and_says_so_in_the_next_one(store: ConsentStore, known: Person):
    store.export("person-a")
    (note,) = store.export("person-a")["rights_used"]
    assert note["right"] == "exported"


def test_a_linked_identity_exports_the_whole_person(store: ConsentStore, known: Person):
    Linker(store, "person-b").try_code(store.start_link("person-a"))
    document = store.export("person-b")
    assert document["person"]["id"] == "person-a"
    assert document["person"]["linked_ids"] == ["person-b"]
    assert len(document["values"]) == 2


def test_nothing_of_another_person_is_in_it(store: ConsentStore, known: Person):
    other = Person(store, "person-b")
    other.begin()
    other.allow_and_tell("777")
    assert "777" not in json.dumps(store.export("person-a"))


def test_every_table_about_a_person_is_exported_or_says_why_not():
    named = set(dossier.EXPORTED) | set(dossier.NOT_EXPORTED)
    assert erasing.covered() <= named
    assert not set(dossier.EXPORTED) & set(dossier.NOT_EXPORTED)


def test_what_cannot_be_opened_is_said_and_does_not_stop_the_rest(
    database_url: str, store: ConsentStore, known: Person
):
    raw.tamper(database_url, "UPDATE personal_data SET record_id = 'other' WHERE purpose = :p", p=DEBT)
    values = [one["value"] for one in store.export("person-a")["values"]]
    assert sorted(values, key=str) == ["1200.50", None]


def test_a_corrected_value_is_used_from_then_on_and_the_old_ciphertext_is_gone(
    database_url: str, store: ConsentStore, known: Person
):
    query = "SELECT sealed, expires_at FROM personal_data WHERE purpose = :p"
    (before,) = raw.rows(database_url, query, p=KEEP)
    store.rectify("person-a", KEEP, BALANCE, "900")
    (after,) = raw.rows(database_url, query, p=KEEP)
    assert before["sealed"] != after["sealed"]
    assert before["expires_at"] == after["expires_at"]
    assert known.release((KEEP, BALANCE)).values == {BALANCE: "900"}
    assert known.release((DEBT, BALANCE)).values == {BALANCE: "1200.50"}
    (note,) = store.export("person-a")["rights_used"]
    assert (note["right"], note["item"]["id"]) == ("rectified", BALANCE)
    assert store.verify_ledger().ok


def test_a_value_of_this_help_is_corrected_in_this_help_only(store: ConsentStore, known: Person):
    store.rectify("person-a", DEBT, BALANCE, "900")
    assert known.release().values == {BALANCE: "900"}
    store.end_help("person-a", "done")
    with pytest.raises(ConsentMissing):
        store.rectify("person-a", DEBT, BALANCE, "800")


def test_correcting_needs_the_decision_and_the_value(store: ConsentStore, known: Person, clock: FakeClock):
    with pytest.raises(ConsentMissing, match="refused"):
        store.rectify("person-a", DEBT, RATE, "1")
    assert known.allow(FakeNotice(item="monthly_payment_eur")).status == "given"
    with pytest.raises(ConsentMissing, match="no_value"):
        store.rectify("person-a", DEBT, "monthly_payment_eur", "1")
    with pytest.raises(ConsentMissing, match="unasked"):
        store.rectify("stranger", DEBT, RATE, "1")
    clock.turn(days=180)
    with pytest.raises(ConsentMissing, match="expired"):
        store.rectify("person-a", KEEP, BALANCE, "1")


def test_correcting_prolongs_nothing(store: ConsentStore, known: Person, clock: FakeClock):
    clock.turn(days=100)
    store.sweep()
    store.rectify("person-a", KEEP, BALANCE, "900")
    (one,) = store.export("person-a")["values"]
    assert (one["value"], one["kept_until"]) == ("900", "2026-10-30T10:00:00.000000Z")
