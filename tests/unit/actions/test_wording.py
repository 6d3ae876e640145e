"""Every sentence that an action names exists, and every action that the domain names exists, both ways."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import yaml

from actions.words import Button, Message, Wording

ROOT = Path(__file__).parents[3]
RESPONSES = {
    key: variants
    for path in (ROOT / "data" / "responses").glob("*.yml")
    for key, variants in yaml.safe_load(path.read_text())["responses"].items()
}
SOURCES = "\n".join(path.read_text() for path in (ROOT / "actions").rglob("*.py"))
APPS = "\n".join(path.read_text() for path in (ROOT / "engine" / "channels").rglob("*.py"))
TOLD_TO_BUILDERS = {"__init__", "__main__", "base", "guard", "sweeping"}
ELSEWHERE = {"utter_action_server_down", "utter_default"}


def named_in_code() -> set[str]:
    return set(re.findall(r'"(utter_[a-z_]+)"', SOURCES))


def test_every_response_that_an_action_names_exists() -> None:
    assert named_in_code() - set(RESPONSES) == set()


def test_no_response_is_left_over() -> None:
    rules = "\n".join(path.read_text() for path in (ROOT / "data" / "rules").glob("*.yml"))
    built = {
        key
        for key in RESPONSES
        if key.startswith(("utter_value_", "utter_state_", "utter_button_", "utter_link_", "utter_area_"))
    }
    of_apps = {f"utter_app_{key}" for key in re.findall(r'"([a-z_]+)"', APPS)}
    unused = {
        key for key in set(RESPONSES) - named_in_code() - ELSEWHERE - built - of_apps if key not in rules
    }
    assert unused == set()


def test_every_action_of_the_domain_is_there_and_no_other() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text())
    assert set(re.findall(r'return "((?:action|validate)_[a-z_]+)"', SOURCES)) == set(domain["actions"])


def sentences(source: str) -> list[str]:
    """Strings of two words or more, but for docstrings."""
    tree = ast.parse(source)
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docs]
    return [text.value for text in texts if re.search(r"[^\W\d]{2,} [^\W\d]{2,}", str(text.value))]


def test_no_sentence_stands_in_an_action() -> None:
    """Words for people are in data/responses/. What builders and logs are told may stand in the code."""
    paths = [*(ROOT / "actions" / "flow").glob("*.py"), *(ROOT / "actions").glob("*.py")]
    spoken = [path for path in paths if path.stem not in TOLD_TO_BUILDERS]
    assert {path.name: found for path in spoken if (found := sentences(path.read_text()))} == {}
    assert sentences('"""Of this module."""\nMessage(text=f"That is {n} euros")') == ["That is "]


class Collector:
    def __init__(self) -> None:
        self.messages: list[dict[str, object]] = []

    def utter_message(self, **message: object) -> None:
        self.messages.append(message)


def test_button_titles_are_filled_from_the_domain() -> None:
    said = Collector()
    button = Button("/without", "utter_button_without", {"item": "your balance"})
    Wording({"responses": RESPONSES}).say(said, (Message("utter_greet", buttons=(button,)),))  # type: ignore[arg-type]
    assert said.messages[0]["buttons"] == [{"title": "Answer without your balance", "payload": "/without"}]


def test_a_missing_response_is_named() -> None:
    with pytest.raises(KeyError, match="utter_gone"):
        Wording({"responses": RESPONSES}).fill("utter_gone")
