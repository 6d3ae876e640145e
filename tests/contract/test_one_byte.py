"""One changed byte, anywhere in what the ledger rests on, is found and its place is named."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consent_store import StoreKeys, migrate, open_store
from consent_store.signing import Signer
from tests.unit.consent_store.kit import RATE, FakeClock, FakeNotice, Person, remember

KEYS, SIGNER = StoreKeys(b"m" * 32), Signer(b"s" * 32)
Row = dict[str, object]


def of_entry(row: Row) -> str:
    return f"ledger chain {row['chain_id']} entry {row['seq']}"


def of_notice(row: Row) -> str:
    return f"notice {row['notice_id']}"


def of_request(row: Row) -> str:
    return f"request {row['request_id']}"


def of_note(row: Row) -> str:
    return f"checkpoint {row['file_name']}"


PLACES: dict[tuple[str, str], Callable[[Row], str]] = {
    **{("consent_event", name): of_entry for name in ("prev_hash", "commitment", "entry_hash")},
    **{
        ("event_detail", name): of_entry
        for name in ("chain_id", "person_id", "request_id", "salt", "body", "sealed_words")
    },
    **{
        ("notice_version", name): of_notice
        for name in (
            "notice_id", "controller_id", "purpose", "item", "language", "text", "text_hash", "body",
            "registered_at",
        )
    },
    **{("permission_request", name): of_request for name in ("rendered_text", "rendered_hash", "purpose")},
    **{("checkpoint", name): of_note for name in ("file_name", "file_hash", "key_name", "made_at")},
}  # fmt: skip
"""By table and column: how the place of a row is named."""


@dataclass
class Original:
    """A store with two people, one of them erased, and two checkpoints; its guards are down."""

    folder: Path
    rows: dict[tuple[str, str], list[tuple[int, Row]]]

    def faults_in(self, copy: Path) -> dict[str, str]:
        store = open_store(f"sqlite:///{copy / 'c.db'}", keys=KEYS, clock=FakeClock())
        result = store.verify_ledger(checkpoints=copy / "checkpoints", public_key=SIGNER.public_key)
        store.close()
        return {fault.place: fault.reason for fault in result.faults}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Original:
    folder = tmp_path_factory.mktemp("original")
    migrate(f"sqlite:///{folder / 'c.db'}")
    clock = FakeClock()
    store = open_store(f"sqlite:///{folder / 'c.db'}", keys=KEYS, clock=clock)
    gone, person = Person(store, "person-gone"), Person(store)
    for one in (gone, person):
        one.begin()
        one.allow_and_tell()
        one.refuse(FakeNotice(item=RATE))
    store.checkpoint(SIGNER, folder / "checkpoints")
    clock.turn(minutes=1)
    person.allow(remember())
    store.withdraw("person-a")
    store.erase("person-gone")
    store.checkpoint(SIGNER, folder / "checkpoints")
    store.close()
    connection = sqlite3.connect(folder / "c.db")
    connection.row_factory = sqlite3.Row
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.commit()
    rows = {
        (table, column): [
            (row["row_number_"], dict(row))
            for row in connection.execute(
                f"SELECT rowid AS row_number_, * FROM {table} WHERE {column} IS NOT NULL"
            )
        ]
        for table, column in PLACES
    }
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    return Original(folder, rows)


def changed(content: bytes, at: int, mask: int) -> bytes:
    return content[:at] + bytes([content[at] ^ mask]) + content[at + 1 :]


def test_the_store_verifies_as_it_was_and_so_does_the_erased_chain(original: Original):
    assert original.faults_in(original.folder) == {}


@pytest.mark.parametrize("place", PLACES, ids=".".join)
@settings(max_examples=6)
@given(data=st.data())
def test_one_changed_byte_of_a_row_names_its_place(
    original: Original, place: tuple[str, str], data: st.DataObject
):
    (table, column), rows = place, original.rows[place]
    rowid, row = data.draw(st.sampled_from(rows))
    value = row[column]
    content = value.encode() if isinstance(value, str) else value
    assert isinstance(content, bytes)
    flipped = changed(content, data.draw(st.integers(0, len(content) - 1)), data.draw(st.integers(1, 255)))
    with TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(original.folder, Path(folder) / "copy"))
        connection = sqlite3.connect(copy / "c.db")
        kind = "TEXT" if isinstance(value, str) else "BLOB"
        connection.execute(
            f"UPDATE {table} SET {column} = CAST(? AS {kind}) WHERE rowid = ?", (flipped, rowid)
        )
        connection.commit()
        connection.close()
        assert PLACES[place](row) in original.faults_in(copy)


@settings(max_examples=20)
@given(data=st.data())
def test_one_changed_byte_of_a_checkpoint_names_the_file(original: Original, data: st.DataObject):
    names = sorted(path.name for path in (original.folder / "checkpoints").iterdir())
    with TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(original.folder, Path(folder) / "copy"))
        path = copy / "checkpoints" / data.draw(st.sampled_from(names))
        content = path.read_bytes()
        at, mask = data.draw(st.integers(0, len(content) - 1)), data.draw(st.integers(1, 255))
        path.write_bytes(changed(content, at, mask))
        assert f"checkpoint {path.name}" in original.faults_in(copy)
