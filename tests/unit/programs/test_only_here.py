"""Nothing outside a program's folder knows it by name, so nothing outside has to grow with the programs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
IDS = sorted(path.parent.name for path in (ROOT / "programs").glob("*/program.yml"))
PLACES = (
    *("actions", "cli", "config.yml", "consent_store", "data", "endpoints.yml"),
    *("engine", "operate", "portal", "programs", "sealing", "widget"),
)
FOREIGN = {".venv", "node_modules", "__pycache__", "vendor"}
READ = {".py", ".yml", ".js", ".html", ".txt", ".toml", ".json", ".in"}


def _files() -> Iterator[Path]:
    """
    Every file of ours that must not know a program; its folder and its examples may. Elsewhere, domain.yml
    lists the intents, benchmarks/ fill a store, and tests and docs speak of examples.
    """
    for place in PLACES:
        path = ROOT / place
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            if file.suffix in READ and not FOREIGN & set(file.parts) and not _is_a_programs_own(file):
                yield file


def _is_a_programs_own(file: Path) -> bool:
    room, name, *_ = (*file.relative_to(ROOT).parts, "")
    return (room == "programs" and name in IDS) or (file.parent == ROOT / "data/nlu" and file.stem in IDS)


def names(source: str, *, python: bool) -> set[str]:
    """The programs that a source names: in Python by a string or an import, elsewhere by a word."""
    if python:
        return {name for word in _python_words(source) for name in IDS if _means(word, name)}
    found = {name for name in IDS if re.search(rf"(?<!\w)need_{name}(?!\w)", source)}
    return found | {name for name in IDS if "_" in name and re.search(rf"(?<![\w-]){name}(?!\w)", source)}


def _means(word: str, name: str) -> bool:
    return re.fullmatch(rf"(need_|/need_|programs\.)?{name}([./].*)?", word) is not None


def _python_words(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_nobody_else_names_a_program():
    found = {path: names(path.read_text("utf-8"), python=path.suffix == ".py") for path in _files()}
    assert {path.relative_to(ROOT).as_posix(): known for path, known in found.items() if known} == {}


def test_there_is_something_to_look_at():
    looked_at = {path.relative_to(ROOT).parts[0] for path in _files()}
    assert looked_at == set(PLACES)
    assert len(IDS) >= 3


@pytest.mark.parametrize("name", IDS)
def test_a_name_is_seen_in_every_form(name):
    for source in (
        f"x = '{name}'",
        f"x = 'need_{name}'",
        f"from programs.{name}.help import x",
        f"import programs.{name}.help",
        f"from programs import {name}",
        f"x = '{name}.remember'",
    ):
        assert names(source, python=True) == {name}
    assert names(f"- intent: need_{name}", python=False) == {name}
    assert names("x = 'some words about it'", python=True) == set()
    assert names(f"- intent: unneed_{name}s", python=False) == set()
