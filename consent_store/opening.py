"""
Opening what is sealed for the person themself: their export, moving a value when identities are linked, and
what an app is still to show them.

Never for a help: helps have the gate alone. What does not open is None, never an error that stops the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from consent_store.errors import VaultUnreadable
from consent_store.model import SealedValue
from consent_store.sql import people
from consent_store.sql.database import Transaction
from consent_store.vault import Vault, unseal, value_place, words_place
from sealing.boxes import CannotBeOpened
from sealing.conversations import open_message, open_state, open_turn


@dataclass(frozen=True)
class Opener:
    """Opens what one identity's key sealed."""

    person_id: str
    _data_key: bytes | None

    @classmethod
    def of(cls, tx: Transaction, vault: Vault, person_id: str) -> Opener:
        """The opener for this identity; one that opens nothing if its key is gone."""
        try:
            return cls(person_id, people.data_key(tx, person_id, vault))
        except VaultUnreadable:
            return cls(person_id, None)

    def __repr__(self) -> str:
        """Never shows the key."""
        return f"Opener({self.person_id!r})"

    def value(self, value: SealedValue) -> str | None:
        """The text of a kept value."""
        return self._open(
            value.sealed, value_place(self.person_id, value.purpose, value.item, value.record_id)
        )

    def words(self, sealed: bytes | None, request_id: str | None) -> str | None:
        """The words of an answer."""
        if sealed is None or request_id is None:
            return None
        return self._open(sealed, words_place(self.person_id, request_id))

    @property
    def has_key(self) -> bool:
        """Whether there is a key to open anything with."""
        return self._data_key is not None

    def turn(self, number: int, sealed: bytes) -> Mapping[str, Any] | None:
        """What was said in a turn of this identity's conversation."""
        with suppress(CannotBeOpened):
            return open_turn(self._data_key or b"", self.person_id, number, sealed)
        return None

    def state(self, sealed: bytes) -> Mapping[str, Any] | None:
        """The working state of this identity's conversation."""
        with suppress(CannotBeOpened):
            return open_state(self._data_key or b"", self.person_id, sealed)
        return None

    def message(self, kind: str, sealed: bytes) -> Mapping[str, Any] | None:
        """Something on its way to or from this identity: "in" or "out"."""
        with suppress(CannotBeOpened):
            return open_message(self._data_key or b"", self.person_id, kind, sealed)
        return None

    def _open(self, sealed: bytes, place: bytes) -> str | None:
        try:
            return unseal(self._data_key or b"", sealed, place)
        except VaultUnreadable:
            return None
