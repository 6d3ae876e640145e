"""
Loads the help catalogue from its folder and reports all faults of all files at once.

Every folder with a program.yml is a program; nothing else has to be told about it. Its items and facts may
stand in its folder too (items.yml, bank.yml). Loading reads files and imports each program's help.py; it
never reads the clock, the network or the environment.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from programs.catalogue import contacts
from programs.catalogue.catalogue import Catalogue
from programs.catalogue.errors import CatalogueInvalid
from programs.catalogue.items import Item
from programs.catalogue.model import Program, ProgramFile
from programs.catalogue.wording import Controller, NoticeWording
from programs.catalogue.yaml_files import FileReader
from programs.loading.program_code import Section, bind_help
from programs.loading.soundness import check_item, check_lengths, check_program, check_wording
from programs.notices import LINK_PURPOSE

RESERVED = (LINK_PURPOSE,)
"""Ids that no program may have: purposes of the assistant's own."""
PACKAGE = Path(__file__).parents[1]
"""Where our own catalogue is: programs/."""


def load_catalogue(root: Path | None = None) -> Catalogue:
    """
    The catalogue in `root` (default: our own). Raises CatalogueInvalid with every fault
    found.
    """
    folder = root or PACKAGE
    reader = FileReader(folder)
    controller = _controller(reader, folder / "controller.yml")
    items, item_ids = _items(reader, folder)
    notices = _notices(reader, folder / "notices")
    programs = _programs(reader, folder, item_ids, controller)
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


def read_controller(root: Path | None = None) -> Controller:
    """
    Who is responsible, from controller.yml alone: also while something else of the catalogue has faults.
    Raises CatalogueInvalid.
    """
    folder = root or PACKAGE
    reader = FileReader(folder)
    controller = _controller(reader, folder / "controller.yml")
    if controller is None:
        raise CatalogueInvalid(tuple(reader.faults))
    return controller


def _controller(reader: FileReader, path: Path) -> Controller | None:
    content = reader.mapping(path)
    return None if content is None else reader.parse(Controller, content, path)


def _items(reader: FileReader, folder: Path) -> tuple[dict[str, Item], frozenset[str] | None]:
    """
    The items of all files, and every id that is listed, also of items with faults; None if a file is
    unreadable.
    """
    items: dict[str, Item] = {}
    where: dict[str, Path] = {}
    readable = True
    for path in (folder / "items.yml", *sorted(folder.glob("*/items.yml"))):
        listed = reader.mapping(path)
        readable = readable and listed is not None
        for key, content in (listed or {}).items():
            if key in where:
                reader.fault(path, str(key), f"is in {reader.name(where[key])} already: one id, one item")
                continue
            where[str(key)] = path
            item = _item(reader, path, str(key), content)
            if item:
                items[item.id] = item
    return items, frozenset(where) if readable else None


def _item(reader: FileReader, path: Path, key: str, content: Any) -> Item | None:
    """items.yml holds id → item; the id is written once, as the key."""
    if not isinstance(content, dict):
        reader.fault(path, key, "must hold keys and values")
        return None
    if "id" in content:
        reader.fault(path, f"{key}.id", "this key does not exist here")
        return None
    item = reader.parse(Item, {"id": key, **content}, path, key)
    if item:
        check_item(reader, path, item)
    return item


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


def _programs(
    reader: FileReader, folder: Path, item_ids: frozenset[str] | None, controller: Controller | None
) -> dict[str, Program]:
    """All programs that could be read. `item_ids`: what is listed, also faulty ones; None if unread."""
    reached = controller.contacts if controller else dict.fromkeys(contacts.FIELDS, "…")
    bank = _sections(reader, folder / "bank.yml")
    programs: dict[str, Program] = {}
    for path in sorted(folder.glob("*/program.yml")):
        program = _program(reader, path, item_ids, bank, reached)
        if program:
            programs[program.id] = program
    if not programs and not reader.faults:
        reader.fault(folder / "program.yml", "", "no program found: each needs a folder with a program.yml")
    return programs


def _program(
    reader: FileReader,
    path: Path,
    item_ids: frozenset[str] | None,
    bank: Mapping[str, Section],
    reached: Mapping[str, str],
) -> Program | None:
    content = contacts.filled(reader.mapping(path), reached)
    file = None if content is None else reader.parse(ProgramFile, content, path)
    if file is None:
        return None
    if file.id in RESERVED:
        reader.fault(path, "id", f"“{file.id}” is a purpose of the assistant's own: take another")
    check_program(reader, path, file, item_ids)
    facts = {**bank, **_sections(reader, path.with_name("bank.yml"))}
    function = bind_help(reader, path.with_name("help.py"), file, facts)
    if function is None:
        return None
    # as it is in the file: validated already, and what was left out stays left out
    return Program(**{name: getattr(file, name) for name in file.model_fields_set}, compute=function)


def _sections(reader: FileReader, path: Path) -> dict[str, Section]:
    """The sections of a bank.yml, if there is one, each with the file that it stands in."""
    content = reader.mapping(path) if path.is_file() else None
    return {name: Section(path, facts) for name, facts in (content or {}).items()}
