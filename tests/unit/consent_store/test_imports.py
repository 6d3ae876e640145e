"""Who may import what, read from the sources themselves."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3] / "consent_store"
SOURCES = sorted(ROOT.rglob("*.py"))
OURS = {"engine", "programs", "actions", "portal", "outcomes", "operate", "widget"}


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_sql_modules_speak_sql_and_no_other_package_is_imported(path: Path):
    names = imported(path)
    assert not names & OURS
    if "sql" not in path.relative_to(ROOT).parts:
        assert not names & {"sqlalchemy", "alembic", "sqlite3", "pg8000"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_is_short_and_says_what_it_is_for(path: Path):
    source = path.read_text()
    assert len(source.splitlines()) < 200
    assert ast.get_docstring(ast.parse(source))


def test_the_wall_clock_is_read_in_one_place_only():
    readers = [
        path.name for path in SOURCES if "datetime.now(" in path.read_text() or "utcnow" in path.read_text()
    ]
    assert readers == ["clock.py"]


def test_the_vault_is_opened_by_the_gate_and_for_the_person_only():
    openers = [path.name for path in SOURCES if "unseal(" in path.read_text()]
    assert openers == ["opening.py", "releasing.py", "vault.py"]


def test_what_opens_sealed_things_outside_the_gate_is_for_the_person_alone():
    users = [path.name for path in SOURCES if "import Opener" in path.read_text()]
    others = [name for name in users if not name.startswith("export")]
    assert others == ["messaging.py", "moving.py"]


def test_a_conversation_is_opened_for_the_person_alone():
    openers = [path.name for path in SOURCES if "open_turn(" in path.read_text()]
    assert openers == ["conversing.py", "opening.py"]
