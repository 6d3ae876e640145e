"""What a person gets to see, and what they can keep."""

from __future__ import annotations

from datetime import timedelta

from consent_store import ConsentStore
from tests.unit.consent_store.kit import BALANCE, DEBT, RATE, START, FakeClock, FakeNotice, Person


def test_the_overview_shows_decisions_uses_and_hand_overs(
    store: ConsentStore, person: Person, clock: FakeClock
):
    person.allow_and_tell()
    person.refuse(FakeNotice(item=RATE))
    person.release()
    clock.turn(minutes=1)
    hand_over_id = store.record_hand_over("person-a", "widget", DEBT)
    overview = store.overview("person-a")
    found = {(one.item, one.status, one.has_value) for one in overview.decisions}
    assert found == {(BALANCE, "given", True), (RATE, "refused", False)}
    assert [use.items for use in overview.uses] == [(BALANCE,)]
    (hand_over,) = overview.hand_overs
    assert (hand_over.hand_over_id, hand_over.at) == (hand_over_id, START + timedelta(minutes=1))


def test_a_stranger_has_an_empty_overview(store: ConsentStore):
    overview = store.overview("stranger")
    assert (overview.decisions, overview.uses, overview.hand_overs) == ((), (), ())


def test_the_overview_says_when_a_term_ends(store: ConsentStore, person: Person):
    person.allow_and_tell()
    person.remembers()
    (kept,) = (one for one in store.overview("person-a").decisions if one.expires_at)
    assert kept.expires_at == START + timedelta(days=180)


def test_after_the_help_the_overview_shows_it_as_expired(store: ConsentStore, person: Person):
    person.allow_and_tell()
    store.end_help("person-a", "done")
    (one,) = store.overview("person-a").decisions
    assert (one.status, one.has_value) == ("expired", False)


def test_the_overview_never_holds_a_value(store: ConsentStore, person: Person):
    person.allow_and_tell("1200.50")
    person.release()
    assert "1200.50" not in repr(store.overview("person-a"))


def test_a_receipt_says_what_stands_and_where_it_is_in_the_ledger(store: ConsentStore, person: Person):
    person.allow()
    person.refuse(FakeNotice(item=RATE))
    store.withdraw("person-a")
    lines = store.receipt("person-a")
    assert [(line.item, line.state, line.seq) for line in lines] == [
        (RATE, "refused", 2),
        (BALANCE, "withdrawn", 3),
    ]
    refused = lines[0]
    assert (refused.controller_id, refused.purpose, refused.language) == ("harbour_bank", DEBT, "en")
    assert (refused.notice_version, refused.notice_hash) == (1, FakeNotice(item=RATE).text_hash)
    assert (refused.decided_at, refused.channel) == (START, "widget")
    assert len(refused.entry_hash) == 64


def test_a_receipt_is_the_persons_own(store: ConsentStore, person: Person):
    person.allow()
    other = Person(store, "person-b")
    other.begin()
    assert store.receipt("person-b") == ()


def test_a_stranger_may_ask_for_a_human(store: ConsentStore):
    store.record_hand_over("stranger", "widget", None)
    assert len(store.overview("stranger").hand_overs) == 1
    assert store.erase("stranger").counts["hand_over"] == 1
