"""
Looks for texts that must be nowhere: in bytes, in files, in tables, in whatever form they lie there.

Must never miss a form that `forms` or `unpacking` knows; each has a test. It reads and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import inspect, text

from consent_store.sql.engine import make_engine, parse
from tests.privacy import forms
from tests.privacy.unpacking import unpacked


@dataclass(frozen=True, order=True)
class Find:
    """One text in one place, in one form."""

    where: str
    text: str
    form: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text!r} ({self.form})"


class Scanner:
    """Looks for some texts. Raises ValueError for one that is too short to be told from chance."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = tuple(texts)
        if short := [each for each in self.texts if len(each) < forms.SHORTEST]:
            raise ValueError(f"too short: {short}")
        self._loose = [(each, *form) for each in self.texts for form in forms.loose(each).items()]
        self._exact = [(each, *form) for each in self.texts for form in forms.exact(each).items()]

    def in_bytes(self, where: str, data: bytes) -> set[Find]:
        """What is in these bytes, and in what is packed in them."""
        found = set(self._in_plain(where, data))
        for packing, content in unpacked(data):
            found.update(self._in_plain(f"{where} ({packing})", content))
        return found

    def in_files(self, folder: Path) -> set[Find]:
        """What is in any file below the folder, or in a file's name."""
        found: set[Find] = set()
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            found |= self.in_bytes(f"the name {name}", name.encode())
            if path.is_file():
                found |= self.in_bytes(name, path.read_bytes())
        return found

    def in_tables(self, database_url: str) -> set[Find]:
        """What is in any cell of any table, packed or not, wherever the database puts it on the disk."""
        found: set[Find] = set()
        for where, cell in _cells(database_url):
            found |= self.in_bytes(where, cell)
        return found

    def _in_plain(self, where: str, data: bytes) -> Iterator[Find]:
        lower = data.lower()
        yield from (Find(where, each, name) for each, form, name in self._loose if form in lower)
        yield from (Find(where, each, name) for each, form, name in self._exact if form in data)


def _cells(database_url: str) -> Iterator[tuple[str, bytes]]:
    engine = make_engine(parse(database_url))
    try:
        with engine.connect() as connection:
            for table in inspect(connection).get_table_names():
                for row in connection.execute(text(f'SELECT * FROM "{table}"')):
                    for column, value in row._mapping.items():
                        yield f"table {table}, column {column}", _raw(value)
    finally:
        engine.dispose()


def _raw(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | bytearray | memoryview) else str(value).encode()
