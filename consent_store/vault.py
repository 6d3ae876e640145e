"""
Sealing with AES-256-GCM: a data key for each person, wrapped by the master key; values and words under the
data key.

The associated data binds each ciphertext to its place (person, purpose, item, record), so that a row that was
moved or swapped does not open. Must never log, cache or return a key to a caller outside the store.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from consent_store.canonical import joined
from consent_store.errors import ConsentStoreError, VaultUnreadable
from consent_store.keys import StoreKeys
from sealing.boxes import CannotBeOpened, decrypt, encrypt
from sealing.masters import UnknownMasterKey, new_data_key


class Vault:
    """Wraps, unwraps, seals and opens. Holds the master keys and nothing of any person."""

    def __init__(self, keys: StoreKeys) -> None:
        self._keys = keys

    def fixed(self) -> Vault:
        """A vault with the keys as their source has them now, for good. Raises what reading them raises."""
        return Vault(replace(self._keys.again(), source=None))

    @property
    def master_id(self) -> str:
        """The name of the master key that wraps."""
        return self._keys.master_id

    def new_person_key(self, person_id: str) -> tuple[str, bytes]:
        """
        A fresh random data key for the person: (name of the master key, wrapped key).

        Wrapped by the master key in force now, also if a rotation began since this process started.
        """
        self._learn()
        return self._keys.wrap(person_id, new_data_key())

    def person_key(self, person_id: str, master_id: str, wrapped: bytes) -> bytes:
        """
        The person's data key.

        Raises VaultUnreadable if the master key is not at hand or the row was changed.
        """
        if self._keys.by_id(master_id) is None:
            self._learn()
        with our_errors():
            return self._keys.unwrap(person_id, master_id, wrapped)

    def rewrap(self, person_id: str, master_id: str, wrapped: bytes) -> tuple[str, bytes]:
        """The same data key, wrapped by the master key in force. Raises VaultUnreadable."""
        return self._keys.wrap(person_id, self.person_key(person_id, master_id, wrapped))

    def _learn(self) -> None:
        """Take the keys as their source has them now; if it has none to give, keep those at hand."""
        with suppress(ConsentStoreError):
            self._keys = self._keys.again()


def value_place(person_id: str, purpose: str, item: str, record_id: str) -> bytes:
    """The associated data of a value."""
    return joined("ask-first.value.v1", person_id, purpose, item, record_id)


def words_place(person_id: str, request_id: str) -> bytes:
    """The associated data of the words of an answer."""
    return joined("ask-first.words.v1", person_id, request_id)


def seal(data_key: bytes, text: str, place: bytes) -> bytes:
    """Nonce and ciphertext of the text. A fresh random nonce each time."""
    return encrypt(data_key, text.encode(), place)


def unseal(data_key: bytes, sealed: bytes, place: bytes) -> str:
    """The text. Raises VaultUnreadable if the key, the place or a byte is another one."""
    with our_errors():
        return decrypt(data_key, sealed, place).decode()


@contextmanager
def our_errors() -> Iterator[None]:
    """Makes VaultUnreadable of what `sealing` raises."""
    try:
        yield
    except UnknownMasterKey as unknown:
        raise VaultUnreadable("unknown_master_key", master_key=unknown.master_id) from None
    except CannotBeOpened:
        raise VaultUnreadable("cannot_be_opened") from None
