"""Whatever is cut off, Rasa predicts the same, and stands the same, as with the whole conversation."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from typing import Any

import pytest
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.events import ActionExecuted, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from engine.conversations import forms
from engine.conversations.bounding import ACTIONS, TEXTS, bounded
from tests.unit.engine.conversations.rig import Processor, StubActions, done

CONVERSATIONS = int(os.environ.get("ASKFIRST_SOAK_CONVERSATIONS", "4"))
TURNS = 45
RARELY = ("back", "restart", "session_start")  # what ends a conversation, or takes a turn back
OFTEN = ("need", "allow", "deny", "tell_value", "why", "menu", "forget_me", "stop", "goodbye", "remember")
MOST_EVENTS = 70


class Whole(TrackerStore):
    """Keeps everything, in the process."""

    def __init__(self) -> None:
        super().__init__(None)
        self.latest: DialogueStateTracker | None = None

    async def retrieve(self, _sender: str) -> DialogueStateTracker | None:
        return self.latest

    async def save(self, tracker: DialogueStateTracker) -> None:
        self.latest = tracker


class Cut(Whole):
    """Keeps what `bounded` leaves, as it is written."""

    text: str | None = None

    async def retrieve(self, sender: str) -> DialogueStateTracker | None:
        if self.text is None:
            return None
        events = [forms.opened(event) for event in json.loads(self.text)]
        return DialogueStateTracker.from_events(sender, events, self.domain.slots)

    async def save(self, tracker: DialogueStateTracker) -> None:
        await super().save(tracker)
        self.text = json.dumps([forms.kept(event) for event in bounded(tracker)])


def state(tracker: DialogueStateTracker) -> Any:
    """What policies and the action server see of where a conversation stands."""
    loop = tracker.active_loop
    form = loop and (loop.name, loop.is_interrupted, loop.rejected)
    said = [event.text for event in tracker.events if isinstance(event, UserUttered) and event.text]
    return tracker.current_slot_values(), form, tracker.latest_action_name, tracker.is_paused(), said[-1:]


def seen_by_rules(tracker: DialogueStateTracker, domain: Any) -> Any:
    """The latest states that Rasa makes of a conversation; the longest rule looks at four."""
    return tracker.past_states(domain)[-6:]


def chosen(chance: random.Random, intents: list[str]) -> str:
    return chance.choice(OFTEN) if chance.random() < 0.5 else chance.choice(intents)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", range(CONVERSATIONS))
def test_a_long_conversation_goes_on_as_if_nothing_was_cut_off(
    seed: int, rules: Any, run_async: Callable[..., Any]
) -> None:
    domain, policy = rules
    whole, cut = Whole(), Cut()
    stubs = StubActions(seed), StubActions(seed)
    stock = Processor(domain, policy, whole, stubs[0])
    ours = Processor(domain, policy, cut, stubs[1])
    chance = random.Random(seed)
    intents = [name for name in domain.intents if name not in RARELY or seed % 4 == 3]

    async def turn(number: int) -> None:
        stubs[0].turn = stubs[1].turn = number
        intent = chosen(chance, intents)
        before = len(done(whole.latest)) if whole.latest else 0
        expected = await stock.say("somebody", intent, f"text {number}")
        assert await ours.say("somebody", intent, f"text {number}") == expected, (number, intent)
        acted = done(whole.latest)[before:]
        assert done(cut.latest)[-len(acted) :] == acted, (number, intent)
        restored = await cut.retrieve("somebody")
        assert state(restored)[:-1] == state(cut.latest)[:-1] == state(whole.latest)[:-1], (number, intent)
        assert seen_by_rules(restored, domain) == seen_by_rules(whole.latest, domain), (number, intent)
        assert [name for name, _ in stubs[0].called] == [name for name, _ in stubs[1].called]
        assert len(restored.events) <= MOST_EVENTS

    for number in range(TURNS):
        run_async(turn(number))


@pytest.mark.timeout(120)
def test_the_random_conversations_reach_every_kind_of_turn(rules: Any, run_async: Callable[..., Any]) -> None:
    """Otherwise the test above would say little: forms that are left, rejected, ended; and reverts."""
    domain, policy = rules
    seen: set[str] = set()
    for seed in range(4):
        cut, stub, chance = Cut(), StubActions(seed), random.Random(seed)
        ours = Processor(domain, policy, cut, stub)
        for number in range(TURNS):
            stub.turn = number
            run_async(ours.say("somebody", chosen(chance, list(domain.intents)), f"text {number}"))
            seen |= set(done(cut.latest)) | {event.type_name for event in cut.latest.events}
    assert seen >= {
        "help_form", "action_give_help", "action_deactivate_loop", "action_default_fallback", "action_stop",
        "action_execution_rejected", "rewind", "utter_greet", "action_help", "action_why",
    }  # fmt: skip


def test_the_longest_rule_looks_at_fewer_actions_than_are_kept(rules: Any) -> None:
    _, policy = rules
    lengths = [len(json.loads(key)) for name in ("rules", "rules_for_loop_unhappy_path")
               for key in policy.lookup[name]]  # fmt: skip
    assert 3 < max(lengths) < ACTIONS


def test_the_action_server_hears_the_last_texts_in_their_order(
    rules: Any, run_async: Callable[..., Any]
) -> None:
    domain, policy = rules
    cut, stub = Cut(), StubActions()
    ours = Processor(domain, policy, cut, stub)
    for number in range(TEXTS + 8):
        run_async(ours.say("somebody", "need" if number == 0 else "tell_value", f"text {number}"))
    _, tracker = stub.called[-1]
    texts = [event["text"] for event in tracker["events"] if event["event"] == "user" and event["text"]]
    assert texts == [f"text {number}" for number in range(7, TEXTS + 8)]


def test_a_new_session_leaves_the_texts_of_the_one_before(rules: Any, run_async: Callable[..., Any]) -> None:
    domain, policy = rules
    cut, stub = Cut(), StubActions()
    ours = Processor(domain, policy, cut, stub)
    for text in ("one", "two"):
        run_async(ours.say("somebody", "greet", text))
    old = run_async(cut.retrieve("somebody"))
    for event in (ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")):
        old.update(event)
    run_async(cut.save(old))
    run_async(ours.say("somebody", "human", "three"))
    _, tracker = stub.called[-1]
    assert [event["text"] for event in tracker["events"] if event["event"] == "user"] == ["three"]
