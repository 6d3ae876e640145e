"""
What a receipt says and the store does not know: who answers for the data, where it is, which rights exist.

Made by the caller from the catalogue. All texts are words for a person, in `language`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PartyFacts:
    """
    A party of ISO/IEC TS 27560: its id, and how a person reaches it.

    `type` is a DPV term such as "dpv:LegalEntity" or "dpv:DataProtectionAuthority".
    """

    id: str
    name: str
    address: str
    contact: str
    type: str = "dpv:LegalEntity"
    phone: str | None = None
    page: str | None = None
    """The address of the party's privacy page. It is said, never fetched."""


@dataclass(frozen=True)
class ReceiptFacts:
    """
    The facts that are the same for all records of a receipt.

    `jurisdiction` is an ISO 3166 country. `until_help_ends` and `until_changed` say how long a "not now" and
    a no hold; how long a yes holds stands in its notice.
    """

    controller: PartyFacts
    authority: PartyFacts
    jurisdiction: str
    language: str
    service: str
    storage_locations: tuple[str, ...]
    processing_locations: tuple[str, ...]
    collection_method: str
    privacy_rights: tuple[str, ...]
    until_help_ends: str
    until_changed: str
