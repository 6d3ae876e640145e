"""What happens when the action server is away, slow or broken."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from rasa.core.actions import action as rasa_action
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.actions.forms import FormAction
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    FollowupAction,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from engine import outage

STOCK_RUN = RemoteAction.run
SENTENCE = "Something is not working right now."
HELP = "Pay the highest rate first."
VALUE = "1,234.56 euros"
DOMAIN = Domain.from_yaml(f"""
version: "3.1"
intents: [need, why, tell_value]
entities: [program]
slots:
  need: {{type: text, influence_conversation: false, mappings: [{{type: custom}}]}}
  answer: {{type: any, mappings: [{{type: custom}}]}}
forms: {{help_form: {{required_slots: [answer]}}}}
responses: {{utter_action_server_down: [{{text: "{SENTENCE}"}}]}}
actions: [action_help, action_why, validate_help_form]
""")
IN_A_QUESTION: list[Event] = [
    ActionExecuted("action_listen"),
    UserUttered("debts", {"name": "need", "program": "debt_payoff"}),
    ActionExecuted("help_form"),
    ActiveLoop("help_form"),
    SlotSet("requested_slot", "answer"),
    SlotSet("need", "debt_payoff"),
    ActionExecuted("action_listen"),
    UserUttered(VALUE, {"name": "tell_value"}),
]

Answer = Callable[[web.Request], Any]
Run = Callable[[Any], Any]


@pytest.fixture(autouse=True)
def calm_actions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The patch in place, with one program, for one test."""
    (tmp_path / "debt_payoff").mkdir()
    (tmp_path / "debt_payoff" / "program.yml").write_text(f"general_help: {HELP}\n")
    monkeypatch.setattr(RemoteAction, "run", STOCK_RUN)
    monkeypatch.setattr(rasa_action, "DEFAULT_REQUEST_TIMEOUT", 10)
    outage.install(tmp_path)


@asynccontextmanager
async def action_server(answer: Answer) -> AsyncIterator[EndpointConfig]:
    app = web.Application()
    app.router.add_post("/webhook", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, shutdown_timeout=0.1)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]
    try:
        yield EndpointConfig(f"http://127.0.0.1:{port}/webhook")
    finally:
        await runner.cleanup()


def nobody() -> EndpointConfig:
    """An address where nobody listens."""
    return EndpointConfig("http://127.0.0.1:1/webhook")


def tracker_with(events: list[Event]) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("a1b2", events, slots=DOMAIN.slots)


async def run_action(action: Any, tracker: DialogueStateTracker) -> list[Event]:
    nlg = TemplatedNaturalLanguageGenerator(DOMAIN.responses)
    return await action.run(CollectingOutputChannel(), nlg, tracker, DOMAIN)


def said(events: list[Event]) -> list[str | None]:
    return [event.text for event in events if isinstance(event, BotUttered)]


async def server_error(_request: web.Request) -> web.Response:
    return web.Response(status=500, text=f"traceback with {VALUE}")


async def unauthorized(_request: web.Request) -> web.Response:
    return web.Response(status=401, text="who are you?")


async def not_json(_request: web.Request) -> web.Response:
    return web.Response(text="<html>")


async def broken_json(_request: web.Request) -> web.Response:
    return web.Response(text=f'{{"events": "{VALUE}', content_type="application/json")


async def malformed(_request: web.Request) -> web.Response:
    return web.json_response({"events": [{"event": "slot", "value": VALUE}]})


async def bad_rejection(_request: web.Request) -> web.Response:
    return web.Response(status=400, text="not json")


async def cut_off(request: web.Request) -> web.Response:
    request.transport.close()
    return web.Response()


BROKEN = [server_error, unauthorized, not_json, broken_json, malformed, bad_rejection, cut_off]


@pytest.mark.parametrize("broken", BROKEN)
def test_every_failure_is_a_calm_sentence_and_general_help(run_async: Run, broken: Answer) -> None:
    async def scene() -> list[Event]:
        async with action_server(broken) as endpoint:
            return await run_action(RemoteAction("action_why", endpoint), tracker_with(IN_A_QUESTION))

    assert said(run_async(scene())) == [SENTENCE, HELP]


def test_so_is_a_server_that_is_not_there(run_async: Run) -> None:
    events = run_async(run_action(RemoteAction("action_why", nobody()), tracker_with(IN_A_QUESTION)))
    assert said(events) == [SENTENCE, HELP]


def test_so_is_a_server_that_does_not_answer(run_async: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rasa_action, "DEFAULT_REQUEST_TIMEOUT", 0.05)

    async def scene() -> list[Event]:
        forever = asyncio.Event()
        asked = asyncio.Event()

        async def silent(_request: web.Request) -> web.Response:
            asked.set()
            await forever.wait()
            return web.Response()

        async with action_server(silent) as endpoint:
            events = await run_action(RemoteAction("action_why", endpoint), tracker_with(IN_A_QUESTION))
            forever.set()
        assert asked.is_set()
        return events

    assert said(run_async(scene())) == [SENTENCE, HELP]


