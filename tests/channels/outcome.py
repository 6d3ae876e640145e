"""
What a conversation left in the consent store, without what differs by chance: ids, instants, hashes.

The channel's name and the words shown may differ between channels, and nothing else.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from actions.flow.receipts import receipt_facts
from consent_store.signing import Signer
from programs import load_catalogue

if TYPE_CHECKING:
    from consent_store import ConsentStore
    from consent_store.receipts import ReceiptFacts
    from tests.live.assistant import Assistant

CHANCE = re.compile(
    r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)?"  # instants
    r"|\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\b[0-9a-f]{32,}\b"  # UUIDs, hashes, pseudonyms
    r"|\b[a-z0-9]{12}\b"  # ids of ours
    r"|[A-Za-z0-9_-]{43,}={0,2}"  # keys, signatures
)
IN_THE_LEDGER = ("chain_id", "seq", "size", "entry")
"""Where the ledger has it: a matter of the pseudonym."""

OF_CHANNEL = ("rest", "widget", "telegram", "slack", "messenger", "whatsapp", "sms")


def outcome(assistant: Assistant, person_id: str) -> dict[str, Any]:
    """Decisions, their history, uses, notes for a human, and a receipt of it all."""
    store = assistant.store
    overview = store.overview(person_id)
    return {
        "decisions": [(d.purpose, d.item, d.status, d.has_value) for d in overview.decisions],
        "history": [
            (h.kind, h.status, h.purpose, h.item, h.reading, h.button) for h in store.history(person_id)
        ],
        "uses": [(use.program_id, use.purpose, tuple(sorted(use.items))) for use in overview.uses],
        "humans": [note.program_id for note in overview.hand_overs],
        "receipt": _receipt(store, assistant, person_id),
    }


def _receipt(store: ConsentStore, assistant: Assistant, person_id: str) -> Any:
    issued = store.issue_receipt(person_id, Signer.from_folder(assistant.var / "keys"), _facts())
    return None if issued is None else _settled(json.loads(json.dumps(issued.document)))


@cache
def _facts() -> ReceiptFacts:
    return receipt_facts(load_catalogue(), "en")


def _settled(content: Any) -> Any:
    """The content with "…" in place of what differs by chance, and of the channel's name."""
    if isinstance(content, dict):
        return {key: "…" if key in IN_THE_LEDGER else _settled(content[key]) for key in content}
    if isinstance(content, list):
        return [_settled(each) for each in content]
    if isinstance(content, str):
        return "channel" if content in OF_CHANNEL else CHANCE.sub("…", content)
    return content
