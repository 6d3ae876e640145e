"""
Master keys at hand, read when they are first needed, and read again when a rotation has changed them.

Must never write, log or print a key.
"""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

from sealing import masters
from sealing.masters import Masters, UnknownMasterKey

Marks = frozenset[str]
"""What a person's key is recognised by, without being one: hashes of the row and, if it opens, of the key."""

NOBODY: Marks = frozenset()
"""The marks where there is no key: the store does not know the person."""


class Keyring:
    """The master keys of a folder. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """folder: where the key files lie; nothing is read yet."""
        self._folder = folder
        self._read: Masters | None = None
        self._alone = threading.Lock()

    def current(self) -> Masters:
        """The master keys. Raises SealingError."""
        with self._alone:
            if self._read is None:
                self._read = masters.read(self._folder)
            return self._read

    def read_again(self) -> Masters:
        """The master keys as they lie there now. Raises SealingError."""
        with self._alone:
            self._read = masters.read(self._folder)
            return self._read

    def unwrap(self, person_id: str, master_id: str, wrapped: bytes) -> bytes:
        """A person's data key. Raises SealingError."""
        try:
            return self.current().unwrap(person_id, master_id, wrapped)
        except UnknownMasterKey:
            return self.read_again().unwrap(person_id, master_id, wrapped)


def marks_of(wrapped: bytes, data_key: bytes | None = None) -> Marks:
    """
    The marks of a person's key.

    Of the row and of the key itself: a rotation wraps the same key anew, and a row that does not open has
    marks too.
    """
    marks = {_mark(b"row", wrapped)}
    return frozenset(marks if data_key is None else {*marks, _mark(b"key", data_key)})


def _mark(kind: bytes, content: bytes) -> str:
    return hashlib.sha256(b"ask-first.conversation-mark.v1 " + kind + b" " + content).hexdigest()
