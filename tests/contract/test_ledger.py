"""The ledger is append-only, never forks, and shows where it was tampered with."""

from __future__ import annotations

import pytest

from consent_store import ConsentStore
from consent_store.ledger import chain_of
from tests.contract import raw
from tests.unit.consent_store.kit import BALANCE, DEBT, RATE, FakeClock, FakeNotice, Person, remember

CHAIN = chain_of("person-a")


@pytest.fixture
def long_chain(store: ConsentStore, person: Person) -> Person:
    """Five entries in one chain: given, refused, given to remember, withdrawn twice."""
    person.allow_and_tell()
    person.refuse(FakeNotice(item=RATE))
    person.allow(remember())
    store.withdraw("person-a")
    return person


def faults(store: ConsentStore) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for fault in store.verify_ledger().faults:
        found.setdefault(fault.place, set()).add(fault.reason)
    return found


def test_a_ledger_that_nobody_touched_verifies(store: ConsentStore, long_chain: Person):
    result = store.verify_ledger()
    assert (result.ok, result.faults, result.entries) == (True, (), 5)


def test_every_change_of_a_decision_has_its_entry(
    database_url: str, store: ConsentStore, person: Person, clock: FakeClock
):
    steps = [person.allow_and_tell, lambda: store.withdraw("person-a")]
    steps += [lambda: store.reopen("person-a", DEBT, BALANCE), person.allow, person.begin]
    for number, step in enumerate(steps, 1):
        step()
        assert raw.count(database_url, "consent_event") == min(number, 5)
    bodies = raw.rows(database_url, "SELECT body FROM event_detail ORDER BY seq")
    kinds = [row["body"].split('"kind":"')[1].split('"')[0] for row in bodies]
    assert kinds == ["answered", "withdrawn", "reopened", "answered", "help_ended"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE consent_event SET commitment = prev_hash",
        "DELETE FROM consent_event WHERE seq = 5",
        (
            "INSERT OR REPLACE INTO consent_event SELECT chain_id, seq, prev_hash, prev_hash, entry_hash "
            "FROM consent_event WHERE seq = 2"
        ),
        (
            "INSERT OR REPLACE INTO consent_event SELECT chain_id, 9, prev_hash, prev_hash, entry_hash "
            "FROM consent_event WHERE seq = 2"
        ),
    ],
)
def test_the_database_refuses_to_change_the_ledger(database_url: str, long_chain: Person, statement: str):
    if "REPLACE" in statement and not database_url.startswith("sqlite"):
        pytest.skip("REPLACE is SQLite's")
    with pytest.raises(Exception, match="append-only"):
        raw.change(database_url, statement)


def test_the_database_refuses_a_fork(database_url: str, long_chain: Person):
    fork = (
        "INSERT INTO consent_event SELECT chain_id, 9, prev_hash, commitment, entry_hash "
        "FROM consent_event WHERE seq = 3"
    )
    with pytest.raises(Exception, match=r"(?i)(unique|append-only)"):
        raw.change(database_url, fork)
    with pytest.raises(Exception, match=r"(?i)unique"):
        raw.tamper(database_url, fork)


@pytest.mark.parametrize("column", ["prev_hash", "commitment", "entry_hash"])
@pytest.mark.parametrize("seq", [1, 3, 5])
def test_one_changed_hash_is_found_and_named(
    database_url: str, store: ConsentStore, long_chain: Person, column: str, seq: int
):
    raw.tamper(
        database_url, f"UPDATE consent_event SET {column} = :junk WHERE seq = :seq", junk=b"j" * 32, seq=seq
    )
    assert "entry_changed" in faults(store)[f"ledger chain {CHAIN} entry {seq}"]


@pytest.mark.parametrize(
    "assignment",
    [
        "salt = CAST('other-salt' AS BLOB)",
        "body = replace(body, 'refused', 'given')",
        "body = replace(body, 'yearly_rate_percent', 'debt_balance_eur')",
    ],
)
def test_a_changed_salt_or_body_is_found_and_named(
    database_url: str, store: ConsentStore, long_chain: Person, assignment: str
):
    if not database_url.startswith("sqlite"):
        assignment = assignment.replace("BLOB", "BYTEA")
    raw.tamper(database_url, f"UPDATE event_detail SET {assignment} WHERE seq = 2")
    assert faults(store)[f"ledger chain {CHAIN} entry 2"] == {"body_or_salt_changed"}


def test_exchanged_words_are_found_and_named(database_url: str, store: ConsentStore, long_chain: Person):
    raw.tamper(
        database_url,
        "UPDATE event_detail SET sealed_words = "
        "(SELECT sealed_words FROM event_detail WHERE seq = 1) WHERE seq = 2",
    )
    assert faults(store) == {f"ledger chain {CHAIN} entry 2": {"words_changed"}}


def test_a_removed_entry_is_found_and_named(database_url: str, store: ConsentStore, long_chain: Person):
    raw.tamper(
        database_url, "DELETE FROM event_detail WHERE seq = 3", "DELETE FROM consent_event WHERE seq = 3"
    )
    assert faults(store)[f"ledger chain {CHAIN} entry 4"] == {"entries_missing_after_2"}


def test_a_removed_end_is_found(database_url: str, store: ConsentStore, long_chain: Person):
    raw.tamper(
        database_url, "DELETE FROM event_detail WHERE seq = 5", "DELETE FROM consent_event WHERE seq = 5"
    )
    assert f"ledger chain {CHAIN} end" in faults(store)


