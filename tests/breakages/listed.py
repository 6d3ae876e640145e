"""The list of deliberate breakages: small, realistic mistakes, each with the tests that must see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


class NotThere(Exception):
    """The text to replace is not in its file exactly once: the code moved on, and the list has to follow."""


@dataclass(frozen=True)
class Breakage:
    """
    One mistake. `promise`: its number in docs/invariants.md; None for what no promise says by its number.

    `find` stands in `file` exactly once, `put` comes in its place; one of `tests` fails then.
    """

    id: str
    promise: int | None
    file: str
    find: str
    put: str
    tests: tuple[str, ...]

    def broken(self, source: str) -> str:
        """The source with the mistake in it. Raises NotThere."""
        if (times := source.count(self.find)) != 1:
            raise NotThere(f"{self.id}: {self.file} holds the text to replace {times} times, not once")
        return source.replace(self.find, self.put)


def breakages() -> list[Breakage]:
    """All of them, in the order of the promises."""
    return [one for path in sorted(HERE.glob("*.yml")) for one in _of(path)]


def _of(path: Path) -> Iterator[Breakage]:
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    for one in content["breakages"]:
        yield Breakage(**one | {"promise": content["promise"], "tests": tuple(one["tests"])})
