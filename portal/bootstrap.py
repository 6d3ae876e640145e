"""Joins the consent store, the catalogue and the keys for the portal. The only place that opens them."""

from __future__ import annotations

from consent_store import StoreKeys, open_store, system_clock
from consent_store.receipts import facts_from
from consent_store.signing import Signer
from portal.identity import Identities, read_identity_key
from portal.services import Services
from programs import load_catalogue
from programs.naming import Names
from programs.receipts import receipt_wording
from sealing.keys import read_key
from settings import Settings


def open_services(settings: Settings) -> Services:
    """
    The services of this process; the caller closes the store.

    Raises `consent_store.ConsentStoreError`, `sealing.keys.SealingError`, `programs.CatalogueInvalid` or
    IdentityKeyUnusable, each saying what is wrong.
    """
    identities = _identities(settings)
    catalogue = load_catalogue()
    controller = catalogue.controller
    token_key, person_key = (read_key(settings.keys / name) for name in ("widget_token.key", "person.key"))
    store = open_store(settings.store_url, keys=StoreKeys.from_folder(settings.keys), clock=system_clock)
    store.register_controller(
        controller.id, name=controller.name, address=controller.address, contact=controller.contact
    )
    return Services(
        store=store,
        names=Names(catalogue, settings.language),
        controller_id=controller.id,
        facts=facts_from(controller, receipt_wording(settings.language)),
        signer=Signer.from_folder(settings.keys),
        token_key=token_key,
        person_key=person_key,
        identities=identities,
        conversation_days=settings.keep_conversations_days,
    )


def _identities(settings: Settings) -> Identities | None:
    algorithm, path = settings.identity_algorithm, settings.identity_key_file
    if algorithm is None or path is None:
        return None
    return Identities(
        algorithm=algorithm,
        key=read_identity_key(path, algorithm),
        audience=settings.identity_audience,
        issuer=settings.identity_issuer,
    )
