"""What is kept of a conversation is exported and erased with everything else of its person."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from consent_store import ConsentStore, Erasure
from consent_store.sharing import shared_store
from settings import read_settings
from tests.unit.engine.conversations.test_store import SENDER, TEXT, ErasingActions, count, person


def the_store() -> ConsentStore:
    settings = read_settings()
    return shared_store(settings.store_url, settings.keys)


def test_the_export_holds_what_was_said(
    begin: Callable[..., Any], database: Path, run_async: Callable[..., Any]
) -> None:
    processor = begin()
    run_async(processor.say(SENDER, "need", TEXT))
    run_async(processor.say(SENDER, "thanks", "thank you"))
    said = json.dumps(the_store().export(person()), ensure_ascii=False)
    assert TEXT in said
    assert "thank you" in said
    assert "action_help says something" in said


def test_the_store_erases_it_inside_a_turn(
    begin: Callable[..., Any], database: Path, run_async: Callable[..., Any]
) -> None:
    told: list[Erasure] = []
    processor = begin(ErasingActions(lambda: told.append(the_store().erase(person()))))
    run_async(processor.say(SENDER, "greet", TEXT))
    run_async(processor.say(SENDER, "forget_me", "forget me"))
    assert told[0].verified
    assert told[0].counts["conversation_turn"] == 1
    tables = ("person_key", "conversation", "conversation_turn")
    assert [count(database, table) for table in tables] == [0, 0, 0]
