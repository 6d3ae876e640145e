"""
Loads the help catalogue from its folder and reports all faults of all files at once.

Every folder with a program.yml is a program; nothing else has to be told about it. Loading reads files and
imports each program's help.py; it never reads the clock, the network or the environment.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from programs.catalogue import Catalogue
from programs.errors import CatalogueInvalid
from programs.model import Item, Program, ProgramFile
from programs.program_code import bind_help
from programs.soundness import check_item, check_lengths, check_program, check_wording
from programs.wording import Controller, NoticeWording
from programs.yaml_files import FileReader


def load_catalogue(root: Path | None = None) -> Catalogue:
    """
    The catalogue in `root` (default: this package's own folder). Raises CatalogueInvalid with every fault
    found.
    """
    folder = root or Path(__file__).parent
    reader = FileReader(folder)
    controller = _controller(reader, folder / "controller.yml")
    listed = reader.mapping(folder / "items.yml")
    items = _items(reader, folder / "items.yml", listed or {})
    notices = _notices(reader, folder / "notices")
    programs = _programs(reader, folder, None if listed is None else frozenset(map(str, listed)))
    if controller is None:
        raise CatalogueInvalid(tuple(reader.faults))
    catalogue = Catalogue(
        programs=MappingProxyType(programs),
        items=MappingProxyType(items),
        notices=MappingProxyType(notices),
        controller=controller,
    )
    if "en" in notices:
        check_lengths(reader, folder, catalogue)
    if reader.faults:
        raise CatalogueInvalid(tuple(reader.faults))
    return catalogue


def _controller(reader: FileReader, path: Path) -> Controller | None:
    content = reader.mapping(path)
    return None if content is None else reader.parse(Controller, content, path)


def _items(reader: FileReader, path: Path, listed: Mapping[str, Any]) -> dict[str, Item]:
    """items.yml holds id → item; the id is written once, as the key."""
    items: dict[str, Item] = {}
    for key, content in listed.items():
        if not isinstance(content, dict):
            reader.fault(path, str(key), "must hold keys and values")
            continue
        if "id" in content:
            reader.fault(path, f"{key}.id", "this key does not exist here")
            continue
        item = reader.parse(Item, {"id": key, **content}, path, str(key))
        if item:
            check_item(reader, path, item)
            items[item.id] = item
    return items


def _notices(reader: FileReader, folder: Path) -> dict[str, NoticeWording]:
    notices: dict[str, NoticeWording] = {}
    if not (folder / "en.yml").is_file():
        reader.fault(folder / "en.yml", "", "file is missing")
    for path in sorted(folder.glob("*.yml")):
        content = reader.mapping(path)
        wording = None if content is None else reader.parse(NoticeWording, content, path)
        if wording and wording.language != path.stem:
            reader.fault(path, "language", "must be the name of the file")
        if wording:
            before = len(reader.faults)
            check_wording(reader, path, wording)
            if len(reader.faults) == before:
                notices[wording.language] = wording
    return notices


def _programs(reader: FileReader, folder: Path, item_ids: frozenset[str] | None) -> dict[str, Program]:
    """All programs that could be read. `item_ids`: what items.yml lists, also faulty ones; None if unread."""
    bank = (reader.mapping(folder / "bank.yml") if (folder / "bank.yml").is_file() else None) or {}
    programs: dict[str, Program] = {}
    for path in sorted(folder.glob("*/program.yml")):
        program = _program(reader, path, item_ids, bank)
        if program:
            programs[program.id] = program
    if not programs and not reader.faults:
        reader.fault(folder / "program.yml", "", "no program found: each needs a folder with a program.yml")
    return programs


def _program(
    reader: FileReader, path: Path, item_ids: frozenset[str] | None, bank: Mapping[str, Any]
) -> Program | None:
    content = reader.mapping(path)
    file = None if content is None else reader.parse(ProgramFile, content, path)
    if file is None:
        return None
    check_program(reader, path, file, item_ids)
    own = path.parent / "bank.yml"
    facts = {**bank, **((reader.mapping(own) if own.is_file() else None) or {})}
    function = bind_help(reader, path.parent / "help.py", file, facts)
    if function is None:
        return None
    return Program(**{name: getattr(file, name) for name in ProgramFile.model_fields}, compute=function)
