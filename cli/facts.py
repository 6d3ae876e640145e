"""What stands on a receipt besides the decisions: who answers for the data, where it is, which rights are."""

from __future__ import annotations

from consent_store.receipts import PartyFacts, ReceiptFacts
from programs import Catalogue
from programs.receipts import ReceiptWording, receipt_wording

_AUTHORITY = "dpv:DataProtectionAuthority"


def receipt_facts(catalogue: Catalogue, language: str) -> ReceiptFacts:
    """The facts in a language of the catalogue. Raises `programs.CatalogueInvalid`."""
    wording, controller = receipt_wording(language), catalogue.controller

    def named(*texts: str) -> tuple[str, ...]:
        return tuple(text.format(controller=controller.name) for text in texts)

    return ReceiptFacts(
        controller=_controller(catalogue),
        authority=_authority(wording),
        jurisdiction=controller.jurisdiction,
        language=wording.language,
        service=named(wording.service)[0],
        storage_locations=named(*wording.storage_locations),
        processing_locations=named(*wording.processing_locations),
        collection_method=wording.collection_method,
        privacy_rights=named(*wording.privacy_rights),
        until_help_ends=wording.until_help_ends,
        until_changed=wording.until_changed,
    )


def _controller(catalogue: Catalogue) -> PartyFacts:
    one = catalogue.controller
    return PartyFacts(one.id, one.name, one.address, one.contact, phone=one.phone, page=one.privacy_page)


def _authority(wording: ReceiptWording) -> PartyFacts:
    return PartyFacts(**wording.authority.model_dump(), type=_AUTHORITY)
