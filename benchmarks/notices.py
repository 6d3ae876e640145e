"""Three notices of a size that real ones have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consent_store import ConsentStore
from consent_store.canonical import sha256_hex
from consent_store.notice import notice_body


@dataclass(frozen=True)
class BenchNotice:
    """One item's notice, for this help only."""

    item: str
    purpose: str = "debt_payoff"
    language: str = "en"
    version: int = 1
    material: bool = False
    controller_id: str = "bench_bank"
    purpose_text: str = "work out how soon your debt could be paid off, and what it would cost"
    item_name: str = "a figure about your debt"
    why: str = "the months follow from it"
    retention_days: int = 0
    retention_text: str = "for this help only"
    recipients_text: str = "nobody else"
    withdraw_text: str = "say: take it back"
    on_no_text: str = "I help you all the same"

    @property
    def text(self) -> str:
        """What is shown: as long as a real notice."""
        return (
            f"May Bench Bank use {self.item_name} ({self.item}) to {self.purpose_text}? "
            f"Kept {self.retention_text}; "
            f"seen by {self.recipients_text}. You can take it back at any time: {self.withdraw_text}. "
            f"If you say no, {self.on_no_text}."
        )

    @property
    def text_hash(self) -> str:
        """SHA-256 of the text, hex."""
        return sha256_hex(self.text)


NOTICES = tuple(
    BenchNotice(item) for item in ("debt_balance_eur", "yearly_rate_percent", "monthly_payment_eur")
)


def register(store: ConsentStore) -> Mapping[str, str]:
    """Put the notices in force; returns their ids by item."""
    store.register_notices(NOTICES)
    return {notice.item: sha256_hex(notice_body(notice)) for notice in NOTICES}
