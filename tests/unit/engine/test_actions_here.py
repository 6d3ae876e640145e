"""Actions of a module run in Rasa's process as they would on a server."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from rasa.core import run as rasa_run
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk import Action
from rasa_sdk.interfaces import ActionExecutionRejection as Rejected

from engine import actions_here

MODULE = "actions_for_this_test"
DOMAIN = Domain.from_yaml("""
version: "3.1"
intents: [need]
slots: {need: {type: text, influence_conversation: false, mappings: [{type: custom}]}}
responses: {utter_hello: [{text: "Hello {name}."}]}
actions: [action_says, action_rejects, action_fails]
""")


class Says(Action):
    def name(self) -> str:
        return "action_says"

    def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        dispatcher.utter_message(response="utter_hello", name=tracker.sender_id)
        dispatcher.utter_message(
            text=",".join(domain["intents"]), buttons=[{"title": "Yes", "payload": "/yes"}]
        )
        return [{"event": "slot", "name": "need", "value": tracker.latest_message["text"], "timestamp": None}]


class Rejects(Action):
    def name(self) -> str:
        return "action_rejects"

    def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        raise Rejected("action_rejects", "not now")


class Fails(Action):
    def name(self) -> str:
        return "action_fails"

    def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        raise ZeroDivisionError


@pytest.fixture(autouse=True)
def module(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    made = ModuleType(MODULE)
    monkeypatch.setitem(sys.modules, MODULE, made)
    executor = actions_here.ActionExecutor()
    for action in (Says, Rejects, Fails):
        executor.register_action(action)
    monkeypatch.setattr(actions_here, "executor_of", lambda _name: executor)
    monkeypatch.setattr(RemoteAction, "run", RemoteAction.run)
    monkeypatch.setattr(rasa_run, "configure_app", lambda *_args, **_options: APP)
    actions_here.install()
    APP.listeners.clear()
    return made


HERE = EndpointConfig(actions_module=MODULE)


class _App:
    """What a web server's app is to us: it takes listeners."""

    def __init__(self) -> None:
        self.listeners: list[str] = []

    def register_listener(self, _listener: Any, event: str) -> None:
        self.listeners.append(event)


APP = _App()


def call(name: str, run_async: Callable[..., Any], endpoint: EndpointConfig = HERE) -> list[Event]:
    tracker = DialogueStateTracker.from_events("a1b2", [UserUttered("debts")], slots=DOMAIN.slots)
    nlg = TemplatedNaturalLanguageGenerator(DOMAIN.responses)
    channel = CollectingOutputChannel()
    events: list[Event] = run_async(RemoteAction(name, endpoint).run(channel, nlg, tracker, DOMAIN))
    return events


def test_an_action_gets_tracker_and_domain_and_its_words_and_events_come_back(
    run_async: Callable[..., Any],
) -> None:
    hello, intents, slot = call("action_says", run_async)
    assert isinstance(hello, BotUttered)
    assert hello.text == "Hello a1b2."
    assert isinstance(intents, BotUttered)
    assert "need" in str(intents.text)
    assert intents.data["buttons"] == [{"title": "Yes", "payload": "/yes"}]
    assert slot == SlotSet("need", "debts")


def test_a_rejection_is_the_one_that_rasa_knows(run_async: Callable[..., Any]) -> None:
    with pytest.raises(ActionExecutionRejection, match="not now") as raised:
        call("action_rejects", run_async)
    assert raised.value.action_name == "action_rejects"


def test_a_failure_comes_out_for_the_calm_answer(run_async: Callable[..., Any]) -> None:
    with pytest.raises(ZeroDivisionError):
        call("action_fails", run_async)


def test_an_address_is_called_as_ever(run_async: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    async def request(self: EndpointConfig, **_: Any) -> dict[str, Any]:
        asked.append(self.url)
        return {"events": [], "responses": []}

    monkeypatch.setattr(EndpointConfig, "request", request)
    assert call("action_says", run_async, EndpointConfig("http://127.0.0.1:1/webhook")) == []
    assert asked == ["http://127.0.0.1:1/webhook"]


def test_the_domain_is_made_into_a_dict_once() -> None:
    assert actions_here._as_dict(DOMAIN) is actions_here._as_dict(DOMAIN)
    other = Domain.from_yaml('version: "3.1"\nintents: [other]\n')
    assert actions_here._as_dict(other)["intents"] == ["other"]


def test_the_module_begins_with_the_server(module: ModuleType) -> None:
    begun: list[object] = []
    module.begin = begun.append  # type: ignore[attr-defined]
    rasa_run.configure_app(endpoints=SimpleNamespace(action=HERE))
    assert begun == [APP]
    assert APP.listeners == []


def test_with_an_address_nothing_begins_here(module: ModuleType) -> None:
    begun: list[object] = []
    module.begin = begun.append  # type: ignore[attr-defined]
    rasa_run.configure_app(endpoints=None)
    assert APP.listeners == []
    rasa_run.configure_app(endpoints=SimpleNamespace(action=EndpointConfig("http://127.0.0.1:1/webhook")))
    assert APP.listeners == ["after_server_stop"], "the connection is kept until then"
    assert begun == []
