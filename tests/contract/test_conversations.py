"""What was said is for the person alone: in their export, gone when they are, and over when its time is."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from consent_store import ConsentStore, StoreKeys, conversations, migrate
from consent_store.signing import Signer
from consent_store.sql import erasing
from consent_store.sql.schema import downgrade
from sealing.boxes import CannotBeOpened
from tests.contract import raw
from tests.contract.linker import Linker
from tests.contract.rotating import BOTH_KEYS, NEW_KEYS, OLD_KEYS, Opener
from tests.contract.talker import Talker
from tests.contract.test_export import follows_the_schema
from tests.unit.consent_store.kit import BALANCE, FakeClock, Person

TABLES = ("conversation", "conversation_turn", "person_key")
Talks = Callable[..., Talker]


@pytest.fixture
def talks(database_url: str, keys: StoreKeys, clock: FakeClock) -> Talks:
    """Somebody who says these things, one a minute, and nothing else is known about them."""

    def one(*texts: str, person_id: str = "person-a") -> Talker:
        talker = Talker(database_url, keys, clock, person_id)
        for text in texts:
            talker.says(text)
            clock.turn(minutes=1)
        return talker

    return one


def counts(database_url: str) -> tuple[int, ...]:
    """How many states, turns and person keys there are."""
    return tuple(raw.count(database_url, table) for table in TABLES)


def conversation(store: ConsentStore, person_id: str = "person-a") -> list[dict]:
    """The conversation in an export, which follows its schema."""
    document = store.export(person_id)
    assert follows_the_schema(document)
    return document["conversation"]


def words(turns: list[dict]) -> list[str]:
    """What the person said."""
    return [one["text"] for turn in turns for one in turn["said"] or [] if one["who"] == "person"]


# The export


def test_the_export_says_what_was_said_in_order(store: ConsentStore, talks: Talks):
    talks("hello", "I owe 1,200")
    first, second = conversation(store)
    assert (first["identity"], first["turn"], second["turn"]) == ("person-a", 1, 2)
    assert second["at"] == "2026-05-03T10:01:00.000000Z"
    assert second["cannot_be_read_because"] is None
    at = "2026-05-03T10:01:00.000000Z"
    assert second["said"] == [
        {"who": "person", "text": "I owe 1,200", "at": at, "buttons": []},
        {"who": "assistant", "text": "You said: I owe 1,200", "at": at, "buttons": ["Allow", "No"]},
    ]


def test_ten_turns_and_more_stay_in_order(store: ConsentStore, talks: Talks, clock: FakeClock):
    talker = talks()
    for number in range(12):
        talker.says(str(number))  # all at the same instant
    assert words(conversation(store)) == [str(number) for number in range(12)]


def test_an_export_holds_nothing_of_another_person(store: ConsentStore, talks: Talks):
    talks("mine")
    talks("777", person_id="person-b")
    assert "777" not in json.dumps(store.export("person-a"))


def swap(database_url: str) -> None:
    """Put the second turn into the first one's place."""
    (row,) = raw.rows(database_url, "SELECT sealed FROM conversation_turn WHERE number = 2")
    raw.tamper(database_url, "UPDATE conversation_turn SET sealed = :s WHERE number = 1", s=row["sealed"])


def move(database_url: str) -> None:
    """Give one of person-b's turns to person-a."""
    raw.tamper(database_url, "DELETE FROM conversation_turn WHERE person_id = 'person-a' AND number = 1")
    raw.tamper(
        database_url, "UPDATE conversation_turn SET person_id = 'person-a' WHERE person_id = 'person-b'"
    )


def cut(database_url: str) -> None:
    """Cut the first turn off."""
    raw.tamper(database_url, "UPDATE conversation_turn SET sealed = :s WHERE number = 1", s=b"short")


@pytest.mark.parametrize("tampering", [swap, move, cut])
def test_a_turn_that_does_not_open_is_named_and_stops_nothing(
    database_url: str, store: ConsentStore, talks: Talks, tampering: Callable[[str], None]
):
    talks("hello", "I owe 1,200", "bye")
    talks("not yours", person_id="person-b")
    tampering(database_url)
    found = conversation(store)
    why = {turn["turn"]: turn["cannot_be_read_because"] for turn in found if turn["said"] is None}
    assert why == {1: "changed_or_moved"}
    assert words([turn for turn in found if turn["turn"]]) == ["I owe 1,200", "bye"]
    assert words(found) == ["hello", "I owe 1,200", "bye"]  # the working state still has it


