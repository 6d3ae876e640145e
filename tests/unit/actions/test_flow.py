"""The flow on a real store and a clock turned by hand: what live conversations cannot wait for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from actions.bootstrap import Services, tell_store
from actions.flow.answering import answer
from actions.flow.asking import put_question
from actions.flow.giving import give_help
from actions.flow.opening import open_help
from actions.flow.outcome import Next, Outcome
from actions.reading.phrases import load_phrases
from actions.turn import Said, Turn
from actions.words import Wording
from consent_store import StoreKeys, open_store
from consent_store.signing import Signer
from tests.catalogue import our_catalogue
from tests.unit.actions.test_wording import RESPONSES
from tests.unit.consent_store.kit import FakeClock, empty_database

WORDS = Wording({"responses": RESPONSES})  # type: ignore[typeddict-unknown-key]
BALANCE = ("debt_payoff", "debt_balance_eur")


class Conversation:
    """One person in front of the flow, as Rasa's form would drive it."""

    program = "debt_payoff"

    def __init__(self, services: Services, channel: str = "rest") -> None:
        self.services = services
        self.channel = channel
        self.asked = Outcome()

    def turn(self, text: str, intent: str, **more: object) -> Turn:
        return Turn("person", self.channel, text, intent, 1.0, need=self.program, **more)  # type: ignore[arg-type]

    def begin(self) -> None:
        open_help(self.services, self.turn("my debt", "need", program=self.program), WORDS)
        self.ask()

    def ask(self) -> None:
        self.asked = put_question(self.services, self.turn("", ""), WORDS)

    def press(self, place: int) -> Outcome:
        payload = self.asked.messages[-1].buttons[place].payload
        intent, _, rest = payload[1:].partition("{")
        named = {"r": rest.split('"')[3]} if rest else {}
        return self.hear(self.turn(payload, intent, pressed=True, named=named))

    def say(self, text: str, intent: str = "unclear") -> Outcome:
        return self.hear(self.turn(text, intent))

    def hear(self, turn: Turn) -> Outcome:
        heard = answer(self.services, turn)
        if heard.next is Next.STAY:
            self.ask()
        return heard

    def wordings(self, outcome: Outcome) -> list[str | None]:
        return [message.wording for message in outcome.messages]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def talk(tmp_path: Path, clock: FakeClock) -> Iterator[Conversation]:
    url = empty_database(tmp_path / "consent.db")
    store = open_store(url, keys=StoreKeys(b"m" * 32), clock=clock)
    catalogue = our_catalogue()
    tell_store(catalogue, store)
    yield Conversation(Services(catalogue, store, load_phrases("en"), b"k" * 32, clock, Signer(b"s" * 32)))
    store.close()


def allow_the_balance(talk: Conversation) -> None:
    talk.begin()
    talk.press(0)
    talk.press(0)
    talk.say("2000", "tell_value")


def values(talk: Conversation) -> set[tuple[str, str]]:
    decisions = talk.services.store.overview("person").decisions
    return {(decision.purpose, decision.item) for decision in decisions if decision.has_value}


def test_a_yes_after_half_an_hour_of_silence_grants_nothing(talk: Conversation, clock: FakeClock) -> None:
    talk.begin()
    talk.press(0)
    clock.now += timedelta(minutes=31)
    heard = talk.say("yes", "allow")
    assert talk.wordings(heard) == ["utter_question_timed_out"]
    assert heard.next is Next.FINISHED
    assert talk.services.store.overview("person").decisions == ()


def test_the_button_itself_is_no_use_after_half_an_hour(talk: Conversation, clock: FakeClock) -> None:
    talk.begin()
    talk.press(0)
    clock.now += timedelta(minutes=31)
    talk.press(0)
    assert talk.services.store.overview("person").decisions == ()


def test_values_go_after_half_an_hour_of_silence(talk: Conversation, clock: FakeClock) -> None:
    allow_the_balance(talk)
    assert values(talk) == {BALANCE}
    clock.now += timedelta(minutes=31)
    assert values(talk) == set()
    assert give_help(talk.services, talk.turn("", "")).messages == ()


def test_each_word_keeps_the_help_going(talk: Conversation, clock: FakeClock) -> None:
    allow_the_balance(talk)
    for _ in range(3):
        clock.now += timedelta(minutes=20)
        talk.say("hm", "unclear")
    assert values(talk) == {BALANCE}


def test_a_button_of_another_channel_grants_nothing(talk: Conversation) -> None:
    talk.begin()
    talk.press(0)
    talk.channel = "widget"
    talk.press(0)
    assert talk.services.store.overview("person").decisions == ()


def test_what_was_typed_too_early_is_used_only_after_a_yes(talk: Conversation, clock: FakeClock) -> None:
    talk.begin()
    talk.press(0)
    heard = talk.say("2345.67", "tell_value")
    assert talk.wordings(heard) == ["utter_permission_volunteered"]
    assert values(talk) == set()


def test_every_path_of_answers_ends_in_help(talk: Conversation) -> None:
    for words in (["no"] * 9, ["later"] * 9, ["hmm"] * 30, ["yes", "no"] * 9, ["yes", "purple"] * 20):
        talk.begin()
        for word in words:
            if talk.asked.next is Next.FINISHED or talk.say(word).next is Next.FINISHED:
                break
        else:
            raise AssertionError("still asking")
        assert give_help(talk.services, talk.turn("", "")).messages


