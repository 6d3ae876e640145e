"""
Joins the catalogue and the consent store for the actions. The only place of this package that builds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

from actions.reading.phrases import Phrases, load_phrases
from actions.settings import Settings
from consent_store import StoreKeys, open_store
from programs import load_catalogue
from sealing.keys import read_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from consent_store import ConsentStore
    from programs import Catalogue


@dataclass(frozen=True)
class Services:
    """
    Everything a turn needs: what help exists, whether a value may be used, what words mean, what time it is.
    """

    catalogue: Catalogue
    store: ConsentStore
    phrases: Phrases
    person_key: bytes
    now: Callable[[], datetime]
    language: str = "en"

    def today(self) -> date:
        """The date of `now` in UTC."""
        return self.now().date()


def utc_now() -> datetime:
    """The wall clock; handed in here so that nothing below reads it."""
    return datetime.now(UTC)


@cache
def services() -> Services:
    """
    The services of this process, built on first use.

    Raises `programs.CatalogueInvalid`, `consent_store.StoreNotReady` or `sealing.keys.KeyMissing`, each
    saying what to do.
    """
    settings = Settings()
    return Services(
        catalogue=load_catalogue(),
        store=open_store(settings.store_url, keys=StoreKeys.from_folder(settings.keys), clock=utc_now),
        phrases=load_phrases(settings.language),
        person_key=read_key(settings.keys / "person.key"),
        now=utc_now,
        language=settings.language,
    )
