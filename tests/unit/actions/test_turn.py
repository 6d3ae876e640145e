"""The turn that is read from Rasa's tracker."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.turn import read_turn

KEY = b"k" * 32
LISTEN = {"event": "action", "name": "action_listen"}
FORM = {"event": "action", "name": "help_form"}


def user(text: str, at: float = 0.0) -> dict[str, Any]:
    return {"event": "user", "text": text, "timestamp": at, "input_channel": "rest"}


def tracker(*events: dict[str, Any], sender: str = "s", **message: Any) -> Tracker:
    return Tracker(
        sender, {"need": None, "stage": None}, message, list(events), False, None, {}, "action_listen"
    )


def test_the_person_is_a_pseudonym_of_the_conversation() -> None:
    turn = read_turn(tracker(sender="raw-phone-number"), KEY)
    assert "raw-phone-number" not in repr(turn)
    assert turn.person_id == read_turn(tracker(sender="raw-phone-number"), KEY).person_id
    assert turn.person_id != read_turn(tracker(sender="another"), KEY).person_id


@pytest.mark.parametrize(
    ("events", "first_look"),
    [
        ((LISTEN, user("yes"), FORM), True),
        ((LISTEN, user("what?"), {"event": "action", "name": "action_help"}, FORM), False),
        ((LISTEN, user("what?"), {"event": "action", "name": "action_why"}, FORM), False),
        ((FORM,), False),
    ],
)
def test_a_message_is_an_answer_only_when_the_form_first_looks_at_it(
    events: tuple[dict[str, Any], ...], first_look: bool
) -> None:
    assert read_turn(tracker(*events), KEY).answers_question is first_look


def test_what_was_typed_before_is_known_but_not_the_message_itself() -> None:
    turn = read_turn(tracker(user("first", 1.0), user("second", 2.0), user("now", 3.0), text="now"), KEY)
    assert [said.text for said in turn.earlier] == ["first", "second"]


def test_a_need_comes_from_the_decision_or_from_a_button() -> None:
    decided = read_turn(tracker(text="my debt", intent={"name": "need", "program": "debt_payoff"}), KEY)
    pressed = read_turn(
        tracker(
            text='/need{"program":"lost_card"}',
            intent={"name": "need"},
            entities=[{"entity": "program", "value": "lost_card"}],
        ),
        KEY,
    )
    assert (decided.program, decided.pressed) == ("debt_payoff", False)
    assert (pressed.program, pressed.pressed) == ("lost_card", True)


@pytest.mark.parametrize("message", [{}, {"text": None, "intent": None, "entities": None}])
def test_an_empty_message_is_a_turn_without_meaning(message: dict[str, Any]) -> None:
    turn = read_turn(tracker(**message), KEY)
    assert (turn.text, turn.intent, turn.confidence) == ("", "", 0.0)


def test_when_the_channel_received_the_message_is_known_to_the_microsecond() -> None:
    turn = read_turn(tracker(metadata={"received_at": "2026-05-06T12:00:00.000001+00:00"}), KEY)
    assert turn.received_at == datetime(2026, 5, 6, 12, 0, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "metadata",
    [None, {}, "x", *({"received_at": noted} for noted in (None, 7, "soon", "2026-05-06T12:00:00"))],
)
def test_a_channel_that_does_not_say_when_it_received_a_message_is_not_guessed_at(metadata: Any) -> None:
    assert read_turn(tracker(metadata=metadata), KEY).received_at is None
