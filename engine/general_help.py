"""
Reads the general help of a program as data, for the moments when nobody else can give it.

It must never compute anything, never read another field of the program, and never raise: no text is an answer
too.
"""

from __future__ import annotations

import re
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

PROGRAM_ID = re.compile(r"[a-z][a-z0-9_]{0,63}")  # no path can hide in an id


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
        try:
            fields = YAML(typ="safe").load(self._programs / program / "program.yml")
        except (OSError, YAMLError, UnicodeDecodeError):
            return None
        return _joined(fields, finer_need) if isinstance(fields, dict) else None


def _joined(fields: dict[str, object], finer_need: object) -> str | None:
    texts = (fields.get("first_steps"), _first_of(fields, finer_need), fields.get("general_help"))
    return "\n\n".join(text.strip() for text in texts if isinstance(text, str)) or None


def _first_of(fields: dict[str, object], finer_need: object) -> object:
    """The first sentences for one of the program's questions, if it is one."""
    finer_needs = fields.get("finer_needs")
    found = finer_needs.get(finer_need) if isinstance(finer_needs, dict) else None
    return found.get("first") if isinstance(found, dict) else None
