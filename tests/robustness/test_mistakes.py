"""Mistakes that real systems made, one test each, named after the mistake."""

from __future__ import annotations

import pytest

from consent_store import ConsentStore, StoreKeys, StoreUnavailable, VaultUnreadable, ledger, open_store
from consent_store.ledger import chain_of
from consent_store.vault import Vault, unseal, value_place
from tests.contract import raw
from tests.contract.linker import Linker
from tests.robustness.test_outages import held
from tests.unit.consent_store.kit import (
    BALANCE,
    DEBT,
    PAYMENT,
    RATE,
    FakeClock,
    FakeNotice,
    Person,
    remember,
)

KEEP = f"{DEBT}.remember"
CHAIN = chain_of("person-a")


@pytest.mark.parametrize("made_by", ["withdrawn side", "granting side"])
@pytest.mark.parametrize("later", ["withdrawal", "grant"])
def test_mistake_a_merge_resurrects_a_withdrawn_consent(
    store: ConsentStore, person: Person, clock: FakeClock, made_by: str, later: str
):
    """Only a grant that came after the withdrawal may stand; the order of linking does not matter."""
    other = Person(store, "person-b")
    other.begin()

    def grants() -> None:
        other.allow_and_tell("7")
        other.remembers()

    def withdraws() -> None:
        person.allow_and_tell()
        person.remembers()
        store.withdraw("person-a")

    for step in (grants, withdraws) if later == "withdrawal" else (withdraws, grants):
        step()
        clock.turn(minutes=1)
    one, two = (person, other) if made_by == "withdrawn side" else (other, person)
    assert Linker(store, two.person_id).try_code(store.start_link(one.person_id)).linked
    someone = Person(store, store.resolve("person-a"))
    someone.begin()
    found = someone.release((KEEP, BALANCE))
    assert found.values == ({BALANCE: "7"} if later == "grant" else {})
    assert store.verify_ledger().ok


@pytest.mark.parametrize("saved", ["given", "refused"])
@pytest.mark.parametrize("closing", ["silence", "expiry", "another question", "end of help", "unclear"])
def test_mistake_the_cross_of_a_dialog_overwrites_saved_choices(
    store: ConsentStore, person: Person, clock: FakeClock, saved: str, closing: str
):
    """A question that is closed without an answer leaves what was decided before as it was."""
    if saved == "given":
        person.allow_and_tell()
        person.remembers()
        request = person.ask(remember())
    else:
        person.refuse()
        request = person.ask(FakeNotice(item=RATE))
    before = _stands(store)
    if closing == "silence":
        clock.turn(minutes=31)
    elif closing == "expiry":
        for _ in range(3):
            clock.turn(minutes=10)
            store.touch_help(person.session.help_id)
    elif closing == "another question":
        person.ask(FakeNotice(item=PAYMENT))
    elif closing == "end of help":
        store.end_help("person-a", "closed")
    else:
        assert person.answer(request, "unclear", words="×").status == "none"
    store.sweep()
    after = _stands(store)
    key = (KEEP, BALANCE) if saved == "given" else (DEBT, BALANCE)
    assert after[key] == before[key] == saved
    assert (DEBT, RATE) not in after
    assert (DEBT, PAYMENT) not in after


def test_mistake_items_that_were_not_applicable_are_saved_as_allowed(
    database_url: str, store: ConsentStore, person: Person
):
    person.allow_and_tell()
    person.ask(FakeNotice(item=RATE))
    saved = raw.rows(database_url, "SELECT purpose, item, status FROM consent_state")
    assert saved == [{"purpose": DEBT, "item": BALANCE, "status": "given"}]
    wanted = [(DEBT, BALANCE), (DEBT, RATE), (DEBT, PAYMENT)]
    released = person.release(*wanted)
    assert released.values == {BALANCE: "1200.50"}
    assert set(released.withheld) == {RATE, PAYMENT}


def test_mistake_a_rejection_is_lost_in_an_outage_and_then_granted_by_default(
    database_url: str, store: ConsentStore, person: Person, clock: FakeClock
):
    request = person.ask()
    with held(database_url), pytest.raises(StoreUnavailable):
        person.answer(request, "no", words="no")
    restarted = Person(open_store(database_url, keys=StoreKeys(b"m" * 32), clock=clock))
    restarted.session = person.session
    assert restarted.release().values == {}
    assert restarted.status() == "requested"
    assert restarted.answer(request, "no", words="no").status == "refused"
    assert restarted.answer(request, "yes").reason == "already_answered"
    assert person.status() == "refused"
    restarted.store.close()


