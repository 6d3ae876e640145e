"""
Joins the catalogue and the consent store for the actions. The only place of this package that builds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

from actions.reading.phrases import Phrases, load_phrases
from consent_store.sharing import shared_store
from consent_store.signing import Signer
from programs import link_notice, load_catalogue, notice_for
from sealing.keys import read_key
from settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from consent_store import ConsentStore
    from programs import Catalogue


@dataclass(frozen=True)
class Services:
    """
    Everything a turn needs: what help exists, whether a value may be used, what words mean, what time it is,
    and what signs receipts.
    """

    catalogue: Catalogue
    store: ConsentStore
    phrases: Phrases
    person_key: bytes
    now: Callable[[], datetime]
    signer: Signer
    language: str = "en"
    conversation_days: int = 30
    """How long what was said is kept; 0: not at all."""

    def today(self) -> date:
        """The date of `now` in the controller's time zone."""
        return self.now().astimezone(self.catalogue.controller.zone).date()


def utc_now() -> datetime:
    """The wall clock; handed in here so that nothing below reads it."""
    return datetime.now(UTC)


def tell_store(catalogue: Catalogue, store: ConsentStore) -> None:
    """
    Tell the store who asks, and the words of every permission request.

    So a material change of a notice counts from the start on, not only once it is asked again.
    """
    controller = catalogue.controller
    store.register_controller(
        controller.id, name=controller.name, address=controller.address, contact=controller.contact
    )
    store.register_notices(link_notice(catalogue, language) for language in catalogue.notices)
    store.register_notices(
        notice_for(catalogue, program.id, item, remember=remember, language=language)
        for language in catalogue.notices
        for program in catalogue.programs.values()
        for item in program.item_ids
        for remember in (False, True)
    )


@cache
def services() -> Services:
    """
    The services of this process, built on first use.

    Raises `programs.CatalogueInvalid`, `consent_store.StoreNotReady`, `consent_store.KeyMissing` or
    `consent_store.KeyRefused` (a development key in production), each saying what to do; SettingsInvalid.
    """
    settings = read_settings()
    catalogue = load_catalogue()
    store = shared_store(settings.store_url, settings.keys, clock=utc_now)
    tell_store(catalogue, store)
    return Services(
        catalogue=catalogue,
        store=store,
        phrases=load_phrases(settings.language),
        person_key=read_key(settings.keys / "person.key"),
        now=utc_now,
        signer=Signer.from_folder(settings.keys),
        language=settings.language,
        conversation_days=settings.keep_conversations_days,
    )
