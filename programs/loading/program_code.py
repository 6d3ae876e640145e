"""
The help function of a program: found in its help.py, checked against its items, bound to the bank's facts.

The signature is the minimisation statement: keyword-only, exactly the program's items, each of which may be
None. Beside items it may take `today` and sections of bank.yml (parameters annotated with a subclass of
Facts); there is no way to take anything else about a person.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import sys
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from programs.catalogue.errors import NoItems
from programs.catalogue.model import Facts, ProgramFile
from programs.catalogue.yaml_files import FileReader

HelpFunction = Callable[..., Any]


@dataclass(frozen=True)
class Section:
    """What a bank.yml says under one key, and which file says it."""

    path: Path
    content: Any


def bind_help(
    reader: FileReader, path: Path, program: ProgramFile, bank: Mapping[str, Section]
) -> HelpFunction | None:
    """The program's help function with the bank's facts filled in, or None with the faults noted."""
    if not program.has_items:
        if path.is_file():
            reader.fault(path, "", "the program has no items, so there is nothing to compute")
        return partial(_nothing_to_compute, program.id)
    before = len(reader.faults)
    function = _find(reader, path, program.id)
    if function is None:
        return None
    hints = _hints(function)
    signature = inspect.signature(function)
    facts = {name for name in signature.parameters if _is_facts(hints.get(name))}
    _check_signature(reader, path, program, signature, hints, facts)
    bound = {name: _section(reader, path, name, hints[name], bank) for name in sorted(facts)}
    if len(reader.faults) > before:
        return None
    return partial(_call, function, bound, "today" in signature.parameters)


def _section(
    reader: FileReader, path: Path, name: str, schema: type[Facts], bank: Mapping[str, Section]
) -> Facts | None:
    """A section of bank.yml as the parameter's annotation has it."""
    section = bank.get(name)
    if section is None:
        shared = path.parent.parent / "bank.yml"
        reader.fault(shared, name, f"section is missing; {reader.name(path)} needs it")
        return None
    return reader.parse(schema, section.content, section.path, name)


def _nothing_to_compute(program_id: str, /, **_given: Any) -> Any:
    raise NoItems(f"{program_id} has no items: its general help is all there is")


def _call(function: HelpFunction, facts: Mapping[str, Any], wants_today: bool, /, **given: Any) -> Any:
    today = given.pop("today")
    return function(**given, **facts, **({"today": today} if wants_today else {}))


def _find(reader: FileReader, path: Path, name: str) -> HelpFunction | None:
    if not path.is_file():
        reader.fault(path, "", "file is missing")
        return None
    try:
        module = _run(path, name)
    except (Exception, SystemExit) as error:  # noqa: BLE001  whatever it raises is a fault of that file
        reader.fault(path, "", f"cannot be imported ({type(error).__name__}: {error})")
        return None
    function = getattr(module, name, None)
    if not inspect.isfunction(function):
        reader.fault(path, name, f"needs a function named {name}")
        return None
    return function


def _run(path: Path, name: str) -> ModuleType:
    """The module of a help.py: ours by its package name, one of another catalogue by its path."""
    if path.parent.parent == Path(__file__).parents[1]:
        return importlib.import_module(f"programs.{name}.help")
    spec = importlib.util.spec_from_file_location(str(path.with_suffix("")), path)
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # so that annotations of its classes can be resolved
    spec.loader.exec_module(module)
    return module


def _hints(function: HelpFunction) -> dict[str, Any]:
    try:
        return typing.get_type_hints(function)
    except (NameError, TypeError):
        return {}


def _is_facts(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Facts)


def _check_signature(
    reader: FileReader,
    path: Path,
    program: ProgramFile,
    signature: inspect.Signature,
    hints: Mapping[str, Any],
    facts: set[str],
) -> None:
    """Note a fault for each parameter too many, too few, positional, or that cannot be None."""
    parameters = signature.parameters
    asked = set(parameters) - facts - {"today"}
    for name in sorted(asked - set(program.item_ids)):
        reader.fault(path, name, "parameter is none of the program's items")
    for name in sorted(set(program.item_ids) - asked):
        reader.fault(path, name, "item is asked for, but the help function does not take it")
    for name, parameter in parameters.items():
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            reader.fault(path, name, "parameter must be keyword-only")
        if name in program.item_ids and type(None) not in typing.get_args(hints.get(name)):
            reader.fault(path, name, "parameter must allow None: every item may be refused")
