"""
What the schema alone cannot see: files that must fit each other, and words that must be fair.

It only notes faults; it mends nothing and never raises.
"""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

from programs.catalogue import contacts
from programs.catalogue.catalogue import Catalogue
from programs.catalogue.items import Item
from programs.catalogue.model import ProgramFile
from programs.catalogue.wording import Carriers, NoticeWording
from programs.catalogue.yaml_files import FileReader
from programs.loading import linter
from programs.notices import MAX_NOTICE_LENGTH, Notice, link_notice, notice_for, shown_text
from programs.reading import NotUnderstood, read_value
from programs.saying.formatting import SPECS, fields_of

NOTICE_FIELDS = {"controller", "item", "purpose", "retention", "recipients", "withdraw", "on_no"}
_A_DAY = date(2026, 5, 20)
"""Any day will do for reading the examples of dates; a fixed one gives the same faults every day."""


def check_program(
    reader: FileReader, path: Path, program: ProgramFile, item_ids: frozenset[str] | None
) -> None:
    """Folder name, items that exist, fair words, sentences whose fields can be filled."""
    if program.id != path.parent.name:
        reader.fault(path, "id", f"must be the name of its folder, {path.parent.name}")
    for index, entry in enumerate(program.items):
        if item_ids is not None and entry.item not in item_ids:
            reader.fault(path, f"items.{index}.item", f"no such item: {entry.item}")
    if program.has_items:
        for field in ("purpose", "remember_purpose"):
            _lint(reader, path, field, linter.lint_purpose(getattr(program, field)))
    shown = {"better": program.better} | {f"items.{n}.adds": e.adds for n, e in enumerate(program.items)}
    for field, text in shown.items():
        _lint(reader, path, field, linter.lint_words(text))
    _check_plain(reader, path, "first_steps", program.first_steps or "")
    _check_plain(reader, path, "general_help", program.general_help)
    for key, finer in program.finer_needs.items():
        _check_plain(reader, path, f"finer_needs.{key}.first", finer.first)
        for name, text in (("need", finer.need), ("first", finer.first)):
            _lint(reader, path, f"finer_needs.{key}.{name}", linter.lint_pressure(text))
    for key, template in program.sentences.items():
        _check_template(reader, path, f"sentences.{key}", template)


def _lint(reader: FileReader, path: Path, field: str, found: tuple[linter.Finding, ...]) -> None:
    for finding in found:
        reader.fault(path, field, f"{finding.kind}: “{finding.words}”. {finding.reason}")


def _check_plain(reader: FileReader, path: Path, field: str, text: str) -> None:
    """What is said as it is has no field left; those of controller.yml are filled by now."""
    if "{" in text:
        reader.fault(path, field, f"only these fields are filled here: {', '.join(contacts.FIELDS)}")


def _check_template(reader: FileReader, path: Path, field: str, template: str) -> None:
    try:
        fields = fields_of(template)
    except ValueError as error:
        reader.fault(path, field, f"braces do not match ({error})")
        return
    for name, spec in fields:
        if not name.isidentifier():
            reader.fault(path, field, f"a field needs a plain name, not {{{name}}}")
        if spec.split(" ")[0] not in SPECS:
            reader.fault(path, field, f"no such format: {{{name}:{spec}}}")


def check_item(reader: FileReader, path: Path, item: Item) -> None:
    """Fair words, and examples that we can read ourselves."""
    if item.find_it is None:
        reader.fault(path, f"{item.id}.find_it", "say where a person who does not know it finds it")
    for field in ("name", "question", "why", *(["find_it"] if item.find_it else [])):
        _lint(reader, path, f"{item.id}.{field}", linter.lint_words(getattr(item, field)))
    for index, example in enumerate(item.examples):
        read = read_value(item, example, today=_A_DAY)
        if isinstance(read, NotUnderstood):
            reader.fault(path, f"{item.id}.examples.{index}", f"cannot be read as an answer ({read.reason})")


def check_wording(reader: FileReader, path: Path, wording: NoticeWording) -> None:
    """Fair words, and all that a person has to be told before a decision."""
    for field in ("text", "text_remembered"):
        template = getattr(wording, field)
        _lint(reader, path, field, linter.lint_words(template))
        try:
            found = {name for name, _ in fields_of(template)}
        except ValueError as error:
            reader.fault(path, field, f"braces do not match ({error})")
            continue
        for name in sorted(NOTICE_FIELDS - found):
            reader.fault(path, field, f"does not say {{{name}}}")
        for name in sorted(found - NOTICE_FIELDS):
            reader.fault(path, field, f"no such field: {{{name}}}")
    for field in ("recipients", "withdraw", "on_no", "on_no_remembered"):
        _lint(reader, path, field, linter.lint_words(getattr(wording, field)))
    _check_only_field(reader, path, "retention.remembered", wording.retention.remembered, "days")
    _check_carriers(reader, path, wording)


def _check_carriers(reader: FileReader, path: Path, wording: NoticeWording) -> None:
    _check_only_field(reader, path, "carried", wording.carried, "carrier")
    _lint(reader, path, "carried", linter.lint_words(wording.carried))
    for channel, carrier in wording.carriers.model_dump().items():
        _lint(reader, path, f"carriers.{channel}", linter.lint_words(carrier))


def _check_only_field(reader: FileReader, path: Path, field: str, template: str, name: str) -> None:
    try:
        found = fields_of(template)
    except ValueError as error:
        reader.fault(path, field, f"braces do not match ({error})")
        return
    if found != ((name, ""),):
        reader.fault(path, field, f"must say {{{name}}}, and no other field")


def check_lengths(reader: FileReader, folder: Path, catalogue: Catalogue) -> None:
    """Every permission request of every program, item and language fits every channel, remembered or not."""
    for program in catalogue.programs.values():
        if not set(program.item_ids) <= set(catalogue.items):
            continue  # noted already
        path = folder / program.id / "program.yml"
        for item, language, remember in product(program.item_ids, catalogue.notices, (False, True)):
            notice = notice_for(catalogue, program.id, item, remember=remember, language=language)
            _check_length(reader, path, "remember_purpose" if remember else "purpose", catalogue, notice)
    for language in catalogue.notices:
        path = folder / "notices" / f"{language}.yml"
        _check_length(reader, path, "link", catalogue, link_notice(catalogue, language))


def _check_length(reader: FileReader, path: Path, field: str, catalogue: Catalogue, notice: Notice) -> None:
    """As it is shown in the channel that needs most words."""
    length = max(len(shown_text(catalogue, notice, channel)) for channel in Carriers.model_fields)
    if length > MAX_NOTICE_LENGTH:
        request = f"the permission request for {notice.item} ({notice.language})"
        reader.fault(path, field, f"{request} has {length} characters; at most {MAX_NOTICE_LENGTH}")