def test_mistake_an_answer_is_returned_before_the_write_is_durable(database_url: str, person: Person):
    """When the answer is back, another connection sees the decision, and every commit waits for the disk."""
    request = person.ask()
    assert person.answer(request).status == "given"
    (row,) = raw.rows(database_url, "SELECT status FROM consent_state")
    assert row["status"] == "given"
    setting = "PRAGMA synchronous" if database_url.startswith("sqlite") else "SHOW synchronous_commit"
    (found,) = raw.rows(database_url, setting)
    assert next(iter(found.values())) in (2, "on")


def test_mistake_a_server_that_forgets_to_wait_for_the_disk_is_made_to(postgres_database: str):
    name = postgres_database.partition("?")[0].rpartition("/")[2]
    raw.change(postgres_database, f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    try:
        (found,) = raw.rows(postgres_database, "SHOW synchronous_commit")
        assert found["synchronous_commit"] == "on"
    finally:
        raw.change(postgres_database, f'ALTER DATABASE "{name}" RESET synchronous_commit')


def test_mistake_a_hash_leaves_out_the_predecessor_so_one_row_can_be_rewritten(
    database_url: str, store: ConsentStore, person: Person
):
    """A no is rewritten into a yes with all hashes of its own row made new: the next row gives it away."""
    person.refuse()
    person.allow(FakeNotice(item=RATE))
    assert store.verify_ledger().ok
    first = raw.rows(database_url, "SELECT prev_hash FROM consent_event WHERE seq = 1")[0]
    detail = raw.rows(database_url, "SELECT body FROM event_detail WHERE seq = 1")[0]
    salt, body = b"s" * 32, detail["body"].replace('"status":"refused"', '"status":"given"')
    assert body != detail["body"]
    entry = ledger.next_entry(CHAIN, 0, first["prev_hash"], ledger.commitment(salt, body))
    raw.tamper(
        database_url,
        "UPDATE consent_event SET commitment = :commitment, entry_hash = :hash WHERE seq = 1",
        commitment=entry.commitment,
        hash=entry.entry_hash,
    )
    raw.tamper(
        database_url, "UPDATE event_detail SET salt = :salt, body = :body WHERE seq = 1", salt=salt, body=body
    )
    raw.tamper(database_url, "UPDATE consent_event SET prev_hash = :new WHERE seq = 2", new=entry.entry_hash)
    found = {fault.place for fault in store.verify_ledger().faults}
    assert f"ledger chain {CHAIN} entry 2" in found


def test_mistake_one_key_for_all_and_a_fixed_iv(database_url: str, store: ConsentStore, person: Person):
    """The same value of two people: other bytes, another nonce, and neither's key opens the other's."""
    person.allow_and_tell()
    other = Person(store, "person-b")
    other.begin()
    other.allow_and_tell()
    vault = Vault(StoreKeys(b"m" * 32))
    people = raw.rows(database_url, "SELECT * FROM person_key ORDER BY person_id")
    keys = [vault.person_key(row["person_id"], row["master_key_id"], row["wrapped_key"]) for row in people]
    sealed = raw.rows(database_url, "SELECT * FROM personal_data ORDER BY person_id")
    assert keys[0] != keys[1]
    assert len({row["sealed"][:12] for row in sealed}) == len({row["sealed"] for row in sealed}) == 2
    place = value_place("person-b", DEBT, BALANCE, sealed[1]["record_id"])
    assert unseal(keys[1], sealed[1]["sealed"], place) == "1200.50"
    with pytest.raises(VaultUnreadable):
        unseal(keys[0], sealed[1]["sealed"], place)
    person.tell()
    (again,) = raw.rows(database_url, "SELECT sealed FROM personal_data WHERE person_id = 'person-a'")
    assert again["sealed"] != sealed[0]["sealed"]


def _stands(store: ConsentStore) -> dict[tuple[str, str], str]:
    return {(one.purpose, one.item): one.status for one in store.overview("person-a").decisions}
