"""
Another help program is one folder, one file of examples and one line of the domain: the program of
docs/add_a_program.md, taken from there as it is written.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from programs.__main__ import find_faults
from tests.conversations.script import load

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "programs"
GUIDE = ROOT / "docs" / "add_a_program.md"
LOOK = """
import json
from datetime import date
from programs import help_for, load_catalogue, notice_for, read_value
catalogue = load_catalogue()
program = catalogue.program("coin_jar")
item = catalogue.items["coin_amount_eur"]
day = date(2026, 5, 6)
values = [{i: read_value(item, typed, today=day) for i, typed in given.items()} for given in GIVEN]
cases = [help_for(program, given, today=day) for given in values]
print(json.dumps({
    "items": [i.id for i in catalogue.items_of("coin_jar")],
    "needs": [program.need_of(n) for n in ("coin_fee", "no_such_need", None)],
    "general": [program.general_help_for(n) for n in ("coin_fee", "no_such_need", None)],
    "notice": notice_for(catalogue, "coin_jar", "coin_amount_eur").text,
    "texts": [c.text for c in cases],
    "figures": [{f.id: float(f.value) for f in c.figures} for c in cases],
}))
"""


def _guide() -> dict[str, str]:
    """File → content, from the guide's code blocks; each follows a line that begins with the file's name."""
    found = re.findall(
        r"^`([\w/.]+)`[^\n]*\n\n```\w+\n(.*?)^```$", GUIDE.read_text(), re.MULTILINE | re.DOTALL
    )
    return dict(found)


class Project:
    """A copy of what the catalogue and its check need, with the tools to look at it from outside."""

    def __init__(self, root: Path) -> None:
        self.root = root
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PACKAGE, root / "programs", ignore=ignored)
        shutil.copytree(ROOT / "data" / "nlu", root / "data" / "nlu", ignore=ignored)
        shutil.copy(ROOT / "domain.yml", root)

    def add_the_guides_program(self) -> None:
        for file, text in _guide().items():
            self.write(file, text)
        self.write("programs/coin_jar/README.md", "# How the coin jar is computed\n")
        nlu = yaml.safe_load((self.root / "data/nlu/coin_jar.yml").read_text())
        for block in nlu["nlu"]:  # the guide shows a few ways to say it and asks for forty
            block["examples"] += "".join(f"- coins, please, said another way: {n}\n" for n in range(14))
        self.write("data/nlu/coin_jar.yml", yaml.safe_dump(nlu))
        domain = (self.root / "domain.yml").read_text()
        self.write("domain.yml", domain.replace("intents:\n", "intents:\n  - need_coin_jar\n", 1))

    def write(self, file: str, text: str) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environ = {**os.environ, "PYTHONPATH": str(self.root), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, *arguments]
        return subprocess.run(
            command, cwd=self.root, env=environ, capture_output=True, text=True, check=False
        )

    def faults(self) -> set[str]:
        return set(self.run("-m", "programs", "check").stderr.splitlines())


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("project"))
    project.before = project.faults()
    project.add_the_guides_program()
    return project


def test_the_check_has_nothing_to_say_about_it(project):
    assert project.faults() == project.before
    assert not any("coin_jar" in fault for fault in project.before)


def test_nothing_outside_its_folder_changes_but_its_examples_and_one_line(project):
    inside, examples = project.root / "programs/coin_jar", project.root / "data/nlu/coin_jar.yml"
    changed = []
    for path in filter(Path.is_file, project.root.rglob("*")):
        if inside in path.parents or path == examples:
            continue
        original = ROOT / path.relative_to(project.root)
        if not original.is_file() or original.read_bytes() != path.read_bytes():
            changed.append(path.name)
    assert changed == ["domain.yml"]
    lines = (project.root / "domain.yml").read_text().splitlines()
    lines.remove("  - need_coin_jar")
    assert lines == (ROOT / "domain.yml").read_text().splitlines()


def test_it_is_offered_with_its_own_items_needs_and_facts(project):
    cases = yaml.safe_load(_guide()["programs/coin_jar/cases.yml"])["cases"]
    given = [case["given"] for case in cases]
    shown = project.run("-c", LOOK.replace("GIVEN", json.dumps(given)))
    assert shown.returncode == 0, shown.stderr
    seen = json.loads(shown.stdout)
    assert seen["items"] == ["coin_amount_eur"]
    assert seen["needs"] == ["the cost of exchanging coins", *["exchanging a jar of coins"] * 2]
    assert (
        seen["general"][0]
        == f"The fee is 2% of what is above €50 in a month; small jars cost nothing.\n{seen['general'][1]}"
    )
    assert seen["general"][1] == seen["general"][2]
    assert "what your coins come to" in seen["notice"]
    for case, text, figures in zip(cases, seen["texts"], seen["figures"], strict=True):
        assert all(words in text for words in case["says"]), text
        assert figures.items() >= case.get("figures", {}).items()


@pytest.mark.parametrize(
    ("file", "fault"),
    [
        ("items.yml", "program.yml: items.0.item: no such item: coin_amount_eur"),
        ("help.py", "help.py: file is missing"),
        ("README.md", "README.md: file is missing: it says how the help is computed, with sources"),
        ("cases.yml", "cases.yml: file is missing: it holds examples of the help for its tests"),
        (
            "conversation.yml",
            "conversation.yml: file is missing: it holds a conversation, from the need to the help",
        ),
        ("story.yml", "story.yml: file is missing: it holds a test story of the way to the help"),
        ("bank.yml", "../bank.yml: coin_machine: section is missing; coin_jar/help.py needs it"),
        ("../../data/nlu/coin_jar.yml", "../../data/nlu/coin_jar.yml: file is missing"),
    ],
)
def test_whatever_it_lacks_is_named(project, file, fault):
    path = project.root / "programs/coin_jar" / file
    place, _, reason = fault.partition(": ")
    named = os.path.relpath(project.root / "programs/coin_jar" / place, project.root)
    content = path.read_text()
    path.unlink()
    try:
        assert f"{named}: {reason}" in {str(fault) for fault in find_faults(project.root)}
    finally:
        path.write_text(content)


def test_the_guides_conversation_and_story_are_of_the_right_form(tmp_path):
    guide = _guide()
    (tmp_path / "conversation.yml").write_text(guide["programs/coin_jar/conversation.yml"])
    assert load(tmp_path / "conversation.yml").steps
    (story,) = yaml.safe_load(guide["programs/coin_jar/story.yml"])["stories"]
    assert story["steps"][0]["intent"] == "need"
    assert story["steps"][-1] == {"action": "action_give_help"}


def test_a_program_may_bring_facts_of_its_own(copy):
    """Facts that only one program needs may stand in its own folder."""
    section = yaml.safe_load((PACKAGE / "bank.yml").read_text())["card_rules"]
    missing = "bank.yml: card_rules: section is missing; lost_card/help.py needs it"
    copy.edit("bank.yml", lambda bank: bank.pop("card_rules"))
    assert missing in copy.said()
    copy.write("lost_card/bank.yml", yaml.safe_dump({"card_rules": section}))
    assert missing not in copy.said()
    assert not any(fault.startswith("lost_card/") for fault in copy.said())
    section["claim_within_months"] = "ages"
    copy.write("lost_card/bank.yml", yaml.safe_dump({"card_rules": section}))
    assert any(fault.startswith("lost_card/bank.yml: card_rules.claim_within") for fault in copy.said())
