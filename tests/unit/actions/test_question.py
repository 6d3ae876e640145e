"""Which question comes next: permission first, value second, nothing asked twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from actions.flow.question import Offer, Permission, ValueOf, keys_of, next_question, source_of
from tests.catalogue import our_catalogue

CATALOGUE = our_catalogue()
DEBT = CATALOGUE.programs["debt_payoff"]
BALANCE, RATE, PAYMENT = DEBT.item_ids
STATUSES = ("unasked", "requested", "given", "refused", "deferred", "withdrawn", "expired")


@dataclass(frozen=True)
class Known:
    status: str = "unasked"
    has_value: bool = False
    decided_at: datetime | None = None


def known(**status_by_item: Known) -> dict[tuple[str, str], Known]:
    states = {key: Known() for key in keys_of(DEBT)}
    return states | {(DEBT.id, item): state for item, state in status_by_item.items()}


def test_an_offer_comes_before_any_permission() -> None:
    assert next_question(DEBT, "open", known()) == Offer(3)


def test_a_declined_offer_ends_the_questions() -> None:
    assert next_question(DEBT, "declined", known()) is None


def test_permission_comes_before_the_value() -> None:
    assert next_question(DEBT, "accepted", known()) == Permission(BALANCE, DEBT.id, 1, 3)
    given_ = known(**{BALANCE: Known("given")})
    assert next_question(DEBT, "accepted", given_) == ValueOf(BALANCE, DEBT.id)


def test_a_refused_item_is_passed_over() -> None:
    refused = known(**{BALANCE: Known("refused")})
    assert next_question(DEBT, "accepted", refused) == Permission(RATE, DEBT.id, 2, 3)
    assert next_question(DEBT, "open", refused) == Offer(2)


def test_what_was_remembered_is_not_asked_again() -> None:
    states = known()
    states[DEBT.remember_purpose_key, BALANCE] = Known("given", has_value=True)
    assert next_question(DEBT, "open", states) == Offer(2)
    assert source_of(DEBT, BALANCE, states) == (DEBT.remember_purpose_key, BALANCE)


def test_only_what_is_there_can_be_remembered() -> None:
    states = known(**{RATE: Known("given", has_value=True)})
    asked = next_question(DEBT, "accepted", states, "remember")
    assert asked == Permission(RATE, DEBT.remember_purpose_key, 1, 1, remember=True)


states_of_items = st.fixed_dictionaries(
    {key: st.builds(Known, st.sampled_from(STATUSES), st.booleans()) for key in keys_of(DEBT)}
)


@given(
    states_of_items, st.sampled_from(["open", "accepted", "declined"]), st.sampled_from(["help", "remember"])
)
def test_no_one_is_asked_again_after_a_no(
    states: dict[tuple[str, str], Known], offer: str, stage: str
) -> None:
    question = next_question(DEBT, offer, states, stage)
    if isinstance(question, Permission):
        assert states[question.purpose, question.item].status in {"unasked", "requested", "expired"}
        assert 1 <= question.number <= question.of <= 3
    if isinstance(question, ValueOf):
        assert states[question.purpose, question.item] == Known("given", has_value=False)
    if isinstance(question, Offer):
        assert 1 <= question.count <= 3


@given(states_of_items)
def test_questions_end_once_each_is_answered(states: dict[tuple[str, str], Known]) -> None:
    for _ in range(10):
        question = next_question(DEBT, "accepted", states)
        if question is None:
            return
        assert isinstance(question, Permission | ValueOf)
        answered = Known("given", isinstance(question, ValueOf))
        states = states | {(question.purpose, question.item): answered}
    raise AssertionError("still asking")


@given(states_of_items)
def test_nothing_is_read_without_a_given_permission(states: dict[tuple[str, str], Known]) -> None:
    for item in DEBT.item_ids:
        source = source_of(DEBT, item, states)
        if source is not None:
            assert states[source].status == "given"
            assert source in keys_of(DEBT)
