"""
Reads the general help of a program as data, for the moments when nobody else can give it.

It must never compute anything, never read another field of the program, and never raise: no text is an answer
too. Phone numbers and their hours come from controller.yml.
"""

from __future__ import annotations

import re
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

PROGRAM_ID = re.compile(r"[a-z][a-z0-9_]{0,63}")  # no path can hide in an id
FIELD = re.compile(r"\{(\w+)\}")
UNKNOWN = "…"


class GeneralHelp:
    """
    The texts of programs/<id>/program.yml: `first_steps` and the finer need's `first`, if there are any, and
    `general_help`.
    """

    def __init__(self, programs: Path) -> None:
        self._programs = programs

    def of(self, program: object, finer_need: object = None) -> str | None:
        """The help text of a program id; None if there is no such program or its file cannot be read."""
        if not isinstance(program, str) or not PROGRAM_ID.fullmatch(program):
            return None
        text = _joined(_fields(self._programs / program / "program.yml"), finer_need)
        if text is None or not FIELD.search(text):
            return text
        contacts = _fields(self._programs / "controller.yml")
        return FIELD.sub(lambda found: str(contacts.get(found[1], UNKNOWN)), text)


def _fields(path: Path) -> dict[str, object]:
    try:
        fields = YAML(typ="safe").load(path)
    except (OSError, YAMLError, UnicodeDecodeError):
        return {}
    return fields if isinstance(fields, dict) else {}


def _joined(fields: dict[str, object], finer_need: object) -> str | None:
    texts = (fields.get("first_steps"), _first_of(fields, finer_need), fields.get("general_help"))
    return "\n\n".join(text.strip() for text in texts if isinstance(text, str)) or None


def _first_of(fields: dict[str, object], finer_need: object) -> object:
    """The first sentences for one of the program's questions, if it is one."""
    finer_needs = fields.get("finer_needs")
    found = finer_needs.get(finer_need) if isinstance(finer_needs, dict) else None
    return found.get("first") if isinstance(found, dict) else None