def test_without_the_master_key_it_is_said_that_the_key_is_not_at_hand(
    opened: Callable[[StoreKeys], ConsentStore], talks: Talks
):
    talks("hello")
    found = conversation(opened(NEW_KEYS))
    assert {(turn["said"], turn["cannot_be_read_because"]) for turn in found} == {(None, "key_not_at_hand")}


def test_words_that_only_the_working_state_holds_are_listed_once(
    database_url: str, store: ConsentStore, talks: Talks
):
    talks("one", "two", "three")
    raw.tamper(database_url, "DELETE FROM conversation_turn WHERE number = 1")
    older, *turns = conversation(store)
    assert (older["turn"], words([older]), words(turns)) == (None, ["one"], ["two", "three"])
    assert older["said"][1]["buttons"] == ["Allow", "No"]
    raw.tamper(database_url, "DELETE FROM conversation_turn")
    (state,) = conversation(store)
    assert (state["turn"], words([state])) == (None, ["one", "two", "three"])


def test_a_working_state_that_does_not_open_is_named(database_url: str, store: ConsentStore, talks: Talks):
    talks("one")
    raw.tamper(database_url, "UPDATE conversation SET sealed = :s", s=b"short")
    state, turn = conversation(store)
    assert (state["said"], state["cannot_be_read_because"]) == (None, "changed_or_moved")
    assert words([turn]) == ["one"]


# Erasing


def test_forgetting_takes_the_conversation_in_the_same_step_and_says_so(
    database_url: str, store: ConsentStore, talks: Talks
):
    talks("hello", "I owe 1,200")
    talks("stays", person_id="person-b")
    document = store.erase_with_certificate("person-a", Signer(b"s" * 32), "harbour_bank").document
    rows = {one["kind"]: one["rows"] for one in document["erased"]}
    assert (rows["conversation_as_it_stood"], rows["turns_of_the_conversation"]) == (1, 2)
    assert (document["verified"], document["rows_still_found"]) == (True, 0)
    assert counts(database_url) == (1, 1, 1)
    assert words(conversation(store, "person-b")) == ["stays"]


@pytest.mark.parametrize("table", ["conversation", "conversation_turn"])
def test_a_row_that_is_written_after_all_is_found_when_it_is_read_again(
    database_url: str, store: ConsentStore, talks: Talks, table: str
):
    talks("hello")
    rule = f"CREATE TRIGGER kept BEFORE DELETE ON {table} BEGIN SELECT RAISE(IGNORE); END"
    if not database_url.startswith("sqlite"):
        rule = f"CREATE RULE kept AS ON DELETE TO {table} DO INSTEAD NOTHING"
    raw.change(database_url, rule)
    erasure = store.erase("person-a")
    assert (erasure.verified, erasure.left) == (False, 1)


def test_a_copy_of_the_rows_does_not_open_with_the_key_of_a_new_beginning(store: ConsentStore, talks: Talks):
    talker = talks("hello")
    (copy,) = talker.rows("conversation_turn")
    store.erase("person-a")
    again = talks("me again")
    assert again.heard() == ["me again"]
    raw.change(talker.database_url, "UPDATE conversation_turn SET sealed = :s", s=copy["sealed"])
    with pytest.raises(CannotBeOpened):
        again.heard()


def test_what_was_sealed_leaves_the_files(sqlite_only: Path, store: ConsentStore, talks: Talks):
    first = talks("hello", "I owe 1,200")
    second = talks("me too", person_id="person-b")
    sealed = [row["sealed"] for one in (first, second) for row in one.rows("conversation_turn")]
    sealed += [row["sealed"] for one in (first, second) for row in one.rows("conversation")]
    files = list(sqlite_only.parent.iterdir())
    assert all(any(one in path.read_bytes() for path in files) for one in sealed)
    store.erase("person-a")
    store.begin_help("person-b", "debt_payoff", "widget")
    assert conversations.sweep(store.database, timedelta(0))["turns_deleted"] == 1
    for path in sqlite_only.parent.iterdir():
        assert not [one for one in sealed if one in path.read_bytes()], path.name


# One person in two chats


def test_each_chat_stays_under_its_own_identity_and_readable_when_they_are_linked_and_parted(
    store: ConsentStore, person: Person, talks: Talks
):
    here, there = talks("here"), talks("there", person_id="person-b")
    assert Linker(store, "person-b").try_code(store.start_link("person-a")).linked
    assert (here.heard(), there.heard()) == (["here"], ["there"])
    both = conversation(store, "person-b")
    assert [(turn["identity"], words([turn])) for turn in both] == [
        ("person-a", ["here"]),
        ("person-b", ["there"]),
    ]
    there.says("there again")
    assert store.unlink("person-b") == 1
    assert (here.heard(), there.heard()) == (["here"], ["there", "there again"])
    assert words(conversation(store)) == ["here"]
    assert words(conversation(store, "person-b")) == ["there", "there again"]


