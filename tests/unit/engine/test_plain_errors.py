"""What Rasa's server answers to a mistake repeats nothing of it."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("rasa")

from engineio.async_server import AsyncServer
from engineio.base_server import BaseServer
from rasa.core import run

from engine import plain_errors

PRIVATE = "I owe 1,234.56 euros"


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our answers, for one test."""
    monkeypatch.setattr(run, "configure_app", run.configure_app)
    monkeypatch.setattr(BaseServer, "_bad_request", BaseServer._bad_request)
    plain_errors.install()


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [("NotFound", 404, "not_found"), ("ServerError", 500, "failed"), ("", 500, "failed")],
)
def test_an_error_of_rasas_server_is_answered_without_a_word_of_the_request(
    caplog: pytest.LogCaptureFixture, error: str, status: int, code: str
) -> None:
    from sanic import exceptions

    kind = getattr(exceptions, error) if error else ValueError
    answer = plain_errors.PlainErrors().response(None, kind(PRIVATE))
    assert (answer.status, json.loads(answer.body)) == (status, {"error": code})
    assert PRIVATE not in caplog.text
    assert ("A request failed" in caplog.text) == (status >= 500)


@pytest.mark.usefixtures("installed")
def test_rasas_server_is_given_these_answers() -> None:
    assert isinstance(run.configure_app(enable_api=False).error_handler, plain_errors.PlainErrors)


@pytest.mark.usefixtures("installed")
def test_a_refused_socket_hears_no_reason_that_names_what_it_sent() -> None:
    refusal = AsyncServer(async_mode="asgi")._bad_request(f"Invalid session {PRIVATE}")
    assert refusal["response"] == b'"Bad Request"'
