"""Messages of messaging apps on their way: there after a kill, once, sealed, and gone with their person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from consent_store import ConsentStore, StoreKeys
from consent_store.conversations import KNOW_EVENTS
from consent_store.conversing import Writing
from consent_store.messaging import Answered, Noted, Taken, answer
from tests.contract import raw
from tests.contract.talker import Talker
from tests.unit.consent_store.kit import FakeClock

TABLES = ("message_waiting", "message_thread", "person_key")


def counts(database_url: str) -> tuple[int, ...]:
    return tuple(raw.count(database_url, table) for table in TABLES)


def test_what_was_never_sent_and_what_is_shown_go_with_the_conversation(
    database_url: str, store: ConsentStore, keys: StoreKeys, clock: FakeClock
):
    Talker(database_url, keys, clock).is_shown("May I?")
    clock.turn(days=29)
    assert sum(store.sweep().counts.values()) == 0
    assert counts(database_url) == (1, 1, 1)
    clock.turn(days=1)
    swept = store.sweep().counts
    assert (swept["messages_deleted"], swept["threads_deleted"], swept["keys_deleted"]) == (1, 1, 1)
    assert counts(database_url) == (0, 0, 0)


def test_an_event_is_known_for_ninety_days(database_url: str, store: ConsentStore, clock: FakeClock):
    seen = "INSERT INTO message_seen (event_key, seen_at) VALUES (:key, :at)"
    at = clock.now.replace(tzinfo=None).isoformat(" ", "microseconds")
    raw.change(database_url, seen, key="e1", at=at if database_url.startswith("sqlite") else clock.now)
    clock.now += KNOW_EVENTS - timedelta(seconds=1)
    assert store.sweep().counts["events_forgotten"] == 0
    clock.now += timedelta(seconds=1)
    assert store.sweep().counts["events_forgotten"] == 1
    assert raw.count(database_url, "message_seen") == 0


def test_they_are_counted_without_their_words(
    database_url: str, store: ConsentStore, keys: StoreKeys, clock: FakeClock
):
    Talker(database_url, keys, clock).is_shown("May I?")
    assert store.stats().counts["messages_waiting"] == 1


# The journal

ME, OTHER = "person-a", "person-b"


def incoming(key: str = "e1", person: str = ME, app: str = "telegram", **content: str) -> Taken:
    return Taken(person, key, {"app": app, **content})


def answers(store: ConsentStore, number: int | None, *letters: str) -> list[int]:
    """As a turn ends: conversation, letters and thread in one transaction."""
    numbers: list[int] = []
    done = Answered(number, [{"app": "telegram", "text": one} for one in letters], {"shown": "x"})
    store.keep_conversation(ME, None, {}, [], lambda writing: numbers.extend(answer(writing, done)))
    return numbers


def left(store: ConsentStore, app: str = "telegram") -> list[tuple[str, Mapping[str, Any]]]:
    return [(one.direction, one.content) for one in store.messages_left_over(app)]


def test_an_event_is_taken_once_also_by_the_next_process(store: ConsentStore, elsewhere: ConsentStore):
    first = store.take_messages([incoming(text="hello"), incoming("e2")])
    assert [note.new for note in first] == [True, True]
    assert elsewhere.take_messages([incoming(text="hello"), incoming("e3")])[0] == Noted(new=False)
    assert [content.get("text") for _, content in left(elsewhere)] == ["hello", None, None]


def test_the_same_event_twice_in_one_batch_is_taken_once(store: ConsentStore):
    assert [note.new for note in store.take_messages([incoming(), incoming()])] == [True, False]


def test_what_was_answered_is_not_left_over_but_its_letters_are(store: ConsentStore, elsewhere: ConsentStore):
    (note,) = store.take_messages([incoming(text="hello")])
    one, two = answers(store, note.number, "first", "second")
    assert [content["text"] for _, content in left(elsewhere)] == ["first", "second"]
    store.leave_messages(ME, [one])
    assert left(elsewhere) == [("out", {"app": "telegram", "text": "second"})]
    store.leave_messages(ME, [two], {"shown": "y"})
    assert left(elsewhere) == []
    assert elsewhere.thread_of(ME) == {"shown": "y"}


def test_a_turn_that_could_not_be_kept_leaves_the_message(store: ConsentStore):
    (note,) = store.take_messages([incoming(text="hello")])

    def dies(writing: Writing) -> None:
        answer(writing, Answered(note.number, [{"app": "telegram"}], {}))
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        store.keep_conversation(ME, None, {}, [], dies)
    assert left(store) == [("in", {"app": "telegram", "text": "hello"})]
    assert store.thread_of(ME) is None


def test_each_start_is_counted(store: ConsentStore):
    store.take_messages([incoming()])
    assert [store.messages_left_over("telegram")[0].attempts for _ in range(3)] == [0, 1, 2]


def test_another_apps_messages_are_left_to_it(store: ConsentStore):
    store.take_messages([incoming(app="sms"), incoming("e2")])
    assert len(left(store)) == 1
    assert [one.attempts for one in store.messages_left_over("sms")] == [0]


def test_nothing_that_was_said_lies_in_plain(sqlite_only: Path, store: ConsentStore):
    (note,) = store.take_messages([incoming(text="I owe 1,234.56 to Ada")])
    answers(store, note.number, "You owe 1,234.56")
    held = b"".join(path.read_bytes() for path in sqlite_only.parent.glob("consent.db*"))
    assert [word for word in (b"1,234", b"Ada", b"telegram") if word in held] == []


def test_what_only_has_to_be_known_makes_nobody_known(database_url: str, store: ConsentStore):
    assert store.take_messages([Taken(ME, "e1", None)]) == [Noted(new=True)]
    assert counts(database_url) == (0, 0, 0)
    assert store.take_messages([incoming(text="hello")]) == [Noted(new=False)]


def test_forget_me_takes_all_of_it(database_url: str, store: ConsentStore):
    notes = store.take_messages([incoming(text="hello"), incoming("e2", OTHER)])
    answers(store, notes[0].number, "hi")
    assert store.erase(ME).verified
    assert {row["person_id"] for row in raw.rows(database_url, "SELECT * FROM message_waiting")} == {OTHER}
    store.leave_messages(ME, [1], {"shown": "late"})
    assert raw.count(database_url, "message_thread") == 0
    assert store.take_messages([incoming(text="hello")]) == [Noted(new=False)], (
        "what was seen stays seen: it names nobody"
    )


def test_a_row_of_another_person_does_not_open(database_url: str, store: ConsentStore):
    mine, _ = store.take_messages([incoming(text="mine"), incoming("e2", OTHER, text="theirs")])
    move = "UPDATE message_waiting SET person_id = :other WHERE number = :number"
    raw.change(database_url, move, other=OTHER, number=mine.number)
    assert [content["text"] for _, content in left(store)] == ["theirs"]


def test_instants_are_those_of_the_clock(database_url: str, store: ConsentStore, clock: FakeClock):
    clock.turn(days=2000)
    store.take_messages([incoming()])
    assert str(raw.rows(database_url, "SELECT noted_at FROM message_waiting")[0]["noted_at"]) > "2031-"