def test_another_question_of_the_same_need_is_answered_and_the_open_one_comes_back(
    talk: Conversation,
) -> None:
    first = talk.services.catalogue.programs["debt_payoff"].finer_needs["cannot_pay"].first
    asks = {"program": "debt_payoff", "finer_need": "cannot_pay"}
    talk.begin()
    for open_question in range(3):  # the offer, a permission, a value
        before = talk.asked.messages[-1].custom
        heard = talk.hear(talk.turn("what if I cannot pay at all", "need", **asks))
        assert heard.messages[0].params["help"] == first
        assert talk.asked.messages[-1].custom == before
        if open_question < 2:
            talk.press(0)
    assert values(talk) == set()


@pytest.mark.parametrize(
    ("program", "item", "typed", "kept"),
    [
        ("card_choice", "wants_plastic", "no", True),
        ("card_choice", "wants_plastic", "nope", True),
        ("card_choice", "wants_plastic", "yes please", True),
        ("card_choice", "wants_plastic", "I'd rather not say", False),
        ("card_choice", "wants_plastic", "skip", False),
        ("card_choice", "cash_month_times", "never", True),
        ("card_choice", "cash_month_times", "no", False),
        ("card_choice", "cash_month_times", "no thanks", False),
    ],
)
def test_a_no_is_an_answer_only_where_it_answers_the_question(
    talk: Conversation, program: str, item: str, typed: str, *, kept: bool
) -> None:
    talk.program = program
    talk.begin()
    talk.press(0)
    while talk.asked.messages[-1].custom != {"kind": "value", "item": item}:
        is_wanted = talk.asked.messages[-1].custom["item"] == item  # type: ignore[index]
        talk.press(0 if is_wanted else 1)
    talk.say(typed)
    assert ((program, item) in values(talk)) is kept
    assert talk.asked.next is Next.FINISHED or talk.asked.messages[-1].custom["item"] != item  # type: ignore[index]


def test_a_yes_to_the_permission_is_never_taken_for_the_value(talk: Conversation) -> None:
    talk.program = "card_choice"
    talk.begin()
    talk.press(0)
    while talk.asked.messages[-1].custom["item"] != "wants_plastic":  # type: ignore[index]
        talk.press(1)
    earlier = (Said("yes?", talk.services.now() + timedelta(seconds=1)),)
    talk.hear(talk.turn("yes", "allow", earlier=earlier))
    assert talk.asked.messages[-1].custom == {"kind": "value", "item": "wants_plastic"}
    assert values(talk) == set()


def _at_the_value(talk: Conversation, program: str, item: str) -> None:
    talk.program = program
    talk.begin()
    talk.press(0)
    while talk.asked.messages[-1].custom != {"kind": "value", "item": item}:
        is_wanted = talk.asked.messages[-1].custom["item"] == item  # type: ignore[index]
        talk.press(0 if is_wanted else 1)


@pytest.mark.parametrize(
    ("program", "item", "typed", "said"),
    [
        ("debt_payoff", "debt_balance_eur", "two grand", "€2,000"),
        ("debt_payoff", "debt_balance_eur", "2000, no wait, 2500", "€2,500"),
        ("refund_status", "refund_way", "by bank transfer", "Bank transfer"),
        ("transfer_timing", "transfer_kind", "cheque", "Cheque paid in"),
    ],
)
def test_a_typed_value_is_said_back_with_a_way_to_correct_it(
    talk: Conversation, program: str, item: str, typed: str, said: str
) -> None:
    _at_the_value(talk, program, item)
    (back,) = talk.say(typed).messages
    assert back.wording == "utter_value_noted"
    assert back.params == {"value": said}
    assert "not right" in WORDS.fill("utter_value_noted", **back.params)


@pytest.mark.parametrize("typed", ["I don't know", "I'd have to look", "one sec", "hold on", "in a minute"])
@pytest.mark.parametrize("intent", ["unclear", "later", "deny"])
def test_who_does_not_know_or_needs_a_moment_may_take_any_number_of_tries(
    talk: Conversation, typed: str, intent: str
) -> None:
    _at_the_value(talk, *BALANCE)
    for _ in range(5):
        talk.say(typed, intent)
        assert talk.asked.messages[-1].custom == {"kind": "value", "item": "debt_balance_eur"}
    talk.say("1300")
    assert BALANCE in values(talk)


@pytest.mark.parametrize("typed", ["no problem", "no worries", "no bother at all"])
def test_no_problem_is_no_refusal(talk: Conversation, typed: str) -> None:
    _at_the_value(talk, *BALANCE)
    talk.say(typed)
    assert talk.asked.messages[-1].custom == {"kind": "value", "item": "debt_balance_eur"}


@pytest.mark.parametrize("typed", ["declined", "I want to cancel it", "cancel"])
def test_a_listed_word_is_the_value_not_a_no_or_a_stop(talk: Conversation, typed: str) -> None:
    _at_the_value(talk, "failed_transfer", "transfer_problem")
    talk.say(typed)
    assert ("failed_transfer", "transfer_problem") in values(talk)


def test_stop_stops_whatever_is_asked(talk: Conversation) -> None:
    _at_the_value(talk, "failed_transfer", "transfer_problem")
    assert talk.say("stop", "stop").next is Next.FINISHED
    assert values(talk) == set()
