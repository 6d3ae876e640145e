"""
The keys of the store: the master key that wraps every person's data key, and older ones while rotating.

Keys are read from files and never printed. Must never make a key up when one is missing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from consent_store.errors import KeyInvalid, KeyMissing
from sealing import keys as sealed_files

KEY_BYTES = 32


@dataclass(frozen=True)
class StoreKeys:
    """
    The master key (32 bytes) and earlier master keys that may still wrap a person's key.

    Keys are named by `key_id`, which tells nothing about them.
    """

    master: bytes = field(repr=False)
    earlier: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}), repr=False)

    def __post_init__(self) -> None:
        if len(self.master) != KEY_BYTES:
            raise KeyInvalid("wrong_length", key="master.key")

    @classmethod
    def from_folder(cls, folder: Path) -> StoreKeys:
        """
        Read `master.key` in `folder` (one line, urlsafe base64 of 32 bytes).

        Raises KeyMissing or KeyInvalid, which name the file.
        """
        return cls(master=_read_key(Path(folder) / "master.key"))

    @property
    def master_id(self) -> str:
        """The name of the current master key."""
        return key_id(self.master)

    def by_id(self, wanted: str) -> bytes | None:
        """The master key of that name, current or earlier; None if it is not at hand."""
        return self.master if wanted == self.master_id else self.earlier.get(wanted)


def key_id(key: bytes) -> str:
    """A name for a key: 16 hex characters of a hash with a domain of its own."""
    return hashlib.sha256(b"ask-first.master-key-id.v1" + key).hexdigest()[:16]


def _read_key(path: Path) -> bytes:
    try:
        return sealed_files.read_key(path)
    except sealed_files.KeyMissing:
        raise KeyMissing("key_file_missing_run_make_setup", file=str(path)) from None
    except sealed_files.KeyInvalid:
        raise KeyInvalid("key_file_is_not_32_bytes_as_urlsafe_base64", file=str(path)) from None
