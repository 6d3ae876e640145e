"""What the store keeps: sealed, by its person, over restarts, and never after an erasure."""

from __future__ import annotations

import asyncio
import base64
import json
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rasa.core.brokers.broker import EventBroker

from engine.conversations.store import SealedConversations
from sealing import conversations as sealed
from sealing import masters
from sealing.keys import read_key
from sealing.person import pseudonym
from settings import read_settings
from tests.unit.engine.conversations.rig import StubActions

SENDER = "somebody-at-rest-4711"
TEXT = "my salary is 4711 — ünï"
Begin = Callable[..., Any]
Run = Callable[..., Any]


def rows(database: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(database)
    try:
        with connection:
            return connection.execute(query, values).fetchall()
    finally:
        connection.close()


def count(database: Path, table: str) -> int:
    return int(rows(database, f"SELECT count(*) FROM {table}")[0][0])


def person() -> str:
    return pseudonym(read_key(read_settings().keys / "person.key"), "person", SENDER)


def data_key(database: Path) -> bytes:
    ((master_id, wrapped),) = rows(database, "SELECT master_key_id, wrapped_key FROM person_key")
    return masters.read(read_settings().keys).unwrap(person(), master_id, wrapped)


def erase(database: Path) -> None:
    """As "forget me" does it: everything of the person, in one transaction."""
    connection = sqlite3.connect(database)
    with connection:
        for table in ("conversation", "conversation_turn", "person_key"):
            connection.execute(f"DELETE FROM {table} WHERE person_id = ?", (person(),))
    connection.close()


class ErasingActions(StubActions):
    """The action server of a person who says "forget me", and is forgotten inside the turn."""

    def __init__(self, erasing: Callable[[], None]) -> None:
        super().__init__()
        self._erasing = erasing

    async def request(self, json: Any = None, **options: Any) -> Any:
        if json["next_action"] == "action_forget_me":
            self._erasing()
        return await super().request(json, **options)


def test_a_restart_in_the_middle_of_a_question_changes_nothing(
    begin: Begin, database: Path, run_async: Run
) -> None:
    run_async(begin(StubActions(1)).say(SENDER, "need", "my card is gone"))
    stub = StubActions(1)
    again = begin(stub)
    tracker = run_async(again.tracker_store.retrieve(SENDER))
    assert tracker.active_loop_name == "help_form"
    assert tracker.get_slot("requested_slot") == "answer"
    assert tracker.get_slot("need") in ("lost_card", "fees")
    stub.turn = 1
    run_async(again.say(SENDER, "allow"))
    name, seen = stub.called[0]
    assert name == "validate_help_form"
    actions = [event["name"] for event in seen["events"] if event["event"] == "action"]
    assert actions[-2:] == ["action_listen", "help_form"]


def test_what_is_kept_opens_with_the_persons_key_alone(begin: Begin, database: Path, run_async: Run) -> None:
    processor = begin()
    run_async(processor.say(SENDER, "need", TEXT, program="lost_card"))
    run_async(processor.say(SENDER, "thanks", "thank you"))
    key = data_key(database)
    ((who, box, turns, _),) = rows(database, "SELECT * FROM conversation")
    state = sealed.open_state(key, who, box)
    assert (who, turns, state["sender_id"]) == (person(), 2, SENDER)
    said = [
        sealed.open_turn(key, who, number, turn)["said"]
        for number, turn in rows(database, "SELECT number, sealed FROM conversation_turn ORDER BY number")
    ]
    assert [turn[0]["text"] for turn in said] == [TEXT, "thank you"]
    assert [turn[0]["who"] for turn in said] == ["person", "person"]
    assert {"who", "text", "at", "buttons", "replay"} == set(said[0][1])
    assert said[0][1]["buttons"] == ["Allow"]
    assert said[0][0]["at"].endswith("+00:00")


def test_nothing_stands_in_plain(begin: Begin, database: Path, run_async: Run) -> None:
    processor = begin()
    run_async(processor.say(SENDER, "need", TEXT, [{"entity": "program", "value": "lost_card"}]))
    run_async(processor.say(SENDER, "tell_value", TEXT))
    written = b"".join(path.read_bytes() for path in database.parent.glob("consent.db*"))
    for word in (TEXT, "salary is 4711", SENDER, "lost_card", "help_form", "action_listen"):
        forms = [
            word.encode(),
            word.encode("utf-16-le"),
            word.encode("utf-16-be"),
            json.dumps(word)[1:-1].encode(),
        ]
        forms += [base64.b64encode(b" " * by + word.encode())[4:-4] for by in range(3)]
        assert [form for form in forms if form in written] == [], word
    assert person().encode() in written
    assert stat.S_IMODE(database.stat().st_mode) == 0o600


def test_rankings_and_metadata_are_not_kept(begin: Begin, database: Path, run_async: Run) -> None:
    run_async(begin().say(SENDER, "need", TEXT, program="lost_card", finer_need="stolen", candidates=["a"]))
    state = sealed.open_state(
        data_key(database), person(), rows(database, "SELECT sealed FROM conversation")[0][0]
    )
    messages = [event for event in state["events"] if event["event"] == "user"]
    assert [event["text"] for event in messages] == [TEXT, ""]
    assert messages[1]["parse_data"]["intent"] == {
        "name": "need", "confidence": 0.9, "program": "lost_card", "finer_need": "stolen",
        "candidates": ["a"],
    }  # fmt: skip
    assert "ranking" not in json.dumps(state)
    assert "metadata" not in json.dumps(state)


def test_who_is_forgotten_inside_a_turn_stays_forgotten(begin: Begin, database: Path, run_async: Run) -> None:
    stub = ErasingActions(lambda: erase(database))
    processor = begin(stub)
    run_async(processor.say(SENDER, "greet", TEXT))
    assert count(database, "conversation_turn") == 1
    run_async(processor.say(SENDER, "forget_me", "forget me"))
    assert [count(database, table) for table in ("person_key", "conversation", "conversation_turn")] == [
        0,
        0,
        0,
    ]
    assert run_async(processor.tracker_store.retrieve(SENDER)) is None
    assert not run_async(processor.tracker_store._tracker_store.exists(SENDER))


def test_who_is_known_anew_inside_the_turn_keeps_nothing_of_before(
    begin: Begin, database: Path, run_async: Run
) -> None:
    """Erased and known again within a turn: the key is another one, and what was said before is not its."""

    def erase_and_return() -> None:
        erase(database)
        master = masters.read(read_settings().keys)
        row = (person(), *master.wrap(person(), masters.new_data_key()), "2026-01-01 00:00:00.000000")
        rows(database, "INSERT INTO person_key VALUES (?, ?, ?, ?)", *row)

    processor = begin(ErasingActions(erase_and_return))
    run_async(processor.say(SENDER, "greet", TEXT))
    run_async(processor.say(SENDER, "forget_me", "forget me"))
    assert [count(database, table) for table in ("conversation", "conversation_turn")] == [0, 0]


def test_an_old_tracker_writes_nothing_of_an_erased_person(
    begin: Begin, database: Path, run_async: Run
) -> None:
    store = begin().tracker_store
    run_async(begin().say(SENDER, "greet", TEXT))
    old = run_async(store.retrieve(SENDER))
    old.update(next(event for event in old.events if event.type_name == "action"))
    erase(database)
    run_async(store.save(old))
    run_async(store.save(old))
    assert count(database, "person_key") == 0
    assert count(database, "conversation") == 0


def test_a_rotation_of_the_master_key_inside_a_turn_is_no_erasure(
    begin: Begin, database: Path, run_async: Run
) -> None:
    def rotate() -> None:
        former = masters.read(read_settings().keys)
        key = data_key(database)
        (read_settings().keys / "master.earlier").mkdir()
        earlier = read_settings().keys / "master.earlier" / f"{former.master_id}.key"
        (read_settings().keys / "master.key").rename(earlier)
        (read_settings().keys / "master.key").write_bytes(base64.urlsafe_b64encode(b"n" * 32))
        (read_settings().keys / "master.key").chmod(0o600)
        new = masters.read(read_settings().keys)
        wrapped = new.wrap(person(), key)
        rows(database, "UPDATE person_key SET master_key_id = ?, wrapped_key = ?", *wrapped)

    processor = begin(ErasingActions(rotate))
    run_async(processor.say(SENDER, "greet", TEXT))
    run_async(processor.say(SENDER, "forget_me", "but it rotates"))
    assert count(database, "conversation_turn") == 2
    assert run_async(begin().tracker_store.retrieve(SENDER)) is not None


def test_keys_are_pseudonyms_and_exists_knows_the_conversation(
    begin: Begin, database: Path, run_async: Run
) -> None:
    store = SealedConversations()
    assert run_async(store.keys()) == []
    run_async(begin(store=store).say(SENDER, "greet"))
    assert run_async(store.keys()) == [person()]
    assert run_async(store.exists(SENDER))
    assert not run_async(store.exists("another"))
    assert run_async(store.retrieve_full_tracker(SENDER)).sender_id == SENDER


def test_a_stream_of_events_holds_no_text_no_value_and_no_channel_id(
    begin: Begin, database: Path, run_async: Run
) -> None:
    streamed: list[dict[str, Any]] = []

    class Broker(EventBroker):
        def publish(self, event: dict[str, Any]) -> None:
            streamed.append(event)

        @classmethod
        async def from_endpoint_config(cls, *_: object, **__: object) -> None: ...

    processor = begin(store=SealedConversations(event_broker=Broker()))
    run_async(processor.say(SENDER, "need", TEXT, [{"entity": "program", "value": "lost_card"}]))
    first = len(streamed)
    run_async(processor.say(SENDER, "thanks", TEXT))
    users = [event for event in streamed if event["event"] == "user"]
    assert [event["intent"] for event in users] == ["need", "thanks"]
    assert {event["sender_id"] for event in streamed} == {person()}
    assert first > 3
    assert set().union(*streamed) <= {"sender_id", "event", "timestamp", "intent", "name", "metadata"}
    assert not [word for word in (TEXT, "salary", SENDER, "lost_card") if word in json.dumps(streamed)]


def test_two_processes_see_one_conversation(begin: Begin, database: Path, run_async: Run) -> None:
    one, two = begin(StubActions(1)), begin(StubActions(1))
    run_async(one.say(SENDER, "need", "first"))
    run_async(two.say(SENDER, "thanks", "second"))
    run_async(one.say(SENDER, "why", "third"))
    assert [number for (number,) in rows(database, "SELECT number FROM conversation_turn")] == [1, 2, 3]
    state = sealed.open_state(
        data_key(database), person(), rows(database, "SELECT sealed FROM conversation")[0][0]
    )
    texts = [event["text"] for event in state["events"] if event.get("text")]
    assert texts == ["first", "second", "third"]


@pytest.mark.parametrize("days", ["0", "30"])
def test_with_no_days_to_keep_nothing_is_written(
    begin: Begin, database: Path, run_async: Run, monkeypatch: pytest.MonkeyPatch, days: str
) -> None:
    monkeypatch.setenv("ASKFIRST_KEEP_CONVERSATIONS_DAYS", days)
    before = database.read_bytes()
    processor = begin(StubActions(1))
    run_async(processor.say(SENDER, "need", TEXT))
    run_async(processor.say(SENDER, "thanks", TEXT))
    tracker = run_async(processor.tracker_store.retrieve(SENDER))
    assert tracker.active_loop_name == "help_form"
    unchanged = database.read_bytes() == before and count(database, "person_key") == 0
    assert unchanged == (days == "0")
    assert (run_async(begin().tracker_store.retrieve(SENDER)) is None) == (days == "0")


def test_who_is_forgotten_is_forgotten_by_memory_too(
    begin: Begin, database: Path, run_async: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKFIRST_KEEP_CONVERSATIONS_DAYS", "0")
    store = SealedConversations()
    processor = begin(ErasingActions(lambda: erase(database)), store)
    key = masters.read(read_settings().keys).wrap(person(), masters.new_data_key())
    row = (person(), *key, "2026-01-01 00:00:00.000000")
    rows(database, "INSERT INTO person_key VALUES (?, ?, ?, ?)", *row)
    run_async(processor.say(SENDER, "greet", TEXT))
    assert run_async(store.exists(SENDER))
    run_async(processor.say(SENDER, "forget_me", TEXT))
    assert not run_async(store.exists(SENDER))
    assert run_async(store.retrieve(SENDER)) is None


def test_who_was_erased_elsewhere_is_not_remembered_either(
    begin: Begin, database: Path, run_async: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKFIRST_KEEP_CONVERSATIONS_DAYS", "0")
    store = SealedConversations()
    key = masters.read(read_settings().keys).wrap(person(), masters.new_data_key())
    row = (person(), *key, "2026-01-01 00:00:00.000000")
    rows(database, "INSERT INTO person_key VALUES (?, ?, ?, ?)", *row)
    run_async(begin(store=store).say(SENDER, "greet", TEXT))
    erase(database)
    assert run_async(store.retrieve(SENDER)) is None
    assert run_async(store.keys()) == []


def test_a_hundred_people_at_once_are_all_kept(database: Path, begin: Begin, run_async: Run) -> None:
    processor = begin(store=SealedConversations())

    async def crowd() -> None:
        await asyncio.gather(*(processor.say(f"person {number}", "greet", TEXT) for number in range(100)))

    run_async(crowd())
    assert count(database, "conversation") == 100
