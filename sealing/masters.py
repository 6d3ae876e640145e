"""
Master keys: where they lie, how they are named, and how one wraps a person's data key.

They lie in the file `master.key` and the folder `master.earlier`, or in variables of the environment. Reads
only: this must never make, change or remove a master key, and never print one.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from sealing.boxes import decrypt, encrypt, joined
from sealing.development import KEY_BYTES
from sealing.keys import SealingError, decode_key, read_key, refuse_in_production

MASTER = "master.key"
EARLIER = "master.earlier"
MASTER_VARIABLE = "ASKFIRST_MASTER_KEY"
EARLIER_VARIABLE = "ASKFIRST_EARLIER_MASTER_KEYS"


class MasterKeyInvalid(SealingError):
    """What stands in the place of a master key is none. `ids` name the file or the variable."""

    def __init__(self, reason: str, **ids: str) -> None:
        about = ", ".join(f"{name}={value}" for name, value in ids.items())
        super().__init__(f"{reason} ({about})")
        self.reason = reason
        self.ids = ids


class UnknownMasterKey(SealingError):
    """The master key that wraps a data key is not at hand."""

    def __init__(self, master_id: str) -> None:
        super().__init__(f"unknown_master_key (master_key={master_id})")
        self.master_id = master_id


@dataclass(frozen=True)
class Masters:
    """The master key (32 bytes), which wraps, and other master keys by name (`key_id`), which only open."""

    master: bytes = field(repr=False)
    earlier: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}), repr=False)

    @property
    def master_id(self) -> str:
        """The name of the current master key."""
        return key_id(self.master)

    def by_id(self, wanted: str) -> bytes | None:
        """The master key of that name, current or earlier; None if it is not at hand."""
        return self.master if wanted == self.master_id else self.earlier.get(wanted)

    def wrap(self, person_id: str, data_key: bytes) -> tuple[str, bytes]:
        """A person's data key under the current master key: (name of the master key, wrapped key)."""
        return self.master_id, encrypt(self.master, data_key, _place(person_id, self.master_id))

    def unwrap(self, person_id: str, master_id: str, wrapped: bytes) -> bytes:
        """
        A person's data key.

        Raises UnknownMasterKey if that master key is not at hand, CannotBeOpened if the row was changed.
        """
        master = self.by_id(master_id)
        if master is None:
            raise UnknownMasterKey(master_id)
        return decrypt(master, wrapped, _place(person_id, master_id))


def key_id(key: bytes) -> str:
    """A name for a key: 16 hex characters of a hash with a domain of its own."""
    return hashlib.sha256(b"ask-first.master-key-id.v1" + key).hexdigest()[:16]


def new_data_key() -> bytes:
    """A fresh random data key for a person."""
    return secrets.token_bytes(KEY_BYTES)


def read(folder: Path, environ: Mapping[str, str] | None = None) -> Masters:
    """
    The master key from ASKFIRST_MASTER_KEY, else from `master.key` in `folder`, and the earlier ones.

    Those come from ASKFIRST_EARLIER_MASTER_KEYS and from `master.earlier/<name>.key`. `environ`: None for the
    process's own. Raises what `read_file`, `from_variable` and `earlier_in` raise.
    """
    variables = os.environ if environ is None else environ
    given = from_variable(variables, MASTER_VARIABLE)
    if len(given) > 1:
        raise MasterKeyInvalid("more_than_one_key", variable=MASTER_VARIABLE)
    master = given[0] if given else read_file(folder / MASTER, variables)
    others = {key_id(key): key for key in from_variable(variables, EARLIER_VARIABLE)}
    earlier = {**others, **earlier_in(folder, variables)}
    earlier.pop(key_id(master), None)
    return Masters(master, MappingProxyType(earlier))


def read_file(path: Path, environ: Mapping[str, str] | None = None) -> bytes:
    """The key in a private file. Raises what `sealing.keys.read_key` raises."""
    return read_key(path, private=True, environ=environ)


def from_variable(environ: Mapping[str, str], name: str) -> tuple[bytes, ...]:
    """
    The keys in a variable, in the text form of the files, apart from each other by commas or blanks.

    Raises MasterKeyInvalid, or DevelopmentKey in production, which name the variable; ModeInvalid.
    """
    texts = environ.get(name, "").replace(",", " ").split()
    keys = [decode_key(text.encode()) for text in texts]
    return tuple(refuse_in_production(_whole(key, name), name, environ) for key in keys)


def earlier_in(folder: Path, environ: Mapping[str, str] | None = None) -> Mapping[str, bytes]:
    """
    The keys in `master.earlier`, by name. Raises what `read_file` raises.

    MasterKeyInvalid also for a file that is not named for its key: it would not be found when it is needed.
    """
    found = {}
    for path in sorted((folder / EARLIER).glob("*.key")):
        key = read_file(path, environ)
        if path.stem != key_id(key):
            raise MasterKeyInvalid("key_file_is_not_named_for_its_key", file=str(path), key=key_id(key))
        found[path.stem] = key
    return found


def _whole(key: bytes | None, variable: str) -> bytes:
    if key is None:
        raise MasterKeyInvalid("not_32_bytes_as_urlsafe_base64", variable=variable)
    return key


def _place(person_id: str, master_id: str) -> bytes:
    return joined("ask-first.person-key.v1", person_id, master_id)
