"""
Joins the consent store and the words of the catalogue. The only place of this package that opens them.

Nobody's rights wait for the repair of a catalogue: without one, keys are shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from consent_store import ConsentStore, StoreKeys, open_store, system_clock
from programs import CatalogueInvalid, load_catalogue, read_controller
from programs.naming import Names
from settings import Settings

UNKNOWN = "unknown"


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
    """The catalogue's words; of one that is broken, in whatever way, none."""
    try:
        return Names(load_catalogue())
    except Exception:  # noqa: BLE001, also a list of words that cannot be read, or code that fails
        return Names(None)


def responsible(store: ConsentStore, person_id: str) -> str:
    """
    The id of who is responsible: by controller.yml, or, if it cannot be read, by what the person decided
    last.
    """
    try:
        return read_controller().id
    except CatalogueInvalid:
        decided = store.receipt(person_id)
        return decided[-1].controller_id if decided else UNKNOWN
