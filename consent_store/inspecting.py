"""
Looking into the store as its keeper does: who is meant by an id, what happened in order, how much there is.

Must never show a value or the words of an answer, and never list persons.
"""

from __future__ import annotations

from heapq import merge

from consent_store.ledger import Entry
from consent_store.part import Part
from consent_store.records import Record, read_record
from consent_store.sql import counting, events, links
from consent_store.sql.database import Transaction
from consent_store.views import HistoryLine, PersonMatch, Stats


class Inspecting(Part):
    """The store's methods for those who keep it."""

    def find_person(self, beginning: str) -> PersonMatch:
        """
        Whom a pseudonymous id means: the whole id, or its beginning if only one person has it.

        With several there is their number and no id; it is for the caller to refuse.
        """

        def work(tx: Transaction) -> PersonMatch:
            if counting.is_person(tx, beginning):
                return PersonMatch(1, beginning)
            count, first = counting.persons_beginning(tx, beginning)
            return PersonMatch(count, first if count == 1 else None)

        return self.database.read(work)

    def history(self, person_id: str) -> tuple[HistoryLine, ...]:
        """
        Every record of the person and of their linked identities in the ledger, the oldest first.

        Never a value or words.
        """

        def work(tx: Transaction) -> tuple[HistoryLine, ...]:
            ids = links.identities(tx, person_id)
            return tuple(merge(*(_lines(tx, one) for one in ids), key=lambda line: line.at))

        return self.database.read(work)

    def stats(self) -> Stats:
        """How much there is of each, counted on one snapshot. Nothing about anybody."""
        return self.database.read(lambda tx: Stats(counting.rows(tx), counting.by_status(tx)))


def _lines(tx: Transaction, person_id: str) -> list[HistoryLine]:
    read = ((entry, read_record(body)) for entry, body in events.bodies_of(tx, person_id))
    return [_line(entry, record) for entry, record in read if isinstance(record, Record)]


def _line(entry: Entry, record: Record) -> HistoryLine:
    evidence = record.evidence
    return HistoryLine(
        at=record.at,
        kind=record.kind,
        status=record.status,
        purpose=record.purpose,
        item=record.item,
        expires_at=record.expires_at,
        channel=evidence.channel if evidence else None,
        reading=evidence.reading if evidence else None,
        button=evidence.button if evidence else None,
        chain_id=entry.chain_id,
        seq=entry.seq,
        entry_hash=entry.entry_hash.hex(),
    )
