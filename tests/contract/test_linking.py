"""Two identities become one person only when asked, by a code that works once; a no never becomes a yes."""

from __future__ import annotations

import pytest

from consent_store import ConsentMissing, ConsentStore, linking
from consent_store.linking import CODE_TERM, TRIES, TRIES_TERM
from consent_store.merging import LINK_ITEM, LINK_PURPOSE
from tests.contract import raw
from tests.contract.linker import NOTICE, Linker
from tests.unit.consent_store.kit import BALANCE, DEBT, RATE, START, FakeClock, FakeNotice, Person, remember

KEEP = f"{DEBT}.remember"


@pytest.fixture
def other(store: ConsentStore) -> Person:
    """The same human in another channel."""
    someone = Person(store, "person-b", "rest")
    someone.begin()
    return someone


def link(store: ConsentStore, maker: str = "person-a", typer: str = "person-b"):
    """Make a code here, type it there, and say yes."""
    return Linker(store, typer).try_code(store.start_link(maker))


def remembers(person: Person, value: str) -> None:
    """A value told and kept for next time."""
    person.allow_and_tell(value)
    person.remembers()


def kept(store: ConsentStore, person_id: str = "person-a") -> str | None:
    """What a later help of this person gets of the remembered balance."""
    later = Person(store, person_id)
    later.begin()
    return later.release((KEEP, BALANCE)).values.get(BALANCE)


def test_both_identities_stand_for_one_person_afterwards(store: ConsentStore, person: Person, other: Person):
    done = link(store)
    assert (done.linked, done.reason, done.person_id) == (True, "linked", "person-a")
    assert [store.resolve(one) for one in ("person-a", "person-b", "stranger")] == [
        "person-a", "person-a", "stranger",
    ]  # fmt: skip
    assert store.verify_ledger().ok


def test_a_code_alone_links_nothing(store: ConsentStore, person: Person, other: Person):
    code = store.start_link("person-a")
    with pytest.raises(ConsentMissing):
        store.finish_link("person-b", code)
    Linker(store, "person-b").asked().refuse(NOTICE)
    with pytest.raises(ConsentMissing):
        store.finish_link("person-b", code)
    assert store.resolve("person-b") == "person-b"


def test_permission_to_link_is_for_this_once(store: ConsentStore, person: Person, other: Person):
    Linker(store, "person-b").asked().allow(NOTICE)
    store.end_help("person-b", "stopped")
    with pytest.raises(ConsentMissing):
        store.finish_link("person-b", store.start_link("person-a"))


def test_a_code_works_once(store: ConsentStore, person: Person, other: Person):
    code = store.start_link("person-a")
    assert Linker(store, "person-b").try_code(code).linked
    assert Linker(store, "person-c").try_code(code).reason == "unknown_code"


def test_a_code_is_over_after_ten_minutes(store: ConsentStore, person: Person, clock: FakeClock):
    code = store.start_link("person-a")
    clock.turn(seconds=CODE_TERM.total_seconds())
    assert Linker(store, "person-b").try_code(code).reason == "unknown_code"


def test_a_new_code_ends_the_former(store: ConsentStore, person: Person):
    former = store.start_link("person-a")
    code = store.start_link("person-a")
    assert Linker(store, "person-b").try_code(former).reason == "unknown_code"
    assert Linker(store, "person-b").try_code(code.upper().replace("-", " ")).linked


def test_a_code_is_kept_as_a_hash_only(database_url: str, store: ConsentStore, person: Person):
    code = store.start_link("person-a")
    assert len(code.replace("-", "")) == 12
    (row,) = raw.rows(database_url, "SELECT * FROM link_code")
    assert not [value for value in row.values() if code in str(value) or code.replace("-", "") in str(value)]


def test_guessing_is_stopped_and_counted_for_the_one_who_guesses(
    store: ConsentStore, person: Person, clock: FakeClock
):
    code = store.start_link("person-a")
    for _ in range(TRIES):
        assert Linker(store, "person-b").try_code("wrong").reason == "unknown_code"
    assert Linker(store, "person-b").try_code(code).reason == "too_many_tries"
    assert Linker(store, "person-c").try_code(code).linked
    clock.turn(seconds=TRIES_TERM.total_seconds())
    assert Linker(store, "person-b").try_code(store.start_link("person-a")).linked


