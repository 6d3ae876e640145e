"""What the store tells again of a conversation, and that it tells nothing of a person who was erased."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.conversations.store import SealedConversations
from tests.unit.engine.conversations.rig import StubActions
from tests.unit.engine.conversations.test_store import SENDER, TEXT, Begin, Run, erase, rows


def texts(turns: list[dict[str, object]]) -> list[str]:
    return [turn["said"][0]["text"] for turn in turns]  # type: ignore[index]


@pytest.mark.parametrize("days", ["0", "30"])
def test_the_last_turns_are_told_in_order(
    begin: Begin, database: Path, run_async: Run, monkeypatch: pytest.MonkeyPatch, days: str
) -> None:
    monkeypatch.setenv("ASKFIRST_KEEP_CONVERSATIONS_DAYS", days)
    store = SealedConversations()
    processor = begin(StubActions(1), store)
    for text in (TEXT, "second", "third"):
        run_async(processor.say(SENDER, "thanks", text))
    assert texts(run_async(store.latest_turns(SENDER, 2))) == ["second", "third"]
    kept = run_async(SealedConversations().latest_turns(SENDER, 9))
    assert texts(kept) == ([TEXT, "second", "third"] if days == "30" else [])


def test_a_turn_has_what_is_needed_to_show_it_again(begin: Begin, database: Path, run_async: Run) -> None:
    store = SealedConversations()
    run_async(begin(store=store).say(SENDER, "need", TEXT))
    ((person, *answers),) = (turn["said"] for turn in run_async(store.latest_turns(SENDER, 9)))
    assert len(person["replay"]["id"]) == 32
    assert {"payloads": ["/allow"]} in [answer.get("replay") for answer in answers]


def test_nothing_is_told_of_somebody_else_or_of_who_was_erased(
    begin: Begin, database: Path, run_async: Run
) -> None:
    store = SealedConversations()
    run_async(begin(store=store).say(SENDER, "thanks", TEXT))
    assert run_async(store.latest_turns("another", 9)) == []
    assert texts(run_async(store.latest_turns(SENDER, 9))) == [TEXT]
    erase(database)
    assert run_async(store.latest_turns(SENDER, 9)) == []


def test_a_turn_that_was_changed_tells_nothing(begin: Begin, database: Path, run_async: Run) -> None:
    store = SealedConversations()
    run_async(begin(store=store).say(SENDER, "thanks", TEXT))
    rows(database, "UPDATE conversation_turn SET sealed = ?", b"x" * 80)
    assert run_async(store.latest_turns(SENDER, 9)) == []


def test_without_the_database_only_memory_tells(begin: Begin, database: Path, run_async: Run) -> None:
    store = SealedConversations()
    database.rename(database.with_suffix(".away"))
    run_async(begin(store=store).say(SENDER, "thanks", "while it was away"))
    assert texts(run_async(store.latest_turns(SENDER, 9))) == ["while it was away"]
