"""
Rasa's own processor with our rules, and a stub in place of the action server: conversations without sockets.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.policies.ensemble import DefaultPolicyPredictionEnsemble
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import FailSafeTrackerStore, TrackerStore
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.generator import TrainingDataGenerator
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.data import TrainingType
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from engine.rules import RememberingRules

ROOT = Path(__file__).resolve().parents[4]
DIGRESSIONS = (
    "need", "why", "menu", "greet", "thanks", "human", "show_kept", "receipt", "insult", "link_start",
    "forget_me", "take_back", "goodbye",
)  # fmt: skip


def trained_rules(folder: Path) -> tuple[Domain, RulePolicy]:
    """Our domain, and the policy trained on our rules, as config.yml has it."""
    importer = TrainingDataImporter.load_from_config(
        str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(ROOT / "data")]
    )
    domain = importer.get_domain()
    [written] = importer.get_config()["policies"]
    policy = RememberingRules.create(
        {**RememberingRules.get_default_config(), **written},
        LocalModelStorage.create(folder),
        Resource("rules"),
        ExecutionContext(GraphSchema({})),
    )
    trackers = TrainingDataGenerator(importer.get_stories(), domain, augmentation_factor=0).generate()
    policy.train(trackers, domain)
    return domain, policy


class Predicting:
    """Rasa's ensemble of the one policy, in place of the graph that a model would bring."""

    def __init__(self, domain: Domain, policy: RulePolicy) -> None:
        self._domain, self._policy = domain, policy
        self._ensemble = DefaultPolicyPredictionEnsemble()

    def run(self, inputs: dict[str, Any], targets: Sequence[str]) -> dict[str, Any]:
        tracker = inputs["__tracker__"]
        prediction = self._policy.predict_action_probabilities(tracker, self._domain)
        return {
            targets[0]: self._ensemble.combine_predictions_from_kwargs(
                tracker=tracker, domain=self._domain, policy=prediction
            )
        }


class Processor(MessageProcessor):
    """Rasa's processor; messages bring their meaning along."""

    def __init__(self, domain: Domain, policy: RulePolicy, store: TrackerStore, actions: EndpointConfig):
        self._rules = domain, policy
        store.domain = domain
        nlg = TemplatedNaturalLanguageGenerator(domain.responses)
        super().__init__("rules", FailSafeTrackerStore(store), InMemoryLockStore(), nlg, actions)

    def _load_model(self, _path: object) -> Any:
        domain, policy = self._rules
        metadata = SimpleNamespace(
            domain=domain,
            assistant_id="ask-first",
            model_id="rules",
            training_type=TrainingType.BOTH,
            core_target="select",
            nlu_target=None,
        )
        return "rules", metadata, Predicting(domain, policy)

    async def say(
        self, sender: str, intent: str, text: str = "", entities: Sequence[dict[str, Any]] = (), **extra: Any
    ) -> list[dict[str, Any]]:
        """One turn; returns what the assistant says."""
        output = CollectingOutputChannel()
        meaning = {
            "text": text or f"/{intent}",
            "intent": {"name": intent, "confidence": 0.9, **extra},
            "intent_ranking": [{"name": "other", "confidence": 0.1}] * 10,
            "entities": list(entities),
        }
        await self.handle_message(
            UserMessage(meaning["text"], output, sender, meaning, "rest", metadata={"button": False})
        )
        return output.messages


def listen() -> dict[str, str]:
    """The event with which a session begins to listen."""
    return {"event": "action", "name": "action_listen"}


class StubActions(EndpointConfig):
    """
    Answers as the action server does: the same kinds of events for the same kinds of intents. What is left
    open is decided by a number: two conversations with the same numbers get the same answers.
    """

    def __init__(self, seed: int = 0) -> None:
        super().__init__("http://stub")
        self.seed = seed
        self.turn = 0
        self.called: list[tuple[str, Any]] = []

    async def request(self, json: Any = None, **_options: Any) -> Any:
        called = loads(dumps(json))
        if called["next_action"] == "action_session_start":
            return {"events": [{"event": "session_started"}, listen()], "responses": []}
        name, tracker = called["next_action"], called["tracker"]
        self.called.append((name, tracker))
        intent = (tracker["latest_message"]["intent"] or {}).get("name")
        chance = random.Random(f"{self.seed} {self.turn} {name}")
        events = self._events(name, intent, tracker, chance)
        texts = (
            [] if name.startswith("validate_") else [{"text": f"{name} says something", "buttons": BUTTONS}]
        )
        return {"events": events, "responses": texts}

    def _events(self, name: str, intent: str, tracker: Any, chance: random.Random) -> list[dict[str, Any]]:
        actions = [event["name"] for event in tracker["events"] if event["event"] == "action"]
        if name == "validate_help_form":
            looks = len(actions) > 1 and actions[-1] == "help_form" and actions[-2] == "action_listen"
            if looks and (intent in DIGRESSIONS or chance.random() < 0.3):
                return []
            finished = [slot("requested_slot", None)] if chance.random() < 0.2 else []
            return [slot("answer", None), *finished]
        if name == "action_help":
            return [slot("need", chance.choice(("lost_card", "fees"))), slot("stage", "help")]
        if name == "action_forget_me":
            return [slot("need", None), slot("stage", None)]
        if name in ("action_remember", "action_reconsider"):
            return [slot("stage", chance.choice(("help", "remember")))]
        if name == "action_out_of_scope" and chance.random() < 0.1:
            raise ClientResponseError(500, "down", "{}")
        return []


BUTTONS = [{"title": "Allow", "payload": "/allow"}]


def slot(name: str, value: Any) -> dict[str, Any]:
    return {"event": "slot", "name": name, "value": value}


def dumps(content: Any) -> str:
    return json.dumps(content)


def loads(text: str) -> Any:
    return json.loads(text)


def done(tracker: DialogueStateTracker) -> list[str]:
    """The actions of a tracker."""
    return [event.action_name for event in tracker.events if isinstance(event, ActionExecuted)]
