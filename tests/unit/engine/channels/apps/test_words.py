"""The apps' own sentences."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from engine.channels.apps.words import Words
from settings import ROOT
from tests.unit.engine.channels.apps.apps_rig import WORDS

SOURCES = sorted((ROOT / "engine" / "channels").rglob("*.py"))
PARAMS = {
    "reply_numbers": {"lines": "L"},
    "reply_line": {"number": 1, "title": "L"},
    "reply_words": {"titles": "L"},
    "chosen": {"title": "L"},
    "chart": {"title": "L", "lines": "M"},
    "chart_line": {"label": "L", "shown": "M"},
    "private_only": {"link": "L"},
}


def said_in(path: Path) -> set[str]:
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    said = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "say"]
    texts = [node for call in said for node in ast.walk(call.args[0]) if isinstance(node, ast.Constant)]
    return {str(node.value) for node in texts if node.value != "certificate"}


def test_every_sentence_that_the_code_asks_for_is_there_with_its_parts() -> None:
    used = {key for path in SOURCES for key in said_in(path)}
    assert {"chosen", "private_only", "reply_permission"} <= used
    for key in used | {"too_fast", "too_long", "only_text", "sorry"}:
        said = WORDS.say(key, **PARAMS.get(key, {}))
        assert said.strip()
        assert "{" not in said
        assert all(str(part) in said for part in PARAMS.get(key, {}).values())


def test_what_is_filled_in_is_taken_as_it_is() -> None:
    assert WORDS.say("chosen", title="{title} {0} %s") == "Your answer: {title} {0} %s"


def test_a_sentence_or_a_part_that_is_missing_is_named() -> None:
    with pytest.raises(KeyError, match="nothing_like_it"):
        WORDS.say("nothing_like_it")
    with pytest.raises(KeyError, match="title"):
        WORDS.say("chosen")


def test_they_come_from_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "responses"
    folder.mkdir(parents=True)
    (folder / "apps.yml").write_text("responses:\n  utter_app_sorry:\n  - text: Pardon\n")
    assert Words.load(tmp_path).say("sorry") == "Pardon"
