"""
Filling a store in bulk, with people whose three items were all given and kept.

Every row is what the store itself would have written, so that the ledger verifies. SQLite only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from consent_store import ledger
from consent_store.canonical import sha256_hex
from consent_store.clock import to_text, utc
from consent_store.part import new_id
from consent_store.records import Evidence, Record
from consent_store.vault import Vault, seal, value_place, words_place

PURPOSE = "debt_payoff"
CHANNEL = "widget"
_PEOPLE_AT_ONCE = 2_000
Row = dict[str, Any]


@dataclass(frozen=True)
class Served:
    """The notice of one item, as the store registered it."""

    item: str
    notice_id: str
    text: str
    text_hash: str
    controller_id: str


@dataclass
class Filler:
    """Makes the rows of one person after the other, and remembers where each chain ends."""

    vault: Vault
    notices: tuple[Served, ...]
    now: datetime
    ends: dict[str, tuple[int, bytes]] = field(default_factory=dict)

    def fill(self, database: Path, first: int, people: int) -> None:
        """Add `people` people, named from `first` on, to an otherwise untouched store."""
        connection = sqlite3.connect(database, isolation_level=None)
        connection.execute("PRAGMA synchronous=OFF")
        numbers = iter(range(first, first + people))
        while batch := list(islice(numbers, _PEOPLE_AT_ONCE)):
            connection.execute("BEGIN")
            self._insert(connection, batch)
            connection.execute("COMMIT")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

    def _insert(self, connection: sqlite3.Connection, numbers: list[int]) -> None:
        by_table: dict[str, list[Row]] = {}
        for number in numbers:
            for table, row in self._rows(name_of(number)):
                by_table.setdefault(table, []).append(row)
        for table, rows in by_table.items():
            columns = list(rows[0])
            places = ", ".join(f":{column}" for column in columns)
            connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)  # noqa: S608 (our own names)
        heads = [(chain, size, head) for chain, (size, head) in self.ends.items()]
        connection.executemany("INSERT OR REPLACE INTO chain_head VALUES (?, ?, ?)", heads)

    def _rows(self, person: str) -> Iterator[tuple[str, Row]]:
        master_id, wrapped = self.vault.new_person_key(person)
        data_key = self.vault.person_key(person, master_id, wrapped)
        at, help_id = _stored(self.now), f"h-{person}"
        yield "person_key", {
            "person_id": person, "master_key_id": master_id, "wrapped_key": wrapped, "created_at": at,
        }  # fmt: skip
        yield "help_session", {
            "help_id": help_id, "person_id": person, "program_id": PURPOSE, "channel": CHANNEL,
            "started_at": at, "last_seen_at": at, "offer": "accepted", "unclear_count": 0,
        }  # fmt: skip
        for position, notice in enumerate(self.notices, 1):
            yield "help_item", {"help_id": help_id, "position": position, "item": notice.item}
            yield from self._decision(person, help_id, notice, data_key)

    def _decision(
        self, person: str, help_id: str, notice: Served, data_key: bytes
    ) -> Iterator[tuple[str, Row]]:
        at, request_id, record_id = _stored(self.now), new_id(), new_id()
        key = {"person_id": person, "purpose": PURPOSE, "item": notice.item}
        words = seal(data_key, "Allow", words_place(person, request_id))
        record = self._record(person, help_id, request_id, notice, words)
        entry = self._entry(person, salt := ledger.new_salt(), body := record.body())
        yield "permission_request", {
            **key, "request_id": request_id, "help_id": help_id, "controller_id": notice.controller_id,
            "notice_id": notice.notice_id, "notice_hash": notice.text_hash, "retention_days": 0,
            "channel": CHANNEL, "language": "en", "rendered_text": notice.text,
            "rendered_hash": notice.text_hash, "served_at": at, "expires_at": at, "answered_at": at,
            "outcome": "given",
        }  # fmt: skip
        yield "consent_event", vars(entry)
        yield "event_detail", {
            "chain_id": entry.chain_id, "seq": entry.seq, "person_id": person, "request_id": request_id,
            "salt": salt, "body": body, "sealed_words": words,
        }  # fmt: skip
        yield "consent_state", {
            **key, "controller_id": notice.controller_id, "status": "given", "help_id": help_id,
            "request_id": request_id, "notice_id": notice.notice_id, "decided_at": at, "expires_at": None,
            "chain_id": entry.chain_id, "seq": entry.seq,
        }  # fmt: skip
        yield "personal_data", {
            **key, "record_id": record_id, "help_id": help_id, "stored_at": at, "expires_at": None,
            "sealed": seal(data_key, "1200.50", value_place(person, PURPOSE, notice.item, record_id)),
        }  # fmt: skip

    def _entry(self, person: str, salt: bytes, body: str) -> ledger.Entry:
        chain = ledger.chain_of(person)
        size, head = self.ends.get(chain, (0, ledger.genesis(chain)))
        entry = ledger.next_entry(chain, size, head, ledger.commitment(salt, body))
        self.ends[chain] = entry.seq, entry.entry_hash
        return entry

    def _record(self, person: str, help_id: str, request_id: str, notice: Served, words: bytes) -> Record:
        return Record(
            kind="answered", status="given", person_id=person, controller_id=notice.controller_id,
            purpose=PURPOSE, item=notice.item, help_id=help_id, request_id=request_id,
            notice_id=notice.notice_id, notice_epoch=1, at=self.now, expires_at=None,
            evidence=Evidence(CHANNEL, "en", notice.text_hash, "yes", "allow", "1.0000", sha256_hex(words)),
        )  # fmt: skip


def name_of(number: int) -> str:
    """The person of that number: an id as long as a real one."""
    return sha256_hex(f"person {number}")[:32]


def _stored(instant: datetime) -> str:
    """An instant as SQLite keeps it."""
    return to_text(utc(instant)).replace("T", " ").removesuffix("Z")
