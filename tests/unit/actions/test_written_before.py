"""
An answer counts only for a question that was served before the answer was received.

The messages of one conversation wait for each other, so a message may be handled long after it was typed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from actions.flow.asking import put_question
from actions.flow.linking import answer_link, ask_to_link
from actions.flow.outcome import Next
from actions.turn import Said, Turn
from tests.unit.actions.test_flow import BALANCE, WORDS, Conversation, clock, talk, values
from tests.unit.consent_store.kit import FakeClock

__all__ = ["clock", "talk"]
QUICK = pytest.mark.parametrize(("words", "intent"), [("yes", "allow"), ("no", "deny"), ("later", "later")])


def decided(talk: Conversation) -> dict[tuple[str, str], str]:
    return {one.key: one.status for one in talk.services.store.overview("person").decisions}


def item_asked(talk: Conversation) -> Any:
    custom = talk.asked.messages[-1].custom
    return custom["kind"], custom["item"]  # type: ignore[index]


def asked_for_the_balance(talk: Conversation) -> None:
    talk.begin()
    talk.press(0)


def test_two_quick_yes_for_two_requests_grant_only_the_first(talk: Conversation, clock: FakeClock) -> None:
    asked_for_the_balance(talk)
    clock.turn(seconds=5)
    told = (Said("2345.67", clock.now),)
    clock.turn(seconds=5)
    both_received = clock.now
    clock.turn(seconds=1)  # the first is handled: it grants, and the next permission is asked
    talk.hear(talk.turn("yes", "allow", earlier=told, received_at=both_received))
    assert values(talk) == {BALANCE}
    _, second = item_asked(talk)
    clock.turn(seconds=1)
    heard = talk.hear(talk.turn("yes", "allow", received_at=both_received))
    assert talk.wordings(heard) == ["utter_written_before"]
    assert item_asked(talk) == ("permission", second)
    assert decided(talk) == {BALANCE: "given"}
    talk.hear(talk.turn("yes", "allow", received_at=clock.now))
    assert decided(talk) == {BALANCE: "given", (talk.program, second): "given"}


def test_two_quick_yes_let_only_one_thing_be_kept_for_next_time(talk: Conversation, clock: FakeClock) -> None:
    asked_for_the_balance(talk)
    for words in ("yes", "2345.67", "yes", "20", "no"):
        talk.say(words)
    talk.asked = put_question(talk.services, talk.turn("", "", stage="remember"), WORDS)
    both_received = clock.now
    for _ in range(2):
        clock.turn(seconds=1)
        quick = talk.turn("yes", "allow", stage="remember", received_at=both_received)
        talk.hear(quick)
        put_question(talk.services, quick, WORDS)
    kept = [
        key for key, status in decided(talk).items() if key[0].endswith(".remember") and status == "given"
    ]
    assert len(kept) == 1


@QUICK
def test_words_from_before_a_request_decide_nothing_and_are_not_counted(
    talk: Conversation, clock: FakeClock, words: str, intent: str
) -> None:
    talk.begin()
    before = clock.now
    clock.turn(seconds=1)
    talk.press(0)
    for _ in range(5):
        heard = talk.hear(talk.turn(words, intent, received_at=before))
        assert talk.wordings(heard) == ["utter_written_before"]
        assert heard.next is Next.STAY
    assert item_asked(talk) == ("permission", "debt_balance_eur")
    assert decided(talk) == {}


def test_unclear_words_from_before_a_request_never_add_up_to_not_now(
    talk: Conversation, clock: FakeClock
) -> None:
    talk.begin()
    before = clock.now
    clock.turn(seconds=1)
    talk.press(0)
    for _ in range(5):
        heard = talk.hear(talk.turn("hmm", "unclear", received_at=before))
        assert talk.wordings(heard) == ["utter_written_before"]
    assert decided(talk) == {}


@QUICK
def test_an_answer_to_a_question_that_was_shown_again_counts(
    talk: Conversation, clock: FakeClock, words: str, intent: str
) -> None:
    asked_for_the_balance(talk)
    clock.turn(seconds=3)
    received = clock.now
    clock.turn(seconds=3)
    talk.ask()  # something else was said meanwhile, and the same question came back
    talk.hear(talk.turn(words, intent, received_at=received))
    assert set(decided(talk)) == {BALANCE}


def test_the_very_button_counts_whenever_it_was_received(talk: Conversation, clock: FakeClock) -> None:
    asked_for_the_balance(talk)
    payload = talk.asked.messages[-1].buttons[0].payload
    named = {"r": payload.split('"')[3]}
    early = clock.now - timedelta(minutes=1)
    talk.hear(talk.turn(payload, "allow", pressed=True, named=named, received_at=early))
    assert decided(talk) == {BALANCE: "given"}


def test_a_channel_that_does_not_say_when_is_heard_as_ever(talk: Conversation) -> None:
    asked_for_the_balance(talk)
    talk.say("yes", "allow")
    assert decided(talk) == {BALANCE: "given"}


@pytest.mark.parametrize("words", ["2345.67", "no", "purple", "later"])
def test_what_came_before_the_permission_is_neither_a_value_nor_a_no(
    talk: Conversation, clock: FakeClock, words: str
) -> None:
    asked_for_the_balance(talk)
    clock.turn(seconds=1)
    before = clock.now
    clock.turn(seconds=1)
    talk.say("yes", "allow")
    for _ in range(5):
        heard = talk.hear(talk.turn(words, "tell_value", received_at=before))
        assert talk.wordings(heard) == ["utter_written_before"]
    assert item_asked(talk) == ("value", "debt_balance_eur")
    assert (values(talk), decided(talk)) == (set(), {BALANCE: "given"})


def test_a_button_under_a_value_question_from_before_does_not_leave_the_item_out(
    talk: Conversation, clock: FakeClock
) -> None:
    asked_for_the_balance(talk)
    before = clock.now
    clock.turn(seconds=1)
    talk.say("yes", "allow")
    heard = talk.hear(talk.turn("/deny", "deny", pressed=True, received_at=before))
    assert talk.wordings(heard) == ["utter_written_before"]
    assert decided(talk) == {BALANCE: "given"}


def test_a_value_from_before_the_request_is_not_used_by_a_yes_to_it(
    talk: Conversation, clock: FakeClock
) -> None:
    told = (Said("2345.67", clock.now),)
    clock.turn(seconds=5)
    asked_for_the_balance(talk)
    talk.hear(talk.turn("yes", "allow", earlier=told))
    assert decided(talk) == {BALANCE: "given"}
    assert values(talk) == set()


def test_a_value_from_after_the_permission_is_kept(talk: Conversation, clock: FakeClock) -> None:
    asked_for_the_balance(talk)
    clock.turn(seconds=1)
    talk.say("yes", "allow")
    clock.turn(seconds=1)
    talk.hear(talk.turn("2345.67", "tell_value", received_at=clock.now))
    assert values(talk) == {BALANCE}


@pytest.mark.parametrize(
    ("words", "intent"), [("what do you know about me", "show_kept"), ("my card", "need")]
)
def test_another_matter_from_before_is_still_heard(
    talk: Conversation, clock: FakeClock, words: str, intent: str
) -> None:
    talk.begin()
    before = clock.now
    clock.turn(seconds=1)
    for _ in range(2):  # at the permission, at the value
        talk.press(0)
        heard = talk.hear(talk.turn(words, intent, program="lost_card", received_at=before))
        assert heard.next is Next.LEAVE_TO_RULES


def linking(talk: Conversation) -> tuple[Turn, str]:
    other = talk.services.store.begin_help("other", "debt_payoff", "rest").person_id
    code = talk.services.store.start_link(other)
    typed = replace(talk.turn(f"link code {code}", "link_code"), identity="person")
    talk.asked = ask_to_link(talk.services, typed)
    return replace(typed, earlier=(Said(typed.text, talk.services.now()),)), code


@QUICK
def test_words_from_before_the_link_request_link_nothing_and_it_is_asked_again(
    talk: Conversation, clock: FakeClock, words: str, intent: str
) -> None:
    turn, _ = linking(talk)
    early = replace(turn, text=words, intent=intent, received_at=clock.now - timedelta(seconds=1))
    heard = answer_link(talk.services, early)
    assert heard is not None
    assert talk.wordings(heard) == ["utter_written_before", None]
    assert heard.messages[-1] == talk.asked.messages[-1]
    assert talk.services.store.resolve("person") == "person"
    assert decided(talk) == {}


def test_a_yes_from_after_the_link_request_links(talk: Conversation, clock: FakeClock) -> None:
    turn, _ = linking(talk)
    heard = answer_link(talk.services, replace(turn, text="yes", intent="allow", received_at=clock.now))
    assert heard is not None
    assert talk.wordings(heard) == ["utter_linked"]


def test_an_instant_itself_is_not_before_it() -> None:
    noon = datetime(2026, 5, 6, 12, tzinfo=UTC)
    turn = Turn("person", "rest", "yes", "allow", 1.0, received_at=noon)
    assert not turn.came_before(noon)
    assert turn.came_before(noon + timedelta(microseconds=1))
    assert not replace(turn, received_at=None).came_before(noon)
