"""
What a help program needs outside its own folder: examples of the need, an intent, a page of sources, cases.

It reads the project's files as data and imports none of the other packages. It only reports, never writes.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from programs.yaml_files import FileReader

MIN_EXAMPLES = 10
"""Ways to say a need, at least; with fewer the assistant cannot tell it from the others."""


def check_project(reader: FileReader, program_ids: Iterable[str]) -> None:
    """Note a fault for each thing that a program lacks in the project (the reader's folder)."""
    root = reader.root
    intents = _intents(reader, root / "domain.yml")
    for program_id in program_ids:
        if intents is not None and f"need_{program_id}" not in intents:
            reader.fault(root / "domain.yml", "intents", f"lacks need_{program_id}")
        _check_examples(reader, root / "data" / "nlu" / f"{program_id}.yml", f"need_{program_id}")
        _check_there(
            reader, root / "docs" / "how" / f"{program_id}.md", "says how the help is computed, with sources"
        )
        cases = root / "tests" / "unit" / "programs" / "cases" / f"{program_id}.yml"
        _check_there(reader, cases, "holds examples of the help for its tests")


def _check_there(reader: FileReader, path: Path, why: str) -> None:
    if not path.is_file():
        reader.fault(path, "", f"file is missing: it {why}")


def _intents(reader: FileReader, domain: Path) -> set[str] | None:
    """The intents of the domain (each a name, or a mapping from it), or None if it cannot be read."""
    content = reader.mapping(domain)
    if content is None:
        return None
    listed = content.get("intents")
    return {next(iter(entry)) if isinstance(entry, dict) else str(entry) for entry in listed or ()}


def _check_examples(reader: FileReader, path: Path, intent: str) -> None:
    """The training file has at least MIN_EXAMPLES examples of the program's intent."""
    content = reader.mapping(path)
    if content is None:
        return
    entries = [entry for entry in content.get("nlu") or () if isinstance(entry, dict)]
    examples = next((entry.get("examples") for entry in entries if entry.get("intent") == intent), None)
    if examples is None:
        reader.fault(path, "nlu", f"has no examples of {intent}")
        return
    count = sum(line.strip().startswith("-") for line in str(examples).splitlines())
    if count < MIN_EXAMPLES:
        reader.fault(path, f"nlu.{intent}", f"has {count} examples; at least {MIN_EXAMPLES}")
