"""
The face of the consent store: everything that other packages may do with it.

Persons, purposes and items are plain strings; instants are aware UTC; the clock is handed in. Every method
is one durable transaction, or a part of the unit of work that is open, and may be called from several threads
and processes.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, AbstractContextManager

from consent_store.asking import Asking
from consent_store.clock import Clock
from consent_store.conversing import Conversing
from consent_store.gate import Gate
from consent_store.helping import Helping
from consent_store.inspecting import Inspecting
from consent_store.keys import StoreKeys
from consent_store.messaging import Messaging
from consent_store.receipts.issuing import Receipts
from consent_store.rights import Rights
from consent_store.rotation import Rotating
from consent_store.sql.database import Database
from consent_store.sql.engine import parse
from consent_store.sql.schema import open_engine
from consent_store.sql.unit import Unit
from consent_store.upkeep import Upkeep
from consent_store.vault import Vault


class ConsentStore(
    Helping, Asking, Gate, Rights, Conversing, Messaging, Upkeep, Inspecting, Receipts, Rotating
):
    """
    Helps, permission requests, the gate, the person's rights, conversations, and upkeep.

    Made by `open_store`.
    """

    def unit(self) -> AbstractContextManager[Unit]:
        """
        A block whose calls are one transaction, committed once, at its end. See `Database.unit`.

        What is to be acknowledged is durable when the block has ended, not before.
        """
        return self.database.unit()

    def unit_across_pauses(self) -> AbstractAsyncContextManager[Unit]:
        """The same for a coroutine. See `Database.unit_across_pauses`."""
        return self.database.unit_across_pauses()


def open_store(
    database_url: str, *, keys: StoreKeys, clock: Clock, patience: float | None = None
) -> ConsentStore:
    """
    The store on a database that was migrated before; this function migrates nothing.

    patience: for how many seconds a database server may say nothing; None for ever.
    Raises StoreNotReady if the schema is missing or not current, StoreUnavailable if the database cannot be
    reached.
    """
    return ConsentStore(Database(open_engine(database_url, patience), clock), Vault(keys))


def check_address(database_url: str) -> None:
    """Raises StoreNotReady for one that no store can be at; connects to nothing."""
    parse(database_url)
