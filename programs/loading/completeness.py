"""
What a help program needs beside what the loader reads: examples of its needs, an intent, sources, cases, a
conversation and a test story.

It reads the project's files as data and imports none of the other packages. It only reports, never writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from programs.catalogue.yaml_files import FileReader

MIN_EXAMPLES = 40
"""Ways to say a need, at least; with fewer the assistant cannot tell it from the others."""
MIN_EXAMPLES_FINER = 8
"""Ways to say each of a program's finer needs, at least."""
BESIDE = {
    "README.md": "says how the help is computed, with sources",
    "conversation.yml": "holds a conversation, from the need to the help",
    "story.yml": "holds a test story of the way to the help",
}
WITH_ITEMS = {"cases.yml": "holds examples of the help for its tests"}


def check_project(reader: FileReader, program_ids: Iterable[str]) -> None:
    """Note a fault for each thing that a program lacks in the project (the reader's folder)."""
    root = reader.root
    intents = _intents(reader, root / "domain.yml")
    programs = {name: _content(root / "programs" / name / "program.yml") for name in program_ids}
    for name, program in programs.items():
        if intents is not None and f"need_{name}" not in intents:
            reader.fault(root / "domain.yml", "intents", f"lacks need_{name}")
        _check_examples(reader, root / "data" / "nlu" / f"{name}.yml", f"need_{name}", _finer_needs(program))
        has_items = program.get("items") != []
        for file, why in (BESIDE | (WITH_ITEMS if has_items else {})).items():
            _check_there(reader, root / "programs" / name / file, why)
    _check_whose_items(reader, root / "programs", programs)


def _content(path: Path) -> Mapping[str, Any]:
    """A file's mapping as it is; what is wrong with it, the loader says."""
    return FileReader(path.parent).mapping(path) or {}


def _finer_needs(program: Mapping[str, Any]) -> tuple[str, ...]:
    finer = program.get("finer_needs")
    return tuple(finer) if isinstance(finer, dict) else ()


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


def _check_examples(reader: FileReader, path: Path, intent: str, finer_needs: tuple[str, ...]) -> None:
    """
    The training file has enough examples of the program's intent, and of each finer need that metadata names.

    An intent may stand there more than once, each time with another finer need.
    """
    content = reader.mapping(path)
    if content is None:
        return
    blocks = [entry for entry in content.get("nlu") or () if isinstance(entry, dict)]
    counted = Counter[str]()
    for block in (block for block in blocks if block.get("intent") == intent):
        metadata = block.get("metadata")
        finer = metadata.get("finer_need", "") if isinstance(metadata, dict) else ""
        counted[str(finer)] += sum(
            line.strip().startswith("-") for line in str(block.get("examples")).splitlines()
        )
    if not counted:
        reader.fault(path, "nlu", f"has no examples of {intent}")
        return
    if counted.total() < MIN_EXAMPLES:
        reader.fault(path, f"nlu.{intent}", f"has {counted.total()} examples; at least {MIN_EXAMPLES}")
    for finer in sorted(set(counted) - {"", *finer_needs}):
        reader.fault(path, f"nlu.{intent}", f"finer need {finer} is none of the program's")
    for finer in finer_needs:
        if counted[finer] < MIN_EXAMPLES_FINER:
            said = f"has {counted[finer]} examples of finer need {finer}; at least {MIN_EXAMPLES_FINER}"
            reader.fault(path, f"nlu.{intent}", said)


def _check_whose_items(reader: FileReader, folder: Path, programs: Mapping[str, Mapping[str, Any]]) -> None:
    """An item stands in a program's folder if only that program asks for it, else in items.yml."""
    users: dict[str, set[str]] = {}
    for name, program in programs.items():
        entries = program.get("items")
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict):
                users.setdefault(str(entry.get("item")), set()).add(name)
    for path in (folder / "items.yml", *sorted(folder.glob("*/items.yml"))):
        own = path.parent.name if path.parent != folder else None
        for item in _content(path):
            asking = users.get(str(item), set())
            if not asking:
                reader.fault(path, str(item), "no program asks for it")
            elif own and asking != {own}:
                others = ", ".join(sorted(asking - {own}))
                reader.fault(path, str(item), f"belongs in programs/items.yml: {others} asks for it too")
