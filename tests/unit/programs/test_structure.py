"""What stands in programs/ is what its README says, and each part imports only what it says there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PROGRAMS = Path(__file__).parents[3] / "programs"
README = (PROGRAMS / "README.md").read_text(encoding="utf-8")
IDS = {path.parent.name for path in PROGRAMS.glob("*/program.yml")}
FOLDERS = {path.name for path in PROGRAMS.iterdir() if path.is_dir() and path.name != "__pycache__"}
MACHINERY = FOLDERS - IDS
ROOT_FILES = {"README.md", "__init__.py", "__main__.py", "naming.py"}


def _law() -> dict[str, set[str]]:
    """The README's table: which package may import which; "all but bank" is all machinery but that."""
    law: dict[str, set[str]] = {}
    for names, may in re.findall(r"^\| ((?:`\w+/`(?:, )?)+) \| [^|]+ \|([^|]*)\|$", README, re.MULTILINE):
        allowed = MACHINERY - {"bank"} if may.strip() == "all but bank" else set(re.findall(r"\w+", may))
        law |= dict.fromkeys(re.findall(r"`(\w+)/`", names), allowed)
    return law


LAW = _law()
PROGRAMS_MAY = {"bank", "catalogue", "saying"}


def imported(source: str) -> set[str]:
    """The parts of programs/ that a source imports."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module == "programs":
            names = [f"programs.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        found |= {name.split(".")[1] for name in names if name.startswith("programs.")}
    return found


def test_the_readme_names_every_folder_that_is_no_program():
    assert set(LAW) == MACHINERY
    assert {"catalogue", "reading", "saying", "loading", "bank"} <= MACHINERY


def test_the_readme_names_every_file_beside_the_folders():
    named = set(re.findall(r"`(\w+\.yml)`", README.partition("| code |")[0])) - {"program.yml"}
    assert {path.name for path in PROGRAMS.iterdir() if path.is_file()} == named | ROOT_FILES


@pytest.mark.parametrize("folder", sorted(FOLDERS))
def test_a_part_imports_only_what_it_may(folder):
    allowed = LAW.get(folder, PROGRAMS_MAY) | {folder}
    for path in (PROGRAMS / folder).rglob("*.py"):
        assert imported(path.read_text(encoding="utf-8")) <= allowed, path.name


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("from programs.lost_card.help import x", {"lost_card"}),
        ("import programs.reading.dates", {"reading"}),
        ("def late():\n    from programs import loading", {"loading"}),
        ("from datetime import date", set()),
    ],
)
def test_an_import_is_seen_in_every_form(source, parts):
    assert imported(source) == parts
