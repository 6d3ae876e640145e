"""
The person's receipt: in words for them, and as a signed document for programs.

The words are those that the person saw when they decided. What stands on it is decided in `consent_store`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.flow.moments import moment
from actions.flow.outcome import Outcome
from actions.words import Message
from consent_store.receipts import facts_from, key_of
from programs.receipts import receipt_wording

if TYPE_CHECKING:
    from actions.bootstrap import Services
    from actions.turn import Turn
    from actions.words import Wording
    from consent_store.receipts import ReceiptFacts, RecordFacts
    from programs import Catalogue


def receipt(s: Services, turn: Turn, words: Wording) -> Outcome:
    """A new receipt of everything that the person decided. Raises `StoreUnavailable`."""
    issued = s.store.issue_receipt(turn.person_id, s.signer, receipt_facts(s.catalogue, s.language))
    if issued is None:
        return Outcome((Message("utter_receipt_nothing"),))
    controller = s.catalogue.controller
    params = {
        "controller": controller.name,
        "contact": controller.contact,
        "at": moment(s, issued.issued_at),
        "lines": "\n".join(_line(s, words, record) for record in issued.records),
        "receipt": issued.receipt_id,
        "signing_key": key_of(issued.document),
    }
    custom = {"kind": "receipt", "document": issued.document}
    return Outcome((Message("utter_receipt", params, custom=custom),))


def _line(s: Services, words: Wording, record: RecordFacts) -> str:
    return words.fill(
        "utter_receipt_line",
        item=record.words.item,
        purpose=record.words.purpose,
        state=words.fill(f"utter_state_{record.state}"),
        decided=moment(s, record.last.record.at),
        notice=record.notice.version,
        entry=f"{record.last.entry.chain_id}/{record.last.entry.seq}",
    )


def receipt_facts(catalogue: Catalogue, language: str) -> ReceiptFacts:
    """What the catalogue knows and the consent store does not. Raises `programs.CatalogueInvalid`."""
    return facts_from(catalogue.controller, receipt_wording(language))
