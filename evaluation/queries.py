"""
The queries to measure with: CSV files with the columns `text,program`, or `text` if nobody serves them.

Nothing of them is kept: no sentence goes into a report, a picture or the project.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


class QueriesUnusable(Exception):
    """A file that cannot be measured with. The message names the file, the line and what to do."""


@dataclass(frozen=True)
class Query:
    """What somebody typed, and the program that should be offered; None if no program serves it."""

    text: str
    program: str | None = None


def read_queries(path: Path, programs: Iterable[str]) -> tuple[Query, ...]:
    """
    The queries of a file with the columns text and program, and others that are left alone.

    programs: the ids that may stand there. Raises QueriesUnusable.
    """
    known = frozenset(programs)
    rows = read_rows(path, ("text", "program"))
    for line, row in rows:
        if row["program"] not in known:
            raise QueriesUnusable(f"{path}, line {line}: there is no program of that id. See programs/.")
    return tuple(Query(row["text"], row["program"]) for _, row in rows)


def read_out_of_scope(path: Path) -> tuple[Query, ...]:
    """The queries of a file with the column text, which no program serves. Raises QueriesUnusable."""
    return tuple(Query(row["text"]) for _, row in read_rows(path, ("text",)))


def read_rows(path: Path, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with the line that each ends on. Raises QueriesUnusable."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [column for column in columns if column not in (reader.fieldnames or ())]
            if missing:
                raise QueriesUnusable(f"{path}: the first line must name the columns {', '.join(columns)}.")
            rows = [(reader.line_num, row) for row in reader]
    except OSError:
        raise QueriesUnusable(f"{path} cannot be read: give the path of a CSV file.") from None
    except (csv.Error, UnicodeDecodeError):
        raise QueriesUnusable(f"{path} is no CSV file in UTF-8.") from None
    for line, row in rows:
        if any(not (row[column] or "").strip() for column in columns):
            raise QueriesUnusable(f"{path}, line {line}: {' and '.join(columns)} must not be empty.")
    if not rows:
        raise QueriesUnusable(f"{path} holds no query.")
    return rows
