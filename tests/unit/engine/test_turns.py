"""One turn is one unit of work: Rasa's own processor, our rules and actions, a real store; no sockets."""

from __future__ import annotations

import asyncio
import json
import queue
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.utils.endpoints import EndpointConfig
from sqlalchemy import Connection, event

from actions.bootstrap import services
from actions.validate_answer import ValidateHelpForm
from consent_store import ConsentStore, StoreKeys, StoreUnavailable, open_store, system_clock
from consent_store.sharing import close_shared
from consent_store.sql import engine as databases
from engine import actions_here
from engine.actions_here import or_here
from engine.channels.one_message import Collected
from engine.conversations.store import SealedConversations
from engine.general_help import GeneralHelp
from engine.outage import answering_calmly
from engine.turns import in_one_unit
from operate.keys import write_keys
from sealing.button import unseal
from settings import ROOT, read_settings
from tests.contract import raw
from tests.contract.conftest import DATABASES
from tests.unit.engine.conversations.conftest import database, migrated, rules, silent_rasa  # noqa: F401 (fixtures)
from tests.unit.engine.conversations.rig import Processor

Run = Callable[..., Any]
Say = Callable[..., Any]
SENDER = "somebody"
KEY = b"b" * 32
HELP = GeneralHelp(ROOT / "programs")
CALM = "Something on our side is not working right now"
SAYS_SO = "I cannot note anything down at the moment"
on_every_database = pytest.mark.parametrize("place", DATABASES, indirect=True)


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
def place(
    request: pytest.FixtureRequest,
    database: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[str]:
    """Keys and an empty store, and actions that use them; its address. On SQLite unless told otherwise."""
    if getattr(request, "param", "sqlite") == "postgresql":
        monkeypatch.setenv("ASKFIRST_DATABASE_URL", request.getfixturevalue("postgres_database"))
    for key in (database.parent / "keys").iterdir():
        key.unlink()
    write_keys(database.parent / "keys")
    monkeypatch.setattr(RemoteAction, "run", answering_calmly(or_here(RemoteAction.run), HELP))
    monkeypatch.setattr(databases, "_PRAGMAS", ("busy_timeout=50", *databases._PRAGMAS[1:]))
    close_shared()
    services.cache_clear()
    yield read_settings().store_url
    close_shared()
    services.cache_clear()


@pytest.fixture
def locked(place: str) -> Callable[[], AbstractContextManager[None]]:
    """A block in which another process writes to the whole SQLite database."""

    @contextmanager
    def holding() -> Iterator[None]:
        holder = sqlite3.connect(place.removeprefix("sqlite:///"), isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        yield
        holder.close()

    return holding


@pytest.fixture
def rasa(rules: tuple[Any, Any], place: str) -> Turning:  # noqa: F811
    """A Rasa that has just started."""
    services()
    return Turning(*rules, SealedConversations(), EndpointConfig(actions_module="actions"))


def texts(said: Sequence[Mapping[str, Any]]) -> str:
    return "\n".join(one["text"] for one in said)


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


@on_every_database
def test_a_turn_is_one_commit(rasa: Turning, place: str, run_async: Run) -> None:
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
            await step()
            counts[name] = (written.commits, written.statements)

        return counts

    counts = run_async(whole_way())
    assert {name: commits for name, (commits, _) in counts.items()} == dict.fromkeys(counts, 1)


async def asked(rasa: Turning) -> Debtor:
    """Somebody who is asked for a permission."""
    ada = Debtor(rasa)
    await ada.needs()
    await ada.presses("Yes, please")
    return ada


def decisions(place: str) -> int:
    return raw.count(place, "consent_event")


async def still_asked(ada: Debtor, place: str, said: str) -> None:
    """They were told calmly, nothing was noted, and the question stands."""
    assert said.startswith(CALM)
    assert "Noted" not in said
    assert decisions(place) == 0
    assert "Noted: I may use what you still owe" in await ada.presses("Allow")
    assert decisions(place) == 1
    assert "May Harbour Bank use your yearly" in await ada.says("4500", "tell_value")


@on_every_database
def test_a_commit_that_fails_is_told_calmly_and_leaves_nothing_half_done(
    rasa: Turning, place: str, run_async: Run, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    async def turn() -> None:
        ada = await asked(rasa)
        with monkeypatch.context() as patched:
            patched.setattr(Connection, "commit", fails_if_it_writes(Connection.commit))
            said = await ada.presses("Allow")
        await still_asked(ada, place, said)

    run_async(turn())
    assert "A turn was undone" in caplog.text
    assert "reason=ConnectionResetError" in caplog.text


def fails_if_it_writes(stock: Callable[[Connection], None]) -> Callable[[Connection], None]:
    times: list[int] = []

    def commit(connection: Connection) -> None:
        if connection.get_execution_options().get("askfirst_writes") and not times:
            times.append(1)
            raise ConnectionResetError
        stock(connection)

    return commit


def test_what_was_undone_and_what_was_said_instead_are_kept_once(
    rasa: Turning, place: str, run_async: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def turn() -> list[Mapping[str, Any]]:
        ada = await asked(rasa)
        with monkeypatch.context() as patched:
            patched.setattr(Connection, "commit", fails_if_it_writes(Connection.commit))
            await ada.presses("Allow")
        return await rasa.tracker_store._tracker_store.latest_turns(SENDER, 9)

    turns = run_async(turn())
    assert len(turns) == 3
    person, *answers = turns[-1]["said"]
    assert (person["who"], person["text"][:6]) == ("person", "/allow")
    assert answers[0]["text"].startswith(CALM)
    assert "Noted" not in json.dumps(answers)


def fails_itself(_services: Any) -> None:
    raise ZeroDivisionError


def fails_in_the_database(s: Any) -> None:
    def work(_tx: object) -> None:
        raise ConnectionResetError

    s.store.database.write(work)


@pytest.mark.parametrize("fails", [fails_itself, fails_in_the_database])
def test_an_action_that_fails_halfway_leaves_nothing(
    rasa: Turning,
    place: str,
    run_async: Run,
    monkeypatch: pytest.MonkeyPatch,
    fails: Callable[[Any], None],
) -> None:
    respond = ValidateHelpForm.respond

    def fails_halfway(self: ValidateHelpForm, s: Any, *given: Any) -> None:
        respond(self, s, *given)
        fails(s)

    async def turn() -> None:
        ada = await asked(rasa)
        with monkeypatch.context() as patched:
            patched.setattr(ValidateHelpForm, "respond", fails_halfway)
            said = await ada.presses("Allow")
        await still_asked(ada, place, said)

    run_async(turn())


def test_an_action_that_takes_too_long_can_note_nothing_any_more(
    rasa: Turning, place: str, run_async: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on, came_to = threading.Event(), queue.Queue[str]()
    respond = ValidateHelpForm.respond

    def takes_long(self: ValidateHelpForm, *given: Any) -> Any:
        assert may_go_on.wait(10)
        try:
            return respond(self, *given)
        except StoreUnavailable as error:
            came_to.put(error.reason)
            raise

    async def turn() -> None:
        ada = await asked(rasa)
        with monkeypatch.context() as patched:
            patched.setattr(actions_here, "PATIENCE_SECONDS", 0.05)
            patched.setattr(ValidateHelpForm, "respond", takes_long)
            said = await ada.presses("Allow")
            may_go_on.set()
            assert await asyncio.to_thread(came_to.get, timeout=10) == "an_action_failed"
        await still_asked(ada, place, said)

    run_async(turn())


def test_a_store_that_is_locked_is_said_by_the_action_and_the_conversation_goes_on(
    rasa: Turning, place: str, run_async: Run, locked: Callable[[], AbstractContextManager[None]]
) -> None:
    async def turn() -> None:
        ada = await asked(rasa)
        with locked():
            said = await ada.presses("Allow")
        assert said.startswith(SAYS_SO)
        assert decisions(place) == 0
        assert "May Harbour Bank use what you still owe" in await ada.says("why?", "why")
        assert "Noted: I may use" in await ada.presses("Allow")

    run_async(turn())
    assert raw.count(place, "conversation_turn") == 5


def test_a_withdrawal_elsewhere_before_the_turn_wrote_anything_counts(
    rasa: Turning, place: str, run_async: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Afterwards nobody can, until the turn is over."""
    folder = read_settings().keys
    elsewhere = open_store(place, keys=StoreKeys.from_folder(folder), clock=system_clock)
    resolve, withdrawn = ConsentStore.resolve, []

    def meanwhile(self: ConsentStore, identity: str) -> str:
        if not withdrawn:
            withdrawn.extend(elsewhere.withdraw(identity))
        return resolve(self, identity)

    async def turn() -> None:
        ada = await asked(rasa)
        await ada.presses("Allow")
        monkeypatch.setattr(ConsentStore, "resolve", meanwhile)
        await ada.says("4500", "tell_value")

    run_async(turn())
    elsewhere.close()
    assert len(withdrawn) == 1
    assert raw.count(place, "personal_data") == 0


def test_forget_me_in_a_turn_leaves_nothing_and_is_said(rasa: Turning, place: str, run_async: Run) -> None:
    async def turn() -> str:
        ada = await asked(rasa)
        await ada.presses("Allow")
        await ada.says("4500", "tell_value")
        return await ada.says("forget me", "forget_me")

    assert "Done. I erased" in run_async(turn())
    tables = ("person_key", "conversation", "conversation_turn", "personal_data")
    assert {table: raw.count(place, table) for table in tables} == dict.fromkeys(tables, 0)


@on_every_database
def test_forty_people_at_once_are_answered_one_commit_each(rasa: Turning, place: str, run_async: Run) -> None:
    """More than there are threads: who waits to write keeps nobody from writing."""
    written = Written()

    async def crowd() -> list[str]:
        people = [Debtor(rasa, f"person {number}") for number in range(40)]
        written.listen(services().store)
        await asyncio.gather(*(one.needs() for one in people))
        await asyncio.gather(*(one.presses("Yes, please") for one in people))
        return await asyncio.gather(*(one.presses("Allow") for one in people))

    assert all("Noted: I may use" in said for said in run_async(crowd()))
    assert decisions(place) == 40
    assert written.commits == 120
