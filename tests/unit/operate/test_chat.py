"""The terminal chat speaks the REST channel, and a number presses the button that stands beside it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from operate.chat import Assistant, Button, chosen, converse, new_sender, read_secret
from operate.errors import OperateError

BUTTONS = (Button(title="Allow", payload="/allow~x1"), Button(title="Not now", payload="/later~x2"))
ASKS = [{"recipient_id": "p", "text": "May I?", "buttons": [b.model_dump() for b in BUTTONS], "custom": None}]
THANKS = [
    {"recipient_id": "p", "text": "Noted [for this help only].", "buttons": [], "custom": {"kind": "noted"}}
]


class _Rasa:
    """A stand-in for the REST channel that keeps what it was sent and answers in turn."""

    def __init__(self, *answers: Any) -> None:
        self.answers = iter(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = next(self.answers)
        return answer if isinstance(answer, httpx.Response) else httpx.Response(200, json=answer)

    @property
    def said(self) -> list[str]:
        return [json.loads(request.content)["message"] for request in self.requests]


@pytest.fixture
def talk() -> Callable[..., list[str]]:
    """Types some lines to a stand-in, returns what was shown."""

    def run(rasa: _Rasa, *typed: str) -> list[str]:
        lines: Iterator[str] = iter(typed)
        shown: list[str] = []

        def read() -> str:
            try:
                return next(lines)
            except StopIteration:
                raise EOFError from None

        with Assistant("http://rasa", "s3cret", "somebody", httpx.MockTransport(rasa)) as assistant:
            converse(assistant, read, shown.append)
        return shown

    return run


def test_buttons_are_numbered_and_a_number_presses_one(talk: Callable[..., list[str]]) -> None:
    rasa = _Rasa(ASKS, THANKS)
    shown = talk(rasa, "I owe money", "1")
    assert rasa.said == ["I owe money", "/allow~x1"]
    assert shown == ["May I?", "  1  Allow", "  2  Not now", "Noted [for this help only]."]


def test_the_secret_and_the_sender_go_with_every_message(talk: Callable[..., list[str]]) -> None:
    rasa = _Rasa(THANKS)
    talk(rasa, "hello")
    (request,) = rasa.requests
    assert request.headers["Authorization"] == "Bearer s3cret"
    assert request.url.path == "/webhooks/rest/webhook"
    assert json.loads(request.content)["sender"] == "somebody"


def test_a_number_that_stands_beside_no_button_is_said_as_it_is() -> None:
    for typed in ("3", "0", "1200", "-1", "1.5", "²", "one"):
        assert chosen(typed, BUTTONS) == typed


def test_buttons_of_an_earlier_answer_are_not_pressed_by_a_number(talk: Callable[..., list[str]]) -> None:
    rasa = _Rasa(ASKS, THANKS, THANKS)
    talk(rasa, "hello", "why?", "1")
    assert rasa.said == ["hello", "why?", "1"]


def test_numbers_run_through_all_messages_of_one_answer(talk: Callable[..., list[str]]) -> None:
    rasa = _Rasa([*ASKS, *ASKS], THANKS)
    assert "  3  Allow" in talk(rasa, "hello", "4")
    assert rasa.said[-1] == "/later~x2"


def test_empty_lines_are_not_sent_and_quit_ends(talk: Callable[..., list[str]]) -> None:
    rasa = _Rasa()
    assert talk(rasa, "", "   ", "/quit", "never said") == []
    assert rasa.said == []


def test_nothing_running_is_one_clear_sentence(talk: Callable[..., list[str]], tmp_path: Path) -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(OperateError, match="make run"):
        Assistant("http://rasa", "s", "x", httpx.MockTransport(refuse)).must_answer()
    with pytest.raises(OperateError, match="make run"):
        read_secret(tmp_path / "rest.secret", "http://rasa")


@pytest.mark.parametrize(
    "answer", [httpx.Response(401), httpx.Response(200, text="<html>"), {"not": "a list"}]
)
def test_an_answer_that_is_no_list_of_messages_is_said_so(
    talk: Callable[..., list[str]], answer: Any
) -> None:
    with pytest.raises(OperateError, match="HTTP status"):
        talk(_Rasa(answer), "hello")


def test_every_chat_is_somebody_new() -> None:
    assert new_sender() != new_sender()