def test_an_inserted_entry_is_found(database_url: str, store: ConsentStore, long_chain: Person):
    raw.tamper(
        database_url,
        "INSERT INTO consent_event SELECT chain_id, 6, entry_hash, commitment, prev_hash "
        "FROM consent_event WHERE seq = 5",
    )
    found = faults(store)
    assert found[f"ledger chain {CHAIN} entry 6"] == {"entry_changed", "body_missing_without_an_erasure"}
    assert f"ledger chain {CHAIN} end" in found


def test_exchanged_places_are_found_and_named(database_url: str, store: ConsentStore, long_chain: Person):
    raw.tamper(
        database_url,
        "UPDATE consent_event SET seq = 99 WHERE seq = 2",
        "UPDATE consent_event SET seq = 2 WHERE seq = 3",
        "UPDATE consent_event SET seq = 3 WHERE seq = 99",
    )
    found = faults(store)
    assert "does_not_follow_the_entry_before" in found[f"ledger chain {CHAIN} entry 2"]
    assert "does_not_follow_the_entry_before" in found[f"ledger chain {CHAIN} entry 3"]


def test_a_body_that_vanished_without_an_erasure_is_found(
    database_url: str, store: ConsentStore, long_chain: Person
):
    raw.tamper(database_url, "DELETE FROM event_detail WHERE seq = 2")
    assert faults(store)[f"ledger chain {CHAIN} entry 2"] == {"body_missing_without_an_erasure"}


def test_an_erasure_covers_the_entries_that_it_names_and_no_others(
    database_url: str, store: ConsentStore, long_chain: Person
):
    other = Person(store, "person-b")
    other.begin()
    other.allow()
    store.erase("person-b")
    raw.tamper(database_url, f"DELETE FROM event_detail WHERE seq = 2 AND chain_id = '{CHAIN}'")
    assert faults(store)[f"ledger chain {CHAIN} entry 2"] == {"body_missing_without_an_erasure"}


def test_a_chain_filed_under_another_person_is_found(
    database_url: str, store: ConsentStore, long_chain: Person
):
    raw.tamper(database_url, "UPDATE event_detail SET person_id = 'person-b' WHERE seq = 2")
    assert faults(store) == {f"ledger chain {CHAIN} entry 2": {"filed_under_another_person"}}


def test_a_changed_projection_is_found_and_can_be_rebuilt(
    database_url: str, store: ConsentStore, person: Person
):
    person.refuse()
    raw.change(
        database_url, "UPDATE consent_state SET status = 'given', help_id = :h", h=person.session.help_id
    )
    place = f"projection person-a harbour_bank {DEBT} {BALANCE}"
    assert faults(store) == {place: {"differs_from_the_ledger"}}
    assert store.rebuild_projection() == 1
    assert store.verify_ledger().ok
    assert person.status() == "refused"


def test_a_lost_or_invented_row_of_the_projection_is_found(
    database_url: str, store: ConsentStore, long_chain: Person
):
    before = raw.rows(database_url, "SELECT * FROM consent_state ORDER BY purpose, item")
    raw.change(
        database_url, "UPDATE consent_state SET item = 'income_eur' WHERE item = 'yearly_rate_percent'"
    )
    assert len(faults(store)) == 2
    store.rebuild_projection()
    assert raw.rows(database_url, "SELECT * FROM consent_state ORDER BY purpose, item") == before


@pytest.mark.parametrize(
    "assignment", ["text = 'other words'", "version = 7", "epoch = 7", "item = 'income_eur'", "body = '{}'"]
)
def test_a_changed_notice_is_found_and_named(
    database_url: str, store: ConsentStore, person: Person, assignment: str
):
    person.allow()
    (row,) = raw.rows(database_url, "SELECT notice_id FROM notice_version")
    raw.tamper(database_url, f"UPDATE notice_version SET {assignment}")
    found = faults(store)
    assert found.pop(f"notice {row['notice_id']}") == {"notice_changed"}
    in_force = f"notice in force {DEBT} {BALANCE} en"
    assert found == ({in_force: {"notice_of_another_key"}} if "item" in assignment else {})


@pytest.mark.parametrize(
    ("assignment", "reason"),
    [
        ("rendered_text = 'other words'", "shown_words_changed"),
        ("outcome = 'given'", "differs_from_the_ledger"),
        ("rendered_text = 'x', rendered_hash = :x_hash", "differs_from_the_ledger"),
    ],
)
def test_a_changed_request_is_found_and_named(
    database_url: str, store: ConsentStore, person: Person, assignment: str, reason: str
):
    request = person.ask()
    person.answer(request, "no", words="no")
    x_hash = {"x_hash": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}
    raw.change(
        database_url,
        f"UPDATE permission_request SET {assignment}",
        **(x_hash if ":x_hash" in assignment else {}),
    )
    assert faults(store) == {f"request {request.request_id}": {reason}}


def test_an_answer_without_an_entry_is_found(database_url: str, store: ConsentStore, person: Person):
    request = person.ask()
    raw.change(database_url, "UPDATE permission_request SET outcome = 'refused'")
    assert faults(store) == {f"request {request.request_id}": {"answered_but_not_in_the_ledger"}}


def test_a_request_that_vanished_is_found(database_url: str, store: ConsentStore, person: Person):
    request = person.ask()
    person.answer(request, "no", words="no")
    raw.change(database_url, "DELETE FROM permission_request")
    assert faults(store) == {f"request {request.request_id}": {"in_the_ledger_but_missing"}}


def test_an_entry_leaves_nothing_to_guess_from(database_url: str, person: Person):
    person.refuse()
    (row,) = raw.rows(database_url, "SELECT * FROM consent_event")
    assert set(row) == {"chain_id", "seq", "prev_hash", "commitment", "entry_hash"}
