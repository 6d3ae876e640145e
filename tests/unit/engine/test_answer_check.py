"""The compiled answer check says exactly what Rasa's own says."""

import copy
import logging
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

from engine import answer_check

STOCK_CHECK = RemoteAction._validate_action_result
CHECK = answer_check.compiled_check(RemoteAction.action_response_format_spec())

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
EVENT_NAMES = (
    *("user", "action", "slot", "entities", "rewind", "bot", "form", "active_loop", "followup"),
    *("restart", "undo", "pause", "resume", "session_started", "unheard_of"),
)
NAMES = st.sampled_from(EVENT_NAMES)
EVENTS = st.fixed_dictionaries(
    {"event": NAMES | JSON},
    optional={
        "name": st.text(max_size=5) | JSON,
        "value": JSON,
        "timestamp": st.none() | st.floats(allow_nan=False) | JSON,
        "metadata": st.none() | JSON,
        "entities": JSON | st.just([{"entity": "a", "value": 1}]),
        "parse_data": JSON,
        "text": JSON,
        "policy": JSON,
        "confidence": JSON,
    },
)
ANSWERS = (
    st.fixed_dictionaries(
        {},
        optional={
            "events": st.lists(EVENTS | JSON, max_size=3) | JSON,
            "responses": st.lists(JSON, max_size=2) | JSON,
        },
    )
    | JSON
)
GOOD = {
    "events": [
        {"event": "slot", "name": "answer", "value": None, "timestamp": None},
        {"event": "active_loop", "name": None, "timestamp": 1.5},
        {"event": "followup", "name": "action_listen", "timestamp": None},
    ],
    "responses": [{"text": "hello", "buttons": [], "custom": {"kind": "noted"}}],
}


def verdict(check: Any, answer: Any) -> tuple[Any, ...]:
    try:
        return (check(copy.deepcopy(answer)),)
    except ValidationError as error:
        return type(error), error.message, list(error.absolute_path), list(error.absolute_schema_path)


def stock(answer: Any) -> tuple[Any, ...]:
    return verdict(lambda given_answer: STOCK_CHECK(RemoteAction("action_x", None), given_answer), answer)


@settings(max_examples=60)
@given(ANSWERS)
def test_any_answer_gets_the_stock_verdict_and_the_stock_error(answer: Any) -> None:
    assert verdict(CHECK, answer) == stock(answer)


def test_a_good_answer_passes() -> None:
    assert verdict(CHECK, GOOD) == stock(GOOD) == (True,)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        "text",
        {"events": None},
        {"events": [{}]},
        {"events": [{"event": 3}]},
        {"events": [{"event": "slot", "name": "answer"}]},
        {"events": [{"event": "unheard_of"}]},
        {"responses": ["text"]},
        {"events": [{"event": "slot", "name": "a", "value": 1, "timestamp": "now"}]},
    ],
)
def test_a_malformed_answer_raises_the_stock_error(answer: Any) -> None:
    assert verdict(CHECK, answer) == stock(answer)
    assert verdict(CHECK, answer)[0] is ValidationError


def test_errors_do_not_leak_from_one_answer_into_the_next() -> None:
    first = verdict(CHECK, {"events": 3})
    assert verdict(CHECK, {"events": 3}) == first


def test_it_is_put_in_place_for_the_rasa_we_know(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RemoteAction, "_validate_action_result", STOCK_CHECK)
    assert answer_check.install()
    assert RemoteAction._validate_action_result is not STOCK_CHECK
    assert RemoteAction("action_x", None)._validate_action_result(GOOD)


def test_another_rasa_keeps_its_own_check_and_the_log_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(RemoteAction, "_validate_action_result", STOCK_CHECK)
    with caplog.at_level(logging.WARNING):
        assert not answer_check.install("3.6.22")
    assert RemoteAction._validate_action_result is STOCK_CHECK
    assert "3.6.22" in caplog.text
