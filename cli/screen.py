"""
Where answers go: one JSON document or tables on standard output; progress and questions on standard error.

Must never mix the two, so that standard output can be piped.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table
from rich.text import Text

from cli.errors import FileExists, NotConfirmed
from consent_store.clock import to_text

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask whether to go on.")]
WIDTH_OF_A_PIPE = 160

Progressed = Callable[[int, int], None]
"""Told how much is done, and of how much (0 while that is unknown)."""


def plain(content: Any) -> Any:
    """Dataclasses, instants, paths, mappings and sequences as what JSON holds; instants in UTC with a Z."""
    if is_dataclass(content) and not isinstance(content, type):
        return {field.name: plain(getattr(content, field.name)) for field in fields(content)}
    if isinstance(content, datetime):
        return to_text(content)
    if isinstance(content, Path):
        return str(content)
    if isinstance(content, Mapping):
        return {str(key): plain(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [plain(value) for value in content]
    return content


def document(content: Mapping[str, Any]) -> None:
    """Print the one JSON document of this command."""
    typer.echo(_json(content))


def write_new(path: Path, content: Mapping[str, Any]) -> None:
    """Write a JSON document to a file of mode 0600 that is not there yet. Raises FileExists."""
    try:
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(_json(content) + "\n")
    except OSError:
        raise FileExists(path) from None


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(plain(content), indent=2, ensure_ascii=False)


def say(text: str) -> None:
    """Print one line of the answer."""
    typer.echo(text)


def table(title: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Print a table, or nothing if it has no rows. Cells are shown as they are."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDTH_OF_A_PIPE
    shown = Table(title=title, title_justify="left")
    for head in heads:
        shown.add_column(head, overflow="fold")
    for row in rows:
        shown.add_row(*(Text(cell) for cell in row))
    if shown.row_count:
        console.print(shown)


@contextmanager
def working(text: str) -> Iterator[Progressed]:
    """Show a progress bar on standard error while this lasts, if a person looks at it."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(text, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total or None)


def has_terminal() -> bool:
    """Whether somebody is there who can be asked."""
    return sys.stdin.isatty()


def confirm(question: str, *, yes: bool) -> None:
    """Ask before what cannot be undone. Raises NotConfirmed for anything but a yes."""
    if yes:
        return
    if not has_terminal():
        raise NotConfirmed(asked=False)
    if not typer.confirm(question, err=True):
        raise NotConfirmed(asked=True)
