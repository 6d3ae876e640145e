"""
The sets to measure with beside the queries: which files of a folder are which, and what each comes to.

A set is known by its files' names: `values.csv`, `values_dev.csv`, `values_hidden.csv` are the set `values`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from evaluation import values
from evaluation.queries import read_rows

TODAY = date(2026, 11, 30)
"""The day on which the sentences of the sets are said."""
RENAMED = Path(__file__).with_name("renamed_items.yml")


def measure_sets(folder: Path) -> dict[str, dict[str, Any]]:
    """The figures of every set that the folder has files of. Raises QueriesUnusable."""
    return {name: measure(files) for name, measure in SETS.items() if (files := files_of(name, folder))}


def files_of(name: str, folder: Path) -> tuple[Path, ...]:
    """The files of a set: its name alone, or with one word more."""
    named = re.compile(rf"{name}(?:_[a-z0-9]+)?\.csv")
    return tuple(sorted(path for path in folder.glob("*.csv") if named.fullmatch(path.name)))


def _values(files: Sequence[Path]) -> dict[str, Any]:
    from programs import load_catalogue

    rows = [row for path in files for _, row in read_rows(path, values.COLUMNS)]
    renamed: dict[str, str] = yaml.safe_load(RENAMED.read_text(encoding="utf-8"))
    return values.measure(rows, load_catalogue().items, TODAY, renamed)


SETS: Mapping[str, Callable[[Sequence[Path]], dict[str, Any]]] = {"values": _values}