def test_a_person_has_so_many_conversations_and_no_more(
    store: ConsentStore, person: Person, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(linking, "MOST_IDENTITIES", 3)
    assert [link(store, typer=f"person-{one}").reason for one in "bcd"] == [
        "linked",
        "linked",
        "too_many_chats",
    ]
    assert store.resolve("person-d") == "person-d"
    store.unlink("person-b")
    assert link(store, typer="person-d").linked


def test_ones_own_code_links_nothing(store: ConsentStore, person: Person):
    assert link(store, "person-a", "person-a").reason == "same_identity"
    link(store)
    assert link(store).reason == "linked_already"


def test_a_remembered_value_comes_over_with_its_decision(
    database_url: str, store: ConsentStore, person: Person, other: Person
):
    remembers(other, "77")
    until = store.overview("person-b").decisions[-1].expires_at
    done = link(store)
    assert done.moved == ((DEBT, BALANCE), (KEEP, BALANCE))
    assert kept(store) == "77"
    (view,) = (one for one in store.overview("person-a").decisions if one.status == "given")
    assert (view.purpose, view.decided_at, view.expires_at) == (KEEP, START, until)
    assert kept(store, "person-b") is None
    assert raw.count(database_url, "personal_data") == 1
    assert store.verify_ledger().ok
    store.rebuild_projection()
    assert kept(store) == "77"


@pytest.mark.parametrize("withdrawn_by", ["person-a", "person-b"])
def test_a_withdrawal_never_comes_back_to_life(
    store: ConsentStore, person: Person, other: Person, clock: FakeClock, withdrawn_by: str
):
    remembers(person, "1")
    remembers(other, "2")
    clock.turn(minutes=1)
    store.withdraw(withdrawn_by)
    link(store)
    assert kept(store) is None
    assert {one.status for one in store.overview("person-a").decisions if one.purpose == KEEP} == {
        "withdrawn"
    }


def test_a_tie_goes_to_the_refusal(store: ConsentStore, person: Person, other: Person):
    remembers(person, "1")
    other.refuse(remember())
    link(store)
    assert kept(store) is None
    assert kept(store, "person-b") is None


def test_a_later_yes_wins_over_an_earlier_no(
    store: ConsentStore, person: Person, other: Person, clock: FakeClock
):
    person.refuse(remember())
    clock.turn(minutes=1)
    remembers(other, "2")
    link(store)
    assert kept(store) == "2"


def test_a_row_that_is_gone_from_the_projection_does_not_open_a_door(
    database_url: str, store: ConsentStore, person: Person, other: Person, clock: FakeClock
):
    remembers(other, "2")
    clock.turn(minutes=1)
    remembers(person, "1")
    store.withdraw("person-a")
    raw.tamper(database_url, "DELETE FROM consent_state WHERE person_id = 'person-a'")
    link(store)
    assert kept(store) is None


def test_a_third_identity_that_withdrew_before_the_merge_still_closes(
    store: ConsentStore, person: Person, other: Person, clock: FakeClock
):
    third = Person(store, "person-c")
    third.begin()
    remembers(third, "3")
    remembers(other, "2")
    clock.turn(minutes=1)
    store.withdraw("person-c")
    clock.turn(minutes=1)
    link(store)
    assert kept(store) == "2"
    link(store, typer="person-c")
    assert kept(store) is None
    assert store.verify_ledger().ok


def test_the_grants_of_this_help_stay_where_they_are(store: ConsentStore, person: Person, other: Person):
    person.allow_and_tell("1")
    other.allow_and_tell("2", item=RATE)
    link(store)
    assert person.release((DEBT, BALANCE), (DEBT, RATE)).values == {BALANCE: "1"}


def test_what_one_takes_back_all_of_them_take_back(store: ConsentStore, person: Person, other: Person):
    remembers(person, "1")
    link(store)
    assert store.withdraw("person-b")
    assert kept(store) is None


def test_forgetting_one_forgets_all(store: ConsentStore, person: Person, other: Person):
    remembers(person, "1")
    remembers(other, "2")
    link(store)
    assert store.erase("person-b").verified
    assert store.export("person-a")["decisions"] == []
    assert store.resolve("person-b") == "person-b"
    assert store.verify_ledger().ok


def test_parting_gives_nothing_to_the_parted_one_and_takes_what_came_with_it(
    store: ConsentStore, person: Person, other: Person, clock: FakeClock
):
    person.allow_and_tell("19.5", item=RATE)
    person.remembers(RATE)
    remembers(other, "2")
    link(store)
    clock.turn(minutes=1)
    assert store.unlink("person-b") == 1
    assert store.resolve("person-b") == "person-b"
    assert kept(store) is None
    assert kept(store, "person-b") is None
    again = Person(store, "person-a")
    again.begin()
    assert again.release((KEEP, RATE)).values == {RATE: "19.5"}
    stands = {(one.purpose, one.item): one.status for one in store.overview("person-a").decisions}
    assert (stands[(KEEP, BALANCE)], stands[(KEEP, RATE)]) == ("expired", "given")
    assert store.verify_ledger().ok
    assert store.unlink("person-b") == 0


def test_a_refusal_stays_with_both_after_parting(store: ConsentStore, person: Person, other: Person):
    other.refuse(FakeNotice(item=RATE))
    link(store)
    store.unlink("person-a")
    for one in ("person-a", "person-b"):
        someone = Person(store, one)
        someone.begin()
        assert someone.status(item=RATE) == "refused"


def test_the_link_itself_stays_with_the_one_who_was_asked(store: ConsentStore, person: Person, other: Person):
    done = link(store)
    assert (LINK_PURPOSE, LINK_ITEM) not in done.moved
    assert [line.purpose for line in store.receipt("person-b")] == [LINK_PURPOSE]


def test_an_erased_person_cannot_be_linked_to_by_an_old_code(
    store: ConsentStore, person: Person, other: Person
):
    code = store.start_link("person-a")
    store.erase("person-a")
    assert Linker(store, "person-b").try_code(code).reason == "unknown_code"
