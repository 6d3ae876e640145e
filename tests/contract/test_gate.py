"""The gate is the only way out, and opens for exactly what was given."""

from __future__ import annotations

import pytest

from consent_store import ConsentMissing, ConsentStore, StoreKeys, TooManyItems, open_store
from tests.contract import raw
from tests.unit.consent_store.kit import BALANCE, CARD, DEBT, PAYMENT, RATE, FakeClock, FakeNotice, Person

KEEP = f"{DEBT}.remember"


def test_what_was_given_is_released_and_the_use_is_written_down(store: ConsentStore, person: Person):
    person.allow_and_tell()
    released = person.release()
    assert dict(released.values) == {BALANCE: "1200.50"}
    assert not released.withheld
    assert released.use_id
    (use,) = store.overview("person-a").uses
    assert (use.program_id, use.purpose, use.items) == (DEBT, DEBT, (BALANCE,))


def test_every_computation_is_a_use_of_its_own(store: ConsentStore, person: Person):
    person.allow_and_tell()
    assert person.release().use_id != person.release().use_id
    assert len(store.overview("person-a").uses) == 2


def test_nothing_is_released_or_written_down_without_a_decision(store: ConsentStore, person: Person):
    released = person.release()
    assert not released.values
    assert (dict(released.withheld), released.use_id) == ({BALANCE: "unasked"}, None)
    assert store.overview("person-a").uses == ()


def test_nothing_is_kept_in_a_help_that_fell_silent(person: Person, clock: FakeClock):
    person.allow()
    clock.turn(minutes=31)
    with pytest.raises(ConsentMissing, match="help_ended"):
        person.tell()


def test_given_without_a_value_is_withheld(person: Person):
    person.allow()
    assert person.release().withheld == {BALANCE: "no_value"}


def test_refused_is_withheld_and_the_others_come_through(person: Person):
    person.allow_and_tell()
    person.refuse(FakeNotice(item=RATE))
    released = person.release((DEBT, BALANCE), (DEBT, RATE))
    assert released.values == {BALANCE: "1200.50"}
    assert released.withheld == {RATE: "refused"}


def test_a_value_for_one_purpose_is_not_released_for_another(store: ConsentStore, person: Person):
    person.allow_and_tell()
    person.remembers()
    person.begin(CARD)
    for key in ((DEBT, BALANCE), (KEEP, BALANCE)):
        released = person.release(key, program_id=CARD)
        assert released.withheld == {BALANCE: "other_purpose"}
        assert not released.values


def test_a_help_cannot_pose_as_another(person: Person):
    person.allow_and_tell()
    assert person.release(program_id=CARD).withheld == {BALANCE: "other_program"}


def test_a_value_of_one_person_is_not_released_to_another(store: ConsentStore, person: Person):
    person.allow_and_tell()
    other = Person(store, "person-b")
    other.begin()
    assert other.release().withheld == {BALANCE: "unasked"}
    other.session = person.session
    assert other.release().withheld == {BALANCE: "no_help"}


def test_a_ciphertext_that_was_moved_to_another_person_stays_shut(
    database_url: str, store: ConsentStore, person: Person
):
    person.allow_and_tell()
    other = Person(store, "person-b")
    other.begin()
    other.allow_and_tell("7")
    raw.change(
        database_url,
        "UPDATE personal_data SET sealed = (SELECT sealed FROM personal_data WHERE person_id = 'person-a') "
        "WHERE person_id = 'person-b'",
    )
    assert other.release().withheld == {BALANCE: "unreadable"}


def test_another_master_key_reads_nothing(database_url: str, person: Person, clock: FakeClock):
    person.allow_and_tell()
    thief = open_store(database_url, keys=StoreKeys(b"x" * 32), clock=clock)
    released = thief.release("person-a", person.session.help_id, [(DEBT, BALANCE)], program_id=DEBT)
    assert released.withheld == {BALANCE: "unreadable"}
    thief.close()


def test_a_fourth_item_is_refused_by_the_gate(store: ConsentStore, person: Person):
    four = [(DEBT, item) for item in (BALANCE, RATE, PAYMENT, "income_eur")]
    with pytest.raises(TooManyItems):
        person.release(*four)
    assert store.overview("person-a").uses == ()


def test_a_fourth_item_over_several_uses_of_one_help_is_refused(store: ConsentStore, person: Person):
    person.allow_and_tell()
    person.remembers()
    person.begin()
    three = [(DEBT, item) for item in (RATE, PAYMENT, "income_eur")]
    for _, item in three:
        person.allow_and_tell("7", item=item)
    assert len(person.release(*three).values) == 3
    with pytest.raises(TooManyItems):
        person.release((KEEP, BALANCE))
    assert len(store.overview("person-a").uses) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE data_use SET item_count = 4",
        "UPDATE data_use SET item_count = 0",
        (
            "INSERT INTO data_use_item (use_id, position, purpose, item, decision_seq) "
            "SELECT use_id, 4, 'debt_payoff', 'fourth', 1 FROM data_use"
        ),
        (
            "INSERT INTO data_use_item (use_id, position, purpose, item, decision_seq) "
            "SELECT use_id, 1, 'debt_payoff', 'twin', 1 FROM data_use"
        ),
        "INSERT INTO help_item (help_id, position, item) SELECT help_id, 4, 'fourth' FROM data_use",
        "INSERT INTO help_item (help_id, position, item) SELECT help_id, 1, 'twin' FROM data_use",
    ],
)
def test_the_database_itself_refuses_a_fourth_item(database_url: str, person: Person, statement: str):
    person.allow_and_tell()
    person.release()
    with pytest.raises(Exception, match=r"(?i)(check|unique)"):
        raw.change(database_url, statement)


def test_no_items_is_no_use(store: ConsentStore, person: Person):
    released = store.release("person-a", person.session.help_id, [], program_id=DEBT)
    assert (dict(released.values), released.use_id) == ({}, None)


def test_a_value_cannot_be_kept_without_a_decision_for_exactly_it(store: ConsentStore, person: Person):
    with pytest.raises(ConsentMissing, match="unasked"):
        person.tell()
    person.allow()
    for purpose, item in ((DEBT, RATE), (KEEP, BALANCE), (CARD, BALANCE)):
        with pytest.raises(ConsentMissing):
            person.tell(purpose=purpose, item=item)
    other = Person(store, "person-b")
    other.session = person.session
    with pytest.raises(ConsentMissing):
        other.tell()


@pytest.mark.parametrize("reading", ["no", "later"])
def test_a_value_cannot_be_kept_after_a_no(database_url: str, person: Person, reading: str):
    person.answer(person.ask(), reading)
    with pytest.raises(ConsentMissing):
        person.tell()
    assert raw.count(database_url, "personal_data") == 0


def test_a_value_told_again_replaces_the_former(database_url: str, person: Person):
    person.allow_and_tell("1200.50")
    person.tell("1300")
    assert person.release().values == {BALANCE: "1300"}
    assert raw.count(database_url, "personal_data") == 1


def test_a_release_does_not_show_values_when_printed(person: Person):
    person.allow_and_tell("1200.50")
    assert "1200.50" not in repr(person.release())


def test_states_say_what_the_gate_would_do(store: ConsentStore, person: Person):
    key = (DEBT, BALANCE)
    person.allow()
    assert not store.states("person-a", person.session.help_id, [key])[key].has_value
    person.tell()
    assert store.states("person-a", person.session.help_id, [key])[key].has_value
    assert not store.states("person-a", "another-help", [key])[key].has_value
