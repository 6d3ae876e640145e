"""
What a receipt says and the store does not know: who answers for the data, where it is, which rights exist.

Made by the caller from the catalogue. All texts are words for a person, in `language`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


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


class ControllerLike(Protocol):
    """Who is responsible, as a catalogue has it."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def contact(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def jurisdiction(self) -> str: ...
    @property
    def privacy_page(self) -> str: ...


class AuthorityLike(Protocol):
    """To whom one complains."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def contact(self) -> str: ...


class WordingLike(Protocol):
    """The words of receipts in one language; {controller} stands for the controller's name."""

    @property
    def language(self) -> str: ...
    @property
    def service(self) -> str: ...
    @property
    def storage_locations(self) -> Sequence[str]: ...
    @property
    def processing_locations(self) -> Sequence[str]: ...
    @property
    def collection_method(self) -> str: ...
    @property
    def privacy_rights(self) -> Sequence[str]: ...
    @property
    def until_help_ends(self) -> str: ...
    @property
    def until_changed(self) -> str: ...
    @property
    def authority(self) -> AuthorityLike: ...


def facts_from(controller: ControllerLike, wording: WordingLike) -> ReceiptFacts:
    """The facts of a catalogue's controller and words."""

    def named(texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(text.format(controller=controller.name) for text in texts)

    authority = wording.authority
    return ReceiptFacts(
        controller=PartyFacts(
            controller.id,
            controller.name,
            controller.address,
            controller.contact,
            phone=controller.phone,
            page=controller.privacy_page,
        ),
        authority=PartyFacts(
            authority.id, authority.name, authority.address, authority.contact, "dpv:DataProtectionAuthority"
        ),
        jurisdiction=controller.jurisdiction,
        language=wording.language,
        service=named([wording.service])[0],
        storage_locations=named(wording.storage_locations),
        processing_locations=named(wording.processing_locations),
        collection_method=named([wording.collection_method])[0],
        privacy_rights=named(wording.privacy_rights),
        until_help_ends=wording.until_help_ends,
        until_changed=wording.until_changed,
    )