@pytest.mark.parametrize("forgets", ["person-a", "person-b"])
def test_forgetting_one_chat_of_a_linked_person_forgets_all(
    database_url: str, store: ConsentStore, person: Person, talks: Talks, forgets: str
):
    talks("here")
    talks("there", person_id="person-b")
    assert Linker(store, "person-b").try_code(store.start_link("person-a")).linked
    assert store.erase(forgets).verified
    assert counts(database_url) == (0, 0, 0)


# The time it is kept


def test_nothing_goes_before_its_time_and_all_goes_then(
    database_url: str, store: ConsentStore, talks: Talks, clock: FakeClock
):
    talks("hello")
    clock.turn(days=30, minutes=-1, seconds=-1)
    assert sum(store.sweep().counts.values()) == 0
    assert counts(database_url) == (1, 1, 1)
    clock.turn(seconds=1)
    assert store.sweep().counts["turns_deleted"] == 1


def test_what_is_old_goes_with_the_key_of_a_person_about_whom_nothing_else_is_kept(
    database_url: str, store: ConsentStore, talks: Talks, clock: FakeClock
):
    talks("hello", "I owe 1,200")
    clock.turn(days=30)
    talks("new here", person_id="person-b")
    swept = store.sweep().counts
    assert (swept["conversations_deleted"], swept["turns_deleted"], swept["keys_deleted"]) == (1, 2, 1)
    assert counts(database_url) == (1, 1, 1)
    assert sum(store.sweep().counts.values()) == 0
    assert conversation(store) == []
    assert words(conversation(store, "person-b")) == ["new here"]


def test_of_a_conversation_that_goes_on_the_old_turns_go(
    database_url: str, store: ConsentStore, talks: Talks, clock: FakeClock
):
    talker = talks("last month")
    clock.turn(days=29)
    talker.says("yesterday")
    clock.turn(days=1)
    swept = store.sweep().counts
    assert (swept["conversations_deleted"], swept["turns_deleted"], swept["keys_deleted"]) == (0, 1, 0)
    assert talker.heard() == ["yesterday"]


def everything_kept(store: ConsentStore) -> None:
    """A decision and its value."""
    person = Person(store)
    person.begin()
    person.allow_and_tell("7")
    person.remembers()


@pytest.mark.parametrize(
    "something",
    [
        everything_kept,
        lambda store: store.begin_help("person-a", "debt_payoff", "widget"),
        lambda store: store.start_link("person-a"),
        lambda store: store.record_hand_over("person-a", "widget", None),
        lambda store: store.export("person-a"),
        lambda store: Linker(store, "person-b").try_code(store.start_link("person-a")),
        lambda store: Linker(store, "person-a").try_code(store.start_link("person-b")),
    ],
    ids=["a_value", "a_help", "a_code", "a_hand_over", "a_note", "a_link", "an_alias"],
)
def test_the_key_stays_with_whoever_anything_else_is_kept_about(
    database_url: str,
    store: ConsentStore,
    talks: Talks,
    clock: FakeClock,
    something: Callable[[ConsentStore], object],
):
    talks("hello")
    something(store)
    clock.turn(days=31)
    swept = store.sweep().counts
    assert (swept["turns_deleted"], swept["keys_deleted"]) == (1, 0)
    assert raw.rows(database_url, "SELECT 1 FROM person_key WHERE person_id = 'person-a'")


def test_the_key_stays_with_an_identity_that_is_named_as_another_one_of_somebody(
    database_url: str, store: ConsentStore, talks: Talks, clock: FakeClock
):
    talks("hello")
    raw.change(
        database_url,
        "INSERT INTO identity_link (alias_id, person_id, link_id, linked_at) "
        "VALUES ('person-a', 'person-z', 'link', '2026-05-03')",
    )
    clock.turn(days=31)
    assert store.sweep().counts["keys_deleted"] == 0


def test_a_remembered_value_opens_after_the_conversation_went(
    store: ConsentStore, talks: Talks, clock: FakeClock
):
    talks("hello")
    everything_kept(store)
    clock.turn(days=31)
    assert store.sweep().counts["conversations_deleted"] == 1
    assert [one["value"] for one in store.export("person-a")["values"]] == ["7"]


