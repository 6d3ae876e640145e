"""
Reading the catalogue's YAML: strictly (a key given twice is a fault), and with faults collected instead of
raised.

It knows files and schemas, and nothing about programs.
"""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from programs.catalogue.errors import Fault

M = TypeVar("M", bound=BaseModel)


class _StrictLoader(yaml.SafeLoader):
    """SafeLoader that refuses a key given twice, where PyYAML silently keeps the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"key given twice: {key}", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


def load_yaml(path: Path) -> Any:
    """The content of a YAML file. Raises OSError or yaml.YAMLError."""
    return yaml.load(path.read_text(encoding="utf-8"), _StrictLoader)  # noqa: S506  (a SafeLoader)


class FileReader:
    """Reads files below one folder and collects what is wrong with them, file by file and field by field."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.faults: list[Fault] = []

    def name(self, path: Path) -> str:
        """A file's name in a fault: relative to the folder, with forward slashes."""
        return path.relative_to(self.root).as_posix()

    def fault(self, path: Path, field: str, reason: str) -> None:
        """Note one fault."""
        self.faults.append(Fault(self.name(path), field, reason))

    def mapping(self, path: Path) -> dict[str, Any] | None:
        """The file's top-level mapping, or None with a fault noted."""
        try:
            content = load_yaml(path)
        except FileNotFoundError:
            self.fault(path, "", "file is missing")
        except (OSError, UnicodeDecodeError) as error:
            self.fault(path, "", f"cannot be read ({type(error).__name__})")
        except yaml.YAMLError as error:
            self.fault(path, "", _yaml_reason(error))
        else:
            if isinstance(content, dict):
                return content
            self.fault(path, "", "must hold keys and values")
        return None

    def parse(self, schema: type[M], content: object, path: Path, prefix: str = "") -> M | None:
        """The content as the schema has it, or None with one fault a field noted."""
        try:
            return schema.model_validate(content)
        except ValidationError as error:
            for found in error.errors(include_url=False, include_input=False):
                place = ".".join([*filter(None, [prefix]), *map(str, found["loc"])])
                self.fault(path, place, _reason(found["type"], found["msg"]))
            return None


def _yaml_reason(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f" (line {mark.line + 1})" if mark else ""
    return f"not valid YAML: {getattr(error, 'problem', None) or 'unreadable'}{where}"


def _reason(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return "this key does not exist here"
    if kind == "missing":
        return "is missing"
    return message.removeprefix("Value error, ")
