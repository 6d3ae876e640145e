"""Joins the consent store and the words of the catalogue. The only place of this package that opens them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from consent_store import ConsentStore, StoreKeys, open_store, system_clock
from programs import CatalogueInvalid, load_catalogue
from programs.naming import Names
from settings import Settings


@contextmanager
def opened(settings: Settings) -> Iterator[ConsentStore]:
    """
    The consent store, closed afterwards.

    Raises `StoreNotReady`, `StoreUnavailable`, `KeyMissing` or `KeyInvalid` of the consent store.
    """
    store = open_store(settings.store_url, keys=StoreKeys.from_folder(settings.keys), clock=system_clock)
    try:
        yield store
    finally:
        store.close()


def names() -> Names:
    """The catalogue's words. With a broken catalogue keys are shown: nobody's rights wait for its repair."""
    try:
        return Names(load_catalogue())
    except CatalogueInvalid:
        return Names(None)
