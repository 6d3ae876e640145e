"""A request is really shown, belongs to one person and one question, and is answered once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from consent_store import ConsentStore, HelpNotCurrent, NoticeInvalid, NotToBeAsked, TooManyItems
from tests.contract import raw
from tests.unit.consent_store.kit import (
    BALANCE,
    CARD,
    DEBT,
    PAYMENT,
    RATE,
    FakeClock,
    FakeNotice,
    Person,
    remember,
)


def test_a_request_carries_what_was_shown_and_until_when(person: Person, clock: FakeClock):
    request = person.ask()
    assert re.fullmatch(r"[a-z0-9]{12}", request.request_id)
    assert (request.purpose, request.item, request.channel) == (DEBT, BALANCE, "widget")
    assert request.rendered_text == FakeNotice().text
    assert request.notice_hash == FakeNotice().text_hash
    assert (request.served_at, request.expires_at) == (clock.now, clock.now + timedelta(minutes=30))


def test_the_very_same_question_is_the_same_request(person: Person):
    assert person.ask() == person.ask()


def test_other_words_make_another_request_and_close_the_former(store: ConsentStore, person: Person):
    former = person.ask()
    now = store.ask(
        "person-a", person.session.help_id, FakeNotice(), channel="widget", rendered_text="Why? So: may I?"
    )
    assert now.request_id != former.request_id
    assert store.open_request("person-a") == now
    assert person.answer(former).reason == "superseded"
    assert person.answer(now).status == "given"


def test_request_ids_do_not_repeat(person: Person):
    ids = {person.ask(FakeNotice(said=f"May I, {n}?")).request_id for n in range(50)}
    assert len(ids) == 50


def test_a_clear_yes_is_given_and_a_no_refused(person: Person):
    assert person.allow().status == "given"
    assert person.status() == "given"
    assert person.refuse(FakeNotice(item=RATE)).status == "refused"
    assert person.status(item=RATE) == "refused"


def test_not_now_is_deferred(person: Person):
    assert person.answer(person.ask(), "later", words="not now").status == "deferred"
    assert person.status() == "deferred"


def test_while_it_is_open_the_item_is_requested(person: Person):
    assert person.status() == "unasked"
    person.ask()
    assert person.status() == "requested"


@pytest.mark.parametrize(("reading", "confidence"), [("unclear", 1.0), ("yes", 0.9), ("", 1.0)])
def test_an_unclear_answer_grants_nothing_and_leaves_the_question_open(
    store: ConsentStore, person: Person, reading: str, confidence: float
):
    request = person.ask()
    assert person.answer(request, reading, confidence=confidence).status == "none"
    assert person.status() == "requested"
    assert store.open_request("person-a") == request
    assert person.answer(request).status == "given"


def test_a_replayed_answer_changes_nothing(database_url: str, person: Person):
    request = person.ask()
    assert person.answer(request, "no", words="no").status == "refused"
    for reading in ("yes", "no", "later"):
        again = person.answer(request, reading, button="allow" if reading == "yes" else None)
        assert (again.status, again.reason, again.decided) == ("none", "already_answered", "refused")
    assert person.status() == "refused"
    assert raw.count(database_url, "consent_event") == 1


def test_a_made_up_request_grants_nothing(store: ConsentStore, person: Person):
    person.ask()
    made_up = replace(person.ask(), request_id="7f3k9q")
    assert person.answer(made_up).reason == "unknown_request"
    assert person.status() == "requested"


def test_another_person_cannot_answer(store: ConsentStore, person: Person):
    request = person.ask()
    other = Person(store, "person-b")
    other.begin()
    assert other.answer(request).reason == "other_person"
    assert (person.status(), other.status()) == ("requested", "unasked")


def test_another_channel_cannot_answer(person: Person):
    assert person.answer(person.ask(), channel="telegram").reason == "other_channel"


def test_an_answer_to_another_notice_grants_nothing(person: Person):
    assert person.answer(person.ask(), notice_hash="0" * 64).reason == "other_notice"
    assert person.status() == "requested"


def test_a_late_answer_grants_nothing(store: ConsentStore, person: Person, clock: FakeClock):
    request = person.ask()
    clock.turn(minutes=29)
    store.touch_help(person.session.help_id)
    clock.turn(minutes=1)
    assert person.answer(request).reason == "expired"
    assert person.status() == "unasked"
    assert store.open_request("person-a") is None


def test_an_answer_after_the_help_ended_grants_nothing(store: ConsentStore, person: Person):
    request = person.ask()
    person.begin()
    assert person.answer(request).reason == "help_ended"
    assert person.status() == "unasked"


def test_a_no_is_not_asked_again_in_any_help_until_the_person_starts_it(store: ConsentStore, person: Person):
    person.refuse()
    with pytest.raises(NotToBeAsked):
        person.ask()
    person.begin()
    assert person.status() == "refused"
    with pytest.raises(NotToBeAsked):
        person.ask()
    store.reopen("person-a", DEBT, BALANCE)
    assert person.status() == "unasked"
    assert person.allow().status == "given"


def test_not_now_is_asked_again_in_the_next_help_only(store: ConsentStore, person: Person):
    person.answer(person.ask(), "later", words="not now")
    with pytest.raises(NotToBeAsked):
        person.ask()
    person.begin()
    assert person.status() == "unasked"
    assert person.allow().status == "given"


def test_what_was_given_is_not_asked_again_in_this_help(person: Person):
    person.allow()
    with pytest.raises(NotToBeAsked):
        person.ask()


def test_what_is_remembered_may_be_renewed(person: Person, clock: FakeClock, store: ConsentStore):
    person.allow_and_tell()
    person.remembers()
    clock.turn(minutes=5)
    person.remembers()
    (view,) = (one for one in store.overview("person-a").decisions if one.purpose == f"{DEBT}.remember")
    assert view.expires_at == clock.now + timedelta(days=180)


def test_one_decision_is_for_one_purpose_and_one_item(person: Person):
    person.allow()
    assert person.status(item=RATE) == "unasked"
    assert person.status(purpose=f"{DEBT}.remember") == "unasked"


def test_a_fourth_item_cannot_be_asked_in_one_help(person: Person):
    for item in (BALANCE, RATE, PAYMENT):
        person.refuse(FakeNotice(item=item))
    with pytest.raises(TooManyItems):
        person.ask(FakeNotice(item="income_eur"))
    assert person.status(item="income_eur") == "unasked"


def test_the_purpose_of_another_help_cannot_be_asked(person: Person):
    with pytest.raises(NoticeInvalid, match="purpose_of_another_help"):
        person.ask(FakeNotice(purpose=CARD))


def test_remembering_is_a_question_of_its_own(person: Person):
    person.allow_and_tell()
    assert person.status(purpose=f"{DEBT}.remember") == "unasked"
    assert person.allow(remember()).status == "given"


def test_nothing_is_asked_outside_a_help(store: ConsentStore, person: Person, clock: FakeClock):
    other = Person(store, "person-b")
    other.session = person.session
    with pytest.raises(HelpNotCurrent):
        other.ask()
    clock.turn(minutes=30)
    with pytest.raises(HelpNotCurrent):
        person.ask()


def test_a_question_without_words_cannot_be_asked(store: ConsentStore, person: Person):
    with pytest.raises(NoticeInvalid):
        store.ask("person-a", person.session.help_id, FakeNotice(), channel="widget", rendered_text=" ")


def test_a_refused_item_loses_a_value_that_was_kept(database_url: str, person: Person, store: ConsentStore):
    person.allow_and_tell()
    person.remembers()
    request = person.ask(remember())
    assert person.answer(request, "no", words="no").status == "refused"
    kept = raw.rows(database_url, "SELECT purpose FROM personal_data")
    assert [row["purpose"] for row in kept] == [DEBT]
