"""What the engine keeps, the consent store reads, exports and erases: one database, two environments."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from settings import read_settings
from tests.unit.engine.conversations.conftest import consent_store
from tests.unit.engine.conversations.test_store import SENDER, TEXT, ErasingActions, count, person

OPEN = """
import json, sys
from pathlib import Path
from consent_store import StoreKeys, open_store
from consent_store.clock import system_clock
keys = StoreKeys.from_folder(Path(sys.argv[2]))
store = open_store("sqlite:///" + sys.argv[1], keys=keys, clock=system_clock)
"""
EXPORT = OPEN + "print(json.dumps(store.export(sys.argv[3])))"
ERASE = OPEN + "erased = store.erase(sys.argv[3])\nprint(erased.verified, json.dumps(dict(erased.counts)))"


def in_the_store(code: str, database: Path) -> str:
    return consent_store(code, str(database), str(read_settings().keys), person())


def test_the_export_holds_what_was_said(
    begin: Callable[..., Any], database: Path, run_async: Callable[..., Any]
) -> None:
    processor = begin()
    run_async(processor.say(SENDER, "need", TEXT))
    run_async(processor.say(SENDER, "thanks", "thank you"))
    said = json.dumps(json.loads(in_the_store(EXPORT, database)), ensure_ascii=False)
    assert TEXT in said
    assert "thank you" in said
    assert "action_help says something" in said


def test_the_store_erases_it_inside_a_turn(
    begin: Callable[..., Any], database: Path, run_async: Callable[..., Any]
) -> None:
    told: list[str] = []
    processor = begin(ErasingActions(lambda: told.append(in_the_store(ERASE, database))))
    run_async(processor.say(SENDER, "greet", TEXT))
    run_async(processor.say(SENDER, "forget_me", "forget me"))
    verified, _, counts = told[0].partition(" ")
    assert verified == "True"
    assert json.loads(counts)["conversation_turn"] == 1
    assert [count(database, table) for table in ("person_key", "conversation", "conversation_turn")] == [
        0,
        0,
        0,
    ]