def test_nobody_waits_for_minutes() -> None:
    assert rasa_action.DEFAULT_REQUEST_TIMEOUT == outage.PATIENCE_SECONDS <= 15


def test_a_failure_ends_the_turn_and_changes_nothing_else(run_async: Run) -> None:
    events = run_async(run_action(RemoteAction("action_why", nobody()), tracker_with(IN_A_QUESTION)))
    assert [event for event in events if not isinstance(event, BotUttered)] == [
        FollowupAction("action_listen")
    ]


def test_the_open_question_stays_open_and_nothing_is_kept(run_async: Run) -> None:
    tracker = tracker_with(IN_A_QUESTION)
    events = run_async(run_action(FormAction("help_form", nobody()), tracker))
    assert said(events) == [SENTENCE, HELP]
    assert SlotSet("answer", None) in events
    tracker.update_with_events(events, DOMAIN)
    assert tracker.active_loop_name == "help_form"
    assert tracker.get_slot("requested_slot") == "answer"
    assert tracker.get_slot("answer") is None


def test_it_is_said_once_a_message_and_again_for_the_next(run_async: Run) -> None:
    tracker = tracker_with(IN_A_QUESTION)
    tracker.update_with_events(run_async(run_action(RemoteAction("action_why", nobody()), tracker)), DOMAIN)
    assert said(run_async(run_action(RemoteAction("action_help", nobody()), tracker))) == []
    tracker.update(UserUttered("hello?", {"name": "why"}))
    assert said(run_async(run_action(RemoteAction("action_why", nobody()), tracker))) == [SENTENCE, HELP]


def test_a_form_that_only_just_began_ends_again(run_async: Run) -> None:
    tracker = tracker_with([*IN_A_QUESTION[:2], ActionExecuted("action_help")])
    events = run_async(run_action(FormAction("help_form", nobody()), tracker))
    tracker.update_with_events(events, DOMAIN)
    assert said(events) == [SENTENCE, HELP]
    assert tracker.active_loop_name is None
    assert tracker.followup_action == "action_listen"


@pytest.mark.parametrize(
    ("message", "slot", "expected"),
    [
        (UserUttered("debts", {"name": "need", "program": "debt_payoff"}), None, [SENTENCE, HELP]),
        (
            UserUttered("/need", {"name": "need"}, [{"entity": "program", "value": "debt_payoff"}]),
            None,
            [SENTENCE, HELP],
        ),
        (UserUttered("why", {"name": "why"}), "debt_payoff", [SENTENCE, HELP]),
        (UserUttered("card", {"name": "need", "program": "lost_card"}), "debt_payoff", [SENTENCE]),
        (UserUttered("hi", {"name": "why"}), None, [SENTENCE]),
    ],
)
def test_the_help_is_that_of_the_current_program(
    run_async: Run, message: UserUttered, slot: str | None, expected: list[str]
) -> None:
    tracker = tracker_with([SlotSet("need", slot), message])
    assert said(run_async(run_action(RemoteAction("action_help", nobody()), tracker))) == expected


def test_the_action_servers_own_rejection_is_no_failure(run_async: Run) -> None:
    async def rejecting(_request: web.Request) -> web.Response:
        body = {"error": "no", "action_name": "validate_help_form"}
        return web.Response(status=400, text=json.dumps(body), content_type="application/json")

    async def scene() -> None:
        async with action_server(rejecting) as endpoint:
            await run_action(RemoteAction("validate_help_form", endpoint), tracker_with(IN_A_QUESTION))

    with pytest.raises(ActionExecutionRejection):
        run_async(scene())


def test_a_good_answer_passes_as_it_is(run_async: Run) -> None:
    async def good(_request: web.Request) -> web.Response:
        return web.json_response({"events": [], "responses": [{"text": "Because."}]})

    async def scene() -> list[Event]:
        async with action_server(good) as endpoint:
            return await run_action(RemoteAction("action_why", endpoint), tracker_with(IN_A_QUESTION))

    events = run_async(scene())
    assert said(events) == ["Because."]
    assert len(events) == 1


@pytest.mark.parametrize("broken", BROKEN)
def test_the_log_names_action_conversation_and_reason_and_no_value(
    run_async: Run, broken: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    async def scene() -> None:
        async with action_server(broken) as endpoint:
            await run_action(RemoteAction("action_why", endpoint), tracker_with(IN_A_QUESTION))

    with caplog.at_level(logging.INFO):
        run_async(scene())
    assert "action=action_why conversation=a1b2 reason=" in caplog.text
    assert VALUE not in caplog.text


@pytest.mark.parametrize(
    ("error", "expected"),
    [(ValueError(VALUE), "ValueError"), (TimeoutError(), "TimeoutError")],
)
def test_a_reason_is_a_kind_never_a_message(error: Exception, expected: str) -> None:
    assert outage.reason_of(error) == expected
