"""
`python -m engine.conversations.bench`: what a turn costs as a conversation grows, beside stock Rasa.

Both columns come from one process and one run, turn about: the same trained model, the same messages, the
same stub in place of the action server (in the process, through JSON). Stock is Rasa's SQLTrackerStore on
SQLite.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine import quiet
from settings import read_settings

Taken = dict[str, dict[int, float]]
TURNS = (5, 50, 500)
PERSON = "somebody"
FULL = (*TURNS, 1000)

MESSAGES = (
    '/need{"program":"lost_card"}',
    "I only noticed this morning",
    "/why",
    "/allow",
    "yesterday",
    "/menu",
    "/deny",
    "/thanks",
)
"""
Said again and again: a need, answers to its questions, and digressions from them. A figure is the mean of as
many turns around the one that it is named for, so that each message counts once.
"""


def main(given: Sequence[str]) -> int:
    """Measure, and show a table in Markdown; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m engine.conversations.bench", description=__doc__)
    parser.add_argument("database", help="the address of an empty, migrated consent store")
    parser.add_argument("model", help="a trained model")
    parser.add_argument("--full", action="store_true", help="up to turn 1,000")
    arguments = parser.parse_args(given)
    _prepare(arguments.database)
    with tempfile.TemporaryDirectory() as folder:
        taken = asyncio.run(_measure(arguments.model, FULL if arguments.full else TURNS, Path(folder)))
    _show(taken)
    return 0


def _prepare(database: str) -> None:
    os.environ["ASKFIRST_DATABASE_URL"] = database
    quiet.before_import()
    quiet.install()
    import logging

    import skops.io  # noqa: F401 (looks through all modules when it is imported)
    import structlog

    from engine import answer_check

    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    answer_check.install()


async def _measure(model: str, turns: Sequence[int], folder: Path) -> Taken:
    """Milliseconds of processor time a turn, ours and stock: what else the machine does counts little."""
    from rasa.core.agent import Agent
    from rasa.core.tracker_store import SQLTrackerStore

    from engine.conversations.store import SealedConversations

    stock_store = SQLTrackerStore(host=f"sqlite:///{folder / 'stock.db'}")
    stores = {"ours": SealedConversations(host=read_settings().store_url), "stock": stock_store}
    agents = {
        name: Agent.load(model, action_endpoint=stub(), tracker_store=store) for name, store in stores.items()
    }
    half, cycle = len(MESSAGES) // 2, len(MESSAGES)
    taken: Taken = {name: {} for name in agents}
    for name, agent in agents.items():
        await _seconds(agent, "warming up", 0, cycle)
        said = 0
        for turn in turns:
            said = await _grow(agent, said, turn - half)
            times = await _seconds(agent, PERSON, said, said + cycle)
            said += cycle
            taken[name][turn] = statistics.mean(times) * 1000
    return taken


async def _seconds(agent: Any, sender: str, first: int, last: int) -> list[float]:
    """Say the messages of these numbers; returns the processor time of each."""
    taken = []
    for number in range(first, last):
        start = time.process_time()
        await agent.handle_text(MESSAGES[number % len(MESSAGES)], sender_id=sender)
        taken.append(time.process_time() - start)
    return taken


async def _grow(agent: Any, said: int, wanted: int) -> int:
    """
    Let the conversation have that many turns; returns how many it has.

    Ours says them all. Stock would take many minutes: the events of its last round of messages are written
    again and again, as that many rounds would have written them.
    """
    from rasa.core.tracker_store import SQLTrackerStore
    from rasa.shared.core.trackers import DialogueStateTracker

    store, cycle = agent.tracker_store._tracker_store, len(MESSAGES)
    if not isinstance(store, SQLTrackerStore) or wanted - said < cycle:
        await _seconds(agent, PERSON, said, wanted)
        return max(wanted, said)
    events = list((await store.retrieve(PERSON)).events)
    starts = [number for number, event in enumerate(events) if event.type_name == "user"]
    grown = [*events, *(events[starts[-cycle] :] * ((wanted - said) // cycle))]
    await store.save(DialogueStateTracker.from_events(PERSON, grown, store.domain.slots))
    said += (wanted - said) // cycle * cycle
    await _seconds(agent, PERSON, said, wanted)
    return max(wanted, said)


def stub() -> Any:
    """In place of the action server: a form that asks on and on, and actions that say a sentence."""
    from rasa.utils.endpoints import EndpointConfig

    class Stub(EndpointConfig):
        async def request(self, json: Any = None, **_options: Any) -> Any:
            return _answer(_over_the_wire(json))

    return Stub("http://stub")


def _answer(called: dict[str, Any]) -> dict[str, Any]:
    name, tracker = called["next_action"], called["tracker"]
    if name == "action_session_start":
        return {
            "events": [{"event": "session_started"}, {"event": "action", "name": "action_listen"}],
            "responses": [],
        }
    if name != "validate_help_form":
        events = [{"event": "slot", "name": "stage", "value": "help"}] if name == "action_help" else []
        return {"events": events, "responses": [{"text": f"{name} says a sentence.", "buttons": []}]}
    digression = tracker["latest_message"]["intent"].get("name") in ("why", "menu", "thanks", "need")
    taken = [{"event": "slot", "name": "answer", "value": None}]
    return {"events": [] if digression else taken, "responses": []}


def _over_the_wire(content: Any) -> Any:
    return json.loads(json.dumps(content))


def _show(taken: Taken) -> None:
    lines = ["| turn | ours ms | of turn 5 | stock ms | of turn 5 |", "| ---: | ---: | ---: | ---: | ---: |"]
    ours, stock = taken["ours"], taken["stock"]
    lines += [
        f"| {turn:,} | {ours[turn]:.1f} | {ours[turn] / ours[TURNS[0]]:.2f} "
        f"| {stock[turn]:.1f} | {stock[turn] / stock[TURNS[0]]:.2f} |"
        for turn in ours
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