def test_with_no_time_to_keep_whatever_is_there_goes(database_url: str, store: ConsentStore, talks: Talks):
    talks("hello")
    talks("me too", person_id="person-b").clock.turn(hours=-5)
    swept = store.sweep(conversations_idle_for=timedelta(0)).counts
    assert (swept["conversations_deleted"], swept["turns_deleted"], swept["keys_deleted"]) == (2, 2, 2)
    assert counts(database_url) == (0, 0, 0)


def test_a_clock_that_was_wrong_keeps_nothing_for_ever(
    database_url: str, store: ConsentStore, keys: StoreKeys
):
    ahead = FakeClock()
    ahead.turn(days=400)
    Talker(database_url, keys, ahead).says("from the future")
    almost = FakeClock()
    almost.turn(hours=23)
    Talker(database_url, keys, almost, "person-b").says("a little ahead")
    assert store.sweep().counts["turns_deleted"] == 1
    assert counts(database_url) == (1, 1, 1)


def test_who_comes_back_while_the_sweep_takes_their_key_gets_another_one(
    database_url: str,
    store: ConsentStore,
    elsewhere: ConsentStore,
    talks: Talks,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
):
    talks("hello")
    clock.turn(days=30)
    back = Person(elsewhere)
    with ThreadPoolExecutor(1) as pool:

        def in_between(*given: object, **named: object) -> frozenset[str]:
            found = erasing_named_beside(*given, **named)
            beginning.append(pool.submit(back.begin))
            with suppress(FutureTimeout):
                beginning[0].result(timeout=0.3)  # it waits for the sweep, or is through before the key goes
            return found

        beginning: list[Future] = []
        erasing_named_beside = erasing.named_beside
        monkeypatch.setattr(erasing, "named_beside", in_between)
        assert store.sweep().counts["keys_deleted"] == 1
        beginning[0].result()
    assert raw.count(database_url, "person_key") == 1
    back.allow_and_tell("7")
    assert back.release().values == {BALANCE: "7"}


def test_many_go_in_several_steps(
    database_url: str, store: ConsentStore, talks: Talks, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(conversations, "BATCH", 3)
    for number in range(7):
        talks("hello", person_id=f"person-{number}")
    clock.turn(days=30)
    assert store.sweep().counts["keys_deleted"] == 7
    assert counts(database_url) == (0, 0, 0)


def test_turns_whose_state_is_gone_go_in_their_time(
    database_url: str, store: ConsentStore, talks: Talks, clock: FakeClock
):
    talks("hello")
    raw.change(database_url, "DELETE FROM conversation")
    clock.turn(days=30)
    assert store.sweep().counts["turns_deleted"] == 1
    assert counts(database_url) == (0, 0, 0)


# Keys and schema


def test_a_rotation_of_the_master_key_leaves_it_readable(opened: Opener, talks: Talks, clock: FakeClock):
    talker = talks("hello", "I owe 1,200")
    assert opened(BOTH_KEYS).rotate_keys().complete
    assert talker.heard(NEW_KEYS) == ["hello", "I owe 1,200"]
    assert words(conversation(opened(NEW_KEYS))) == ["hello", "I owe 1,200"]
    assert conversation(opened(OLD_KEYS))[0]["cannot_be_read_because"] == "key_not_at_hand"


def test_the_engine_and_the_store_make_the_same_keys(store: ConsentStore, person: Person, talks: Talks):
    """The store's data key opens for the engine, and the other way round."""
    talker = talks("hello")
    assert talker.heard() == ["hello"]
    other = talks("first the chat", person_id="person-b")
    someone = Person(store, "person-b")
    someone.begin()
    someone.allow_and_tell("7")
    assert someone.release().values
    assert other.heard() == ["first the chat"]


def test_nothing_that_was_said_is_counted_by_its_words(store: ConsentStore, talks: Talks):
    talks("hello", "I owe 1,200")
    found = store.stats().counts
    assert (found["conversations"], found["conversation_turns"]) == (1, 2)


def test_what_was_said_goes_with_the_step_of_the_schema_that_made_its_place(
    database_url: str, store: ConsentStore, person: Person, talks: Talks
):
    talks("hello")
    person.allow_and_tell("7")
    store.close()
    downgrade(database_url, "0005")
    assert raw.count(database_url, "person_key") == 1
    migrate(database_url)
    assert counts(database_url) == (0, 0, 1)
    assert person.release().values
