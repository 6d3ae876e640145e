"""The terminal chat speaks the REST channel, and a number presses the button that stands beside it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from operate.chat import Assistant, Button, chosen, converse
from operate.errors import OperateError

BUTTONS = (Button(title="Allow", payload="/allow~x1"), Button(title="Not now", payload="/later~x2"))
ASKS = [{"recipient_id": "p", "text": "May I?", "buttons": [b.model_dump() for b in BUTTONS], "custom": None}]
THANKS = [{"recipient_id": "p", "text": "Noted [for this help only].", "custom": {"kind": "noted"}}]

Talk = Callable[..., tuple[list[str], list[httpx.Request]]]


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """Types lines to a stand-in that gives these answers; returns what was shown, and the requests."""
    (tmp_path / "secret").write_text("s3cret\n", encoding="ascii")

    def run(answers: list[Any], *typed: str) -> tuple[list[str], list[httpx.Request]]:
        coming, lines, shown, requests = iter(answers), iter(typed), list[str](), list[httpx.Request]()

        def answer(request: httpx.Request) -> httpx.Response:
            requests.append(request)
            given = next(coming)
            if isinstance(given, Exception):
                raise given
            return given if isinstance(given, httpx.Response) else httpx.Response(200, json=given)

        def read() -> str:
            try:
                return next(lines)
            except StopIteration:
                raise EOFError from None

        transport = httpx.MockTransport(answer)
        with Assistant("http://rasa", tmp_path / "secret", "somebody", transport) as assistant:
            converse(assistant, read, shown.append)
        return shown, requests

    return run


def _said(requests: list[httpx.Request]) -> list[str]:
    return [json.loads(request.content)["message"] for request in requests]


def test_buttons_are_numbered_and_a_number_presses_one(talk: Talk) -> None:
    shown, requests = talk([ASKS, THANKS], "I owe money", "1")
    assert _said(requests) == ["I owe money", "/allow~x1"]
    assert shown == ["May I?", "  1  Allow", "  2  Not now", "Noted [for this help only]."]


def test_the_secret_and_the_sender_go_with_every_message(talk: Talk) -> None:
    (request,) = talk([THANKS], "hello")[1]
    assert request.headers["Authorization"] == "Bearer s3cret"
    assert request.url.path == "/webhooks/rest/webhook"
    assert json.loads(request.content)["sender"] == "somebody"


@pytest.mark.parametrize("typed", ["3", "0", "1200", "-1", "1.5", "²", "one"])
def test_a_number_that_stands_beside_no_button_is_said_as_it_is(typed: str) -> None:
    assert chosen(typed, BUTTONS) == typed


def test_buttons_of_an_earlier_answer_are_not_pressed_by_a_number(talk: Talk) -> None:
    assert _said(talk([ASKS, THANKS, THANKS], "hello", "why?", "1")[1]) == ["hello", "why?", "1"]


def test_numbers_run_through_all_messages_of_one_answer(talk: Talk) -> None:
    shown, requests = talk([[*ASKS, *ASKS], THANKS], "hello", "4")
    assert "  3  Allow" in shown
    assert _said(requests)[-1] == "/later~x2"


def test_empty_lines_are_not_sent_and_quit_ends(talk: Talk) -> None:
    assert talk([], "", "   ", "/quit", "never said") == ([], [])


def test_nothing_running_is_one_clear_sentence(talk: Talk, tmp_path: Path) -> None:
    with pytest.raises(OperateError, match="make run"):
        talk([httpx.ConnectError("refused")], "hello")
    with pytest.raises(OperateError, match="make run"):
        Assistant("http://rasa", tmp_path / "none")


@pytest.mark.parametrize(
    "answer", [httpx.Response(401), httpx.Response(200, text="<html>"), {"not": "a list"}]
)
def test_an_answer_that_is_no_list_of_messages_is_said_so(talk: Talk, answer: Any) -> None:
    with pytest.raises(OperateError, match="HTTP status"):
        talk([answer], "hello")


def test_every_chat_is_somebody_new(tmp_path: Path) -> None:
    (tmp_path / "secret").touch()
    first, second = (Assistant("http://rasa", tmp_path / "secret").sender for _ in range(2))
    assert first != second
