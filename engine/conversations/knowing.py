"""
A person's data key within a transaction: opened, or made if the store does not know them yet.

As the consent store makes it: a master key notes that it is about to wrap, and a retired one wraps no more.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.engine import Connection

from engine.conversations import rows
from engine.conversations.keyring import Keyring
from engine.conversations.rows import KeyRow
from sealing.keys import SealingError
from sealing.masters import new_data_key


class CannotSeal(Exception):
    """The master key at hand must not wrap, or cannot open the person's key. `reason` holds no key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def make_known(connection: Connection, keyring: Keyring, person_id: str, now: datetime) -> KeyRow | None:
    """A row for a new person, locked. None if they are erased right now. Raises CannotSeal, SealingError."""
    masters = keyring.current()
    if not rows.may_wrap(connection, masters.master_id, now):
        masters = keyring.read_again()
        if not rows.may_wrap(connection, masters.master_id, now):
            raise CannotSeal(f"retired_master_key (master_key={masters.master_id})")
    key = KeyRow(*masters.wrap(person_id, new_data_key()))
    rows.add_key(connection, person_id, key, now)
    return rows.lock_key(connection, person_id)


def reason_of(error: SealingError) -> str:
    """Names of files and keys, and reasons: what `sealing` puts into its errors, and nothing of a person."""
    return str(error) or type(error).__name__
