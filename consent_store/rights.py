"""
The person's rights: take back, be asked again, see what is kept, have a receipt, reach a human.

Taking back holds at the next read, in every process, because it is committed before it is said.
"""

from __future__ import annotations

from itertools import chain
from operator import attrgetter

from consent_store.exporting import Exporting
from consent_store.forgetting import Forgetting
from consent_store.item_free import ItemFree
from consent_store.ledger import Entry
from consent_store.linking import Linking
from consent_store.model import Key, Withdrawn
from consent_store.overviews import decision_views
from consent_store.part import follow, new_id
from consent_store.records import Record, read_record
from consent_store.rectifying import Rectifying
from consent_store.sql import events, links, notices, people, states, uses, values
from consent_store.sql.database import Transaction
from consent_store.views import HandOverView, Overview, ReceiptLine


class Rights(Exporting, Rectifying, Forgetting, Linking, ItemFree):
    """
    The store's methods for the person's rights. What a linked identity takes back, all of them take back.
    """

    def withdraw(
        self, person_id: str, *, purpose: str | None = None, item: str | None = None
    ) -> tuple[Withdrawn, ...]:
        """
        Take back what was given: for one purpose, one item, both, or everything (None = all).

        Values go in the same transaction. Returns what was taken back; nothing given, nothing returned.
        """

        def work(tx: Transaction) -> tuple[Withdrawn, ...]:
            keys = [key for one in links.lock(tx, person_id) for key in _take_back(tx, one, purpose, item)]
            return tuple(Withdrawn(*key) for key in dict.fromkeys(keys))

        return self.database.write(work)

    def reopen(self, person_id: str, purpose: str, item: str) -> None:
        """The person themself wants to be asked again after a no, a "not now" or a taking back."""

        def work(tx: Transaction) -> None:
            root = links.lock(tx, person_id)[0]
            for decision in states.of_person(tx, root):
                if decision.key == (purpose, item) and decision.status in (
                    "refused",
                    "deferred",
                    "withdrawn",
                ):
                    follow(tx, decision, "reopened", "unasked")

        self.database.write(work)

    def overview(self, person_id: str) -> Overview:
        """
        All decisions as they stand now, all uses, all requests for a human, each the oldest first. Never a
        value.
        """

        def work(tx: Transaction) -> Overview:
            ids = links.identities(tx, person_id)
            return Overview(
                tuple(sorted(decision_views(tx, ids), key=attrgetter("decided_at"))),
                tuple(sorted(chain(*(uses.of_person(tx, one) for one in ids)), key=attrgetter("at"))),
                tuple(sorted(chain(*(uses.hand_overs_of(tx, one) for one in ids)), key=attrgetter("at"))),
            )

        return self.database.read(work)

    def receipt(self, person_id: str) -> tuple[ReceiptLine, ...]:
        """
        The facts of what stands for each purpose and item, with its place in the ledger, the oldest
        first.
        """

        def work(tx: Transaction) -> tuple[ReceiptLine, ...]:
            lines: dict[tuple[str, str, str], ReceiptLine] = {}
            for one in reversed(links.identities(tx, person_id)):
                for entry, body in events.bodies_of(tx, one):
                    record = read_record(body)
                    if isinstance(record, Record):
                        key = (record.controller_id, record.purpose, record.item)
                        lines[key] = _line(tx, record, entry)
            return tuple(sorted(lines.values(), key=attrgetter("decided_at", "seq")))

        return self.database.read(work)

    def record_hand_over(self, person_id: str, channel: str, program_id: str | None) -> str:
        """Keep that the person asked for a human; returns the id of the request."""

        def work(tx: Transaction) -> str:
            people.ensure(tx, person_id, self.vault)
            view = HandOverView(new_id(), tx.now, channel, program_id)
            uses.add_hand_over(tx, person_id, view)
            return view.hand_over_id

        return self.database.write(work)


def _take_back(tx: Transaction, person_id: str, purpose: str | None, item: str | None) -> list[Key]:
    chosen = [one for one in states.of_person(tx, person_id) if _matches(one.key, purpose, item)]
    given = [one for one in chosen if one.status == "given"]
    for decision in given:
        follow(tx, decision, "withdrawn", "withdrawn")
    for key in values.keys_of(tx, person_id):
        if _matches(key, purpose, item):
            values.drop(tx, person_id, key)
    return [one.key for one in given]


def _matches(key: tuple[str, str], purpose: str | None, item: str | None) -> bool:
    return (purpose is None or key[0] == purpose) and (item is None or key[1] == item)


def _line(tx: Transaction, record: Record, entry: Entry) -> ReceiptLine:
    notice = notices.find(tx, record.notice_id)
    return ReceiptLine(
        controller_id=record.controller_id,
        purpose=record.purpose,
        item=record.item,
        state=record.status,
        decided_at=record.at,
        expires_at=record.expires_at,
        notice_version=notice.version,
        notice_hash=notice.text_hash,
        language=notice.language,
        channel=record.evidence.channel if record.evidence else None,
        chain_id=entry.chain_id,
        seq=entry.seq,
        entry_hash=entry.entry_hash.hex(),
    )
