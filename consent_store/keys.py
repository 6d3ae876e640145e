"""
The keys of the store: the master key that wraps every person's data key, and others that may still open one.

Keys are read from files or the environment and never printed. Must never make a key up when one is missing,
and never let a development key into production.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from consent_store import key_files
from consent_store.errors import KeyInvalid
from consent_store.key_files import key_id
from sealing.development import KEY_BYTES
from sealing.masters import Masters

__all__ = ["KEY_BYTES", "StoreKeys", "key_id"]


@dataclass(frozen=True)
class StoreKeys(Masters):
    """
    The master key (32 bytes), which wraps, and other master keys by name, which only open.

    Keys are named by `key_id`, which tells nothing about them. `source` reads them again, so that a running
    process learns of a rotation; keys that were handed in have none.
    """

    source: Callable[[], StoreKeys] | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.master) != KEY_BYTES:
            raise KeyInvalid("wrong_length", key="master.key")

    @classmethod
    def from_folder(cls, folder: Path, *, environ: Mapping[str, str] | None = None) -> StoreKeys:
        """
        The master key from ASKFIRST_MASTER_KEY, else from `master.key` in `folder`.

        Others come from ASKFIRST_EARLIER_MASTER_KEYS and from `master.earlier/<name>.key`. All are one line
        of urlsafe base64 of 32 bytes; files are private. `environ`: None for the process's own.
        Raises KeyMissing, KeyInvalid or KeyRefused (open to others; development key in production), which
        name the file or variable.
        """
        found = key_files.read(Path(folder), environ)
        again = partial(cls.from_folder, folder, environ=environ)
        return cls(master=found.master, earlier=found.earlier, source=again)

    @staticmethod
    def begin_rotation(folder: Path, *, environ: Mapping[str, str] | None = None) -> str:
        """Put a new master key in place, keep the former as earlier. See `key_files.begin_rotation`."""
        return key_files.begin_rotation(Path(folder), environ)

    def again(self) -> StoreKeys:
        """The keys as their source has them now. Raises what `from_folder` raises."""
        return self.source() if self.source is not None else self
