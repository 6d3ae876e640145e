"""The rules of the layout, read from the sources: who may import whom, and how long a module may be."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = (
    "actions",
    "benchmarks",
    "cli",
    "consent_store",
    "engine",
    "evaluation",
    "operate",
    "outcomes",
    "portal",
    "programs",
    "sealing",
    "settings",
)
MAY_IMPORT = {
    "sealing": set(),
    "settings": set(),
    "consent_store": {"sealing"},
    "programs": {"sealing"},
    "engine": {"consent_store", "sealing", "settings"},
    "outcomes": {"consent_store", "programs", "sealing"},
    "actions": {"consent_store", "outcomes", "programs", "sealing", "settings"},
    "portal": {"consent_store", "outcomes", "programs", "sealing", "settings"},
    "cli": {"consent_store", "programs", "sealing", "settings"},
    "operate": {"consent_store", "sealing", "settings"},
    "evaluation": {"actions", "engine", "programs", "settings"},
    "benchmarks": {"consent_store", "engine", "operate", "sealing", "settings"},
}
ONLY_IN = {
    "rasa": ("engine/", "evaluation/", "benchmarks/stock/"),
    "rasa_sdk": ("actions/", "benchmarks/stock/", "engine/actions_here.py"),
    "sqlalchemy": ("consent_store/sql/", "benchmarks/"),
    "alembic": ("consent_store/sql/",),
    "sqlite3": ("consent_store/sql/", "benchmarks/"),
    "pg8000": ("consent_store/sql/", "benchmarks/"),
    "fastapi": ("portal/",),
}
ONLY_BY = {
    "consent_store.vault.unseal": ("opening.py", "releasing.py"),
    "consent_store.opening.Opener": (
        "export_conversation.py", "export_decisions.py", "exporting.py", "messaging.py", "moving.py",
    ),
    "sealing.conversations.open_turn": ("conversing.py", "opening.py"),
}  # fmt: skip
"""What opens sealed things, and which modules of the store use it: the gate, and what is the person's own."""
LONGEST_MODULE = 200
FOREIGN = {".venv", "node_modules", "__pycache__"}


def _modules(package: str) -> list[Path]:
    return sorted(path for path in (ROOT / package).rglob("*.py") if not FOREIGN & set(path.parts))


def _imported(source: str) -> Iterator[str]:
    """The dotted names that a module imports, also below TYPE_CHECKING and inside functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "a relative import hides which package it means"
            yield node.module or ""
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "import_module":
            yield from (str(word.value) for word in node.args[:1] if isinstance(word, ast.Constant))


def _named(source: str) -> set[str]:
    """What a module imports by name from another, "module.name"."""
    froms = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)]
    return {f"{node.module}.{alias.name}" for node in froms for alias in node.names}


def _strangers(package: str, source: str) -> set[str]:
    """Our packages that this source imports although its package may not."""
    first = {name.split(".")[0] for name in _imported(source)}
    return (first & set(OURS)) - MAY_IMPORT[package] - {package}


def _misplaced(path: str, source: str) -> set[str]:
    """Libraries that this source imports although another place is theirs."""
    first = {name.split(".")[0] for name in _imported(source)}
    return {name for name in first & set(ONLY_IN) if not path.startswith(ONLY_IN[name])}


def _every_module() -> dict[str, str]:
    """Path below the root, and source, of every module of ours."""
    paths = [path for package in OURS for path in _modules(package)]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def test_a_package_imports_only_packages_that_it_may_know() -> None:
    found = {path: _strangers(path.partition("/")[0], source) for path, source in _every_module().items()}
    assert {path: names for path, names in found.items() if names} == {}


def test_the_engine_knows_of_the_store_only_what_keeps_conversations_and_messages() -> None:
    engine = {name for path in _modules("engine") for name in _imported(path.read_text(encoding="utf-8"))}
    modules = {name.removeprefix("consent_store").strip(".") for name in engine if "consent_store" in name}
    assert modules <= {"", "conversing", "messaging", "recognising", "sharing", "sql.unit", "store"}


def test_a_library_with_a_place_of_its_own_is_imported_nowhere_else() -> None:
    found = {path: _misplaced(path, source) for path, source in _every_module().items()}
    assert {path: names for path, names in found.items() if names} == {}


def test_what_opens_sealed_things_is_used_by_the_gate_and_for_the_person_alone() -> None:
    store = {path: source for path, source in _every_module().items() if path.startswith("consent_store/")}
    for opens, users in ONLY_BY.items():
        found = [path for path, source in store.items() if opens in _named(source)]
        assert found == [f"consent_store/{name}" for name in users], opens


def test_a_module_is_short_enough_to_be_read_at_once() -> None:
    lengths = {path: source.count("\n") for path, source in _every_module().items()}
    too_long = {path: lines for path, lines in lengths.items() if lines > LONGEST_MODULE}
    assert {path: lines for path, lines in too_long.items() if "/migrations/versions/" not in path} == {}


def test_the_rules_are_about_packages_that_are_there() -> None:
    for package in ("actions", "cli", "consent_store", "engine", "operate", "portal", "programs", "sealing"):
        assert _modules(package), f"{package} has no module: were the rules left behind by a move?"


def test_no_package_stands_outside_the_rules() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages - {"tests"} <= set(OURS)


@pytest.mark.parametrize(
    "source",
    [
        "import actions",
        "from programs.loading.loader import load_catalogue",
        "def late():\n    from portal import app",
        "if TYPE_CHECKING:\n    import engine.nlu",
        "importlib.import_module('programs')",
    ],
)
def test_a_forbidden_import_is_seen_wherever_it_hides(source: str) -> None:
    assert _strangers("consent_store", source)


def test_a_misplaced_library_is_seen() -> None:
    assert _misplaced("consent_store/gate.py", "from sqlalchemy import select") == {"sqlalchemy"}
    assert not _misplaced("consent_store/sql/tables.py", "import sqlalchemy.orm")


def test_what_all_processes_share_needs_only_cryptography() -> None:
    sources = {path.stem: path.read_text(encoding="utf-8") for path in _modules("sealing")}
    foreign = {
        stem: {name.split(".")[0] for name in _imported(source)} - sys.stdlib_module_names - {"sealing"}
        for stem, source in sources.items()
    }
    assert {stem: sorted(names) for stem, names in foreign.items() if names} == {
        "boxes": ["cryptography"],
        "conversations": ["cryptography"],
    }
