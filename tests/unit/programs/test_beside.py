"""Conversations and stories in the programs' folders are of the right form, long before servers play them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest
import yaml

from tests.conversations.script import load

ROOT = Path(__file__).parents[3]
CONVERSATIONS = sorted((ROOT / "programs").glob("*/conversation.yml"))
STORIES = [*sorted((ROOT / "programs").glob("*/story.yml")), *sorted((ROOT / "tests/stories").glob("*.yml"))]
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text())
INTENTS = {next(iter(entry)) if isinstance(entry, dict) else entry for entry in DOMAIN["intents"]}
OF_RASA = {"action_listen", "action_deactivate_loop"}
ACTIONS = {*DOMAIN["actions"], *DOMAIN["forms"], *OF_RASA}
READMES = sorted((ROOT / "programs").glob("*/README.md"))
A_FILE = re.compile(r"(?<![\w./:-])(?:[\w.-]+/)*[\w-]+\.(?:py|yml|md|json|csv)\b")


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _stories(path: Path) -> list[dict[str, object]]:
    return list(yaml.safe_load(path.read_text())["stories"])


@pytest.mark.parametrize("path", CONVERSATIONS, ids=_name)
def test_a_conversation_can_be_played(path):
    script = load(path)
    assert script.steps[0].user, "a person speaks first"
    assert any(step.assistant for step in script.steps)


@pytest.mark.parametrize("path", STORIES, ids=_name)
def test_a_story_knows_the_domain(path):
    for step in chain.from_iterable(story["steps"] for story in _stories(path)):
        assert step.get("intent", "need") in INTENTS
        action = str(step.get("action", "action_listen"))
        assert action in ACTIONS or action.startswith("utter_")


def test_no_two_stories_have_the_same_name_or_the_same_words():
    """Rasa drops the second of two stories in which the same is said and done."""
    every = list(chain.from_iterable(map(_stories, STORIES)))
    names = Counter(story["story"] for story in every)
    assert [name for name, times in names.items() if times > 1] == []
    ways = Counter(yaml.safe_dump(story["steps"]) for story in every)
    assert [way for way, times in ways.items() if times > 1] == []


@pytest.mark.parametrize("path", READMES, ids=_name)
def test_every_file_that_a_readme_names_is_there(path):
    named = set(A_FILE.findall(path.read_text()))
    assert [one for one in sorted(named) if not ((ROOT / one).exists() or (path.parent / one).exists())] == []
