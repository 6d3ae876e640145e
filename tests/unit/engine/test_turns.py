"""One turn is one unit of work: Rasa's own processor, our rules and actions, a real store; no sockets."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.utils.endpoints import EndpointConfig
from sqlalchemy import Connection, event

from actions.bootstrap import services
from consent_store import ConsentStore
from consent_store.sharing import close_shared
from consent_store.sql import engine as databases
from engine.actions_here import or_here
from engine.channels.one_message import Collected
from engine.conversations.store import SealedConversations
from engine.general_help import GeneralHelp
from engine.outage import answering_calmly
from engine.turns import in_one_unit
from operate.keys import write_keys
from sealing.button import unseal
from settings import ROOT
from tests.unit.engine.conversations.conftest import database, migrated, rules, silent_rasa  # noqa: F401 (fixtures)
from tests.unit.engine.conversations.rig import Processor

Run = Callable[..., Any]
Say = Callable[..., Any]
SENDER = "somebody"
KEY = b"b" * 32
HELP = GeneralHelp(ROOT / "programs")
CALM = "Something on our side is not working right now"
SAYS_SO = "I cannot note anything down at the moment"


class Turning(Processor):
    """With our actions in this process, and each turn one unit."""

    _run_prediction_loop = in_one_unit(MessageProcessor._run_prediction_loop, HELP)

    async def says(self, sender: str, text: str, intent: str = "", **meaning: Any) -> list[dict[str, Any]]:
        """One turn; returns what the channel may send."""
        parsed = _payload(text) or {"name": intent, "entities": [], **meaning}
        entities = parsed.pop("entities")
        understood = {"text": text, "intent": {"confidence": 0.95, **parsed}, "entities": entities}
        output = Collected(KEY, "rest")
        await self.handle_message(UserMessage(text, output, sender, understood, "rest", metadata={}))
        return output.said


def _payload(text: str) -> dict[str, Any] | None:
    """The meaning of a button."""
    found = re.fullmatch(r"/(\w+)(\{.*\})?", text)
    if found is None:
        return None
    entities = [{"entity": key, "value": value} for key, value in json.loads(found[2] or "{}").items()]
    return {"name": found[1], "entities": entities}


class Written:
    """What writing transactions came to, and how many statements there were in all."""

    def __init__(self) -> None:
        self.commits = self.statements = 0

    def listen(self, store: ConsentStore) -> None:
        def committed(connection: Connection) -> None:
            self.commits += bool(connection.get_execution_options().get("askfirst_writes"))

        def executed(*_given: Any) -> None:
            self.statements += 1

        event.listen(store.database._engine, "commit", committed)
        event.listen(store.database._engine, "before_cursor_execute", executed)


@pytest.fixture
def place(database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:  # noqa: F811
    """Keys and an empty store, and actions that use them."""
    for key in (database.parent / "keys").iterdir():
        key.unlink()
    write_keys(database.parent / "keys")
    monkeypatch.setattr(RemoteAction, "run", answering_calmly(or_here(RemoteAction.run), HELP))
    monkeypatch.setattr(databases, "_PRAGMAS", ("busy_timeout=50", *databases._PRAGMAS[1:]))
    close_shared()
    services.cache_clear()
    yield database
    services.cache_clear()


@pytest.fixture
def rasa(rules: tuple[Any, Any], place: Path) -> Turning:  # noqa: F811
    """A Rasa that has just started."""
    services()
    return Turning(*rules, SealedConversations(), EndpointConfig(actions_module="actions"))


def texts(said: Sequence[Mapping[str, Any]]) -> str:
    return "\n".join(one["text"] for one in said)


def rows(path: Path, query: str) -> list[Any]:
    with sqlite3.connect(path) as connection:
        return connection.execute(query).fetchall()


class Debtor:
    """Somebody who goes the way to the tailored help."""

    def __init__(self, rasa: Turning, sender: str = SENDER) -> None:
        self.rasa, self.sender = rasa, sender
        self._said: list[dict[str, Any]] = []
        self._payloads: dict[str, str] = {}

    async def says(self, text: str, intent: str, **meaning: Any) -> str:
        said = await self.rasa.says(self.sender, text, intent, **meaning)
        return self._heard(said)

    async def presses(self, title: str) -> str:
        return self._heard(await self.rasa.says(self.sender, self._payloads[title]))

    async def needs(self) -> str:
        program = [{"entity": "program", "value": "debt_payoff"}]
        return await self.says("help me with my loan", "need", entities=program, program="debt_payoff")

    def _heard(self, said: list[dict[str, Any]]) -> str:
        for one in said:
            for button in one["buttons"]:
                self._payloads[button["title"]] = unseal(KEY, self.sender, button["payload"]) or ""
        return texts(said)


def test_a_turn_is_one_commit(rasa: Turning, place: Path, run_async: Run) -> None:
    """Need → offer, Allow, a value, the last value → tailored help."""
    written = Written()

    async def whole_way() -> dict[str, tuple[int, int]]:
        written.listen(services().store)
        ada, counts = Debtor(rasa), {}
        steps = {
            "need": ada.needs,
            "yes": lambda: ada.presses("Yes, please"),
            "allow": lambda: ada.presses("Allow"),
            "value": lambda: ada.says("4500", "tell_value"),
            "not now": lambda: ada.presses("Not now"),
            "allow the last": lambda: ada.presses("Allow"),
            "help": lambda: ada.says("250 a month", "tell_value"),
        }
        for name, step in steps.items():
            written.commits = written.statements = 0
            said = await step()
            counts[name] = (written.commits, written.statements)

        return counts

    counts = run_async(whole_way())
    assert {name: commits for name, (commits, _) in counts.items()} == dict.fromkeys(counts, 1)
